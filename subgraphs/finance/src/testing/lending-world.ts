import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer } from "@lentera/kit/testing";

const MOVE = `mutation ($input: MoveLoanApplicationInput!) { moveLoanApplication(input: $input) { application {
  id status version } } }`;
const CREATE = `mutation ($input: CreateLoanApplicationInput!) { createLoanApplication(input: $input) { application {
  id status version identityNumber } } }`;
const ANNOUNCE = `mutation ($input: AnnounceLoanDocumentInput!) { announceLoanDocument(input: $input) { document { id status } uploadUrl } }`;
const CHECK = `mutation ($input: CheckLoanDocumentInput!) { checkLoanDocument(input: $input) { document { id status } } }`;
const SAVE_BANK = "mutation ($input: SavePartnerBankInput!) { savePartnerBank(input: $input) { bank { id } } }";
const SAVE_PRODUCT = "mutation ($input: SaveLoanProductInput!) { saveLoanProduct(input: $input) { product { id } } }";

/** A bank with its staff and one product, 12 % a year as an annuity unless told. */
export interface LendingBank {
  readonly id: string;
  readonly code: string;
  readonly organizationId: string;
  readonly productId: string;
  readonly staff: TestClient;
}

/** An application as its owner drives it. */
export interface LendingApplication {
  readonly id: string;
  readonly owner: TestClient & { readonly viewer: { readonly userId: string | null } };
  readonly userId: string;
}

export function platformOf(test: TestSubgraph): TestClient {
  return test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["banks:manage"] }));
}

export async function buildBank(test: TestSubgraph, product: object = {}): Promise<LendingBank> {
  const [code, organizationId] = [`bank-${randomUUID().slice(0, 8)}`, randomUUID()];
  const { savePartnerBank } = await platformOf(test).data<{ savePartnerBank: { bank: { id: string } } }>(SAVE_BANK, {
    input: { code, name: "Bank Contoh", organizationId },
  });
  const { saveLoanProduct } = await platformOf(test).data<{ saveLoanProduct: { product: { id: string } } }>(
    SAVE_PRODUCT,
    {
      input: {
        bankId: savePartnerBank.bank.id,
        name: "Modal Kerja",
        currency: "IDR",
        method: "ANNUITY",
        dayCount: "THIRTY_360",
        annualRatePercent: "12",
        feePercent: "1",
        minimum: "1000000",
        maximum: "100000000",
        minimumMonths: 3,
        maximumMonths: 36,
        lateFee: "25000",
        graceDays: 2,
        ...product,
      },
    },
  );
  const staff = test.as(buildViewer({ role: "ADMIN", organizationId, staff: true, permissions: ["loans:review"] }));
  return { id: savePartnerBank.bank.id, code, organizationId, productId: saveLoanProduct.product.id, staff };
}

export function draftInput(bank: LendingBank, parts: object = {}): Record<string, unknown> {
  return {
    productId: bank.productId,
    amount: "12000000",
    months: 12,
    purpose: "Mesin jahit",
    businessName: "Konveksi Contoh",
    identityNumber: "3171234567890001",
    facts: { monthsInBusiness: 30, monthlyRevenue: "20000000", monthlyExpenses: "15000000" },
    idempotencyKey: randomUUID(),
    ...parts,
  };
}

export async function buildDraft(
  test: TestSubgraph,
  bank: LendingBank,
  parts: object = {},
): Promise<LendingApplication> {
  const viewer = buildViewer({ role: "BUSINESS_OWNER" });
  const owner = test.as(viewer);
  const made = await owner.data<{ createLoanApplication: { application: { id: string } } }>(CREATE, {
    input: draftInput(bank, parts),
  });
  return { id: made.createLoanApplication.application.id, owner, userId: viewer.userId };
}

/** A PDF that nobody else has. */
export function uniquePdf(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`%PDF-1.7 ${randomUUID()}`));
}

/** Announces and sends a paper. @returns its id and the answer to the upload */
export async function sendPaper(
  test: TestSubgraph,
  { id: applicationId, owner }: LendingApplication,
  { kind = "IDENTITY", bytes = uniquePdf(), mediaType = "application/pdf" } = {},
): Promise<{ documentId: string; uploadUrl: string; status: number }> {
  const input = { applicationId, kind, mediaType, sizeBytes: bytes.length, idempotencyKey: randomUUID() };
  const { announceLoanDocument: made } = await owner.data<{
    announceLoanDocument: { document: { id: string }; uploadUrl: string };
  }>(ANNOUNCE, { input });
  const status = await putPaper(test, made.uploadUrl, bytes);
  return { documentId: made.document.id, uploadUrl: made.uploadUrl, status };
}

export async function putPaper(test: TestSubgraph, url: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const request = new Request(`http://lentera${url}`, { method: "PUT", body: bytes });
  return (await test.subgraph.routes["/loan-documents"]?.(request))?.status ?? 0;
}

export async function move(client: TestClient, id: string, version: number, to: string, reason: string | null = null) {
  return client.run<{ moveLoanApplication: { application: { status: string; version: number } } }>(MOVE, {
    input: { applicationId: id, version, to, reason },
  });
}

/** With both papers that are needed. */
export async function buildSubmitted(test: TestSubgraph, bank: LendingBank, parts: object = {}) {
  const application = await buildDraft(test, bank, parts);
  const papers = [
    await sendPaper(test, application),
    await sendPaper(test, application, { kind: "BUSINESS_LICENSE" }),
  ].map(({ documentId }) => documentId);
  await application.owner.data(MOVE, { input: { applicationId: application.id, version: 1, to: "SUBMITTED" } });
  return { ...application, papers };
}

export async function verifyPaper(staff: TestClient, documentId: string, isVerified = true) {
  return staff.run(CHECK, { input: { documentId, isVerified, reason: isVerified ? null : "Tidak terbaca" } });
}

/** All the way to the borrower's wallet. @returns the loan's id besides */
export async function buildLoan(test: TestSubgraph, bank: LendingBank, parts: object = {}) {
  const application = await buildSubmitted(test, bank, parts);
  await bank.staff.data(MOVE, { input: { applicationId: application.id, version: 2, to: "UNDER_REVIEW" } });
  for (const paper of application.papers) await verifyPaper(bank.staff, paper);
  for (const [version, to] of [
    [3, "APPROVED"],
    [4, "DISBURSED"],
  ] as const)
    await bank.staff.data(MOVE, { input: { applicationId: application.id, version, to } });
  const { rows } = await test.owner.query<{ id: string }>("select id from loans where application_id = $1", [
    application.id,
  ]);
  return { ...application, loanId: rows[0]?.id ?? "" };
}
