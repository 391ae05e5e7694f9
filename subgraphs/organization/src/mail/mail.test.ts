import { anonymous } from "@lentera/kit";
import { eventually } from "@lentera/kit/testing";
import { buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMailEnvironment } from "../env.js";
import { type MailedSubgraph, PUBLIC_URL, startMailedSubgraph } from "../testing/mailed-subgraph.js";
import { createMailer } from "./mailer.js";

let mailed: MailedSubgraph;
let db: ReturnType<typeof connectOrganization>;

beforeAll(async () => {
  mailed = await startMailedSubgraph();
  db = connectOrganization(mailed.test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await mailed.stop();
});

const REQUEST = `mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { email } }`;
const request = (email: string) => mailed.test.as(anonymous).data(REQUEST, { email });

describe("mail", () => {
  it("arrives over SMTP in the reader's language, as text and as HTML", async () => {
    const { email, userId } = await buildAccount(db);
    await db.user.update({ where: { id: userId }, data: { language: "en", fullName: "Ayu & <b>Budi</b>" } });
    await request(email);
    const [letter, ...others] = await mailed.lettersTo(email);
    expect(others).toEqual([]);
    expect(letter!.subject).toBe("Choose a new password");
    expect(letter!.text).toContain("Hello Ayu & <b>Budi</b>, open this link within 30 minutes");
    expect(letter!.html).toContain("Hello Ayu &amp; &lt;b&gt;Budi&lt;/b&gt;, open this link");
    expect(letter!.text).toContain(`${PUBLIC_URL}/account/reset-password#token=`);
  });

  it("is tried again when the server is busy", async () => {
    const { email } = await buildAccount(db);
    mailed.smtp.refuseNext(1);
    await request(email);
    const attempts = await eventually(async () => {
      const { rows } = await mailed.test.owner.query<{ attempts: number; error: string }>(
        "select attempts, last_error as error from graphile_worker.jobs where last_error is not null",
      );
      return rows[0];
    });
    expect(attempts).toMatchObject({ attempts: 1, error: expect.stringContaining("Busy") });
    await mailed.test.owner.query("update graphile_worker._private_jobs set run_at = now() where attempts = 1");
    expect(await eventually(async () => (await mailed.lettersTo(email))[0])).toMatchObject({ to: [email] });
  });

  it("keeps no token readable in the queue", async () => {
    const { email } = await buildAccount(db);
    mailed.smtp.refuseNext(1);
    await request(email);
    const job = await eventually(async () => {
      const { rows } = await mailed.test.owner.query<{ payload: object }>(
        "select payload from graphile_worker._private_jobs where last_error is not null and payload->>'to' = $1",
        [email],
      );
      return rows[0];
    });
    await mailed.test.owner.query("update graphile_worker._private_jobs set run_at = now() where attempts = 1");
    const letter = await eventually(async () => (await mailed.lettersTo(email))[0]);
    const token = /#token=(\S+)/.exec(letter.text)![1]!;
    expect(JSON.stringify(job.payload)).not.toContain(token);
  });
});

describe("without a mail server", () => {
  it("a letter is noted in the log without its words, its reader or its token", async () => {
    const lines: string[] = [];
    const logger = { info: (...line: unknown[]) => void lines.push(JSON.stringify(line)) };
    const mailer = createMailer(readMailEnvironment({}), logger);
    const words = { subject: "Subject", text: "https://x/#token=secret", html: "secret" };
    await mailer.send({ to: "ayu@example.test", template: "verify-email", ...words });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("mail not configured");
    expect(lines[0]).toContain("verify-email");
    expect(lines[0]).not.toMatch(/secret|ayu|Subject/);
  });
});

describe("the environment of mail", () => {
  it("has defaults, and an empty variable is an unset one", () => {
    expect(readMailEnvironment({ SMTP_URL: "", PUBLIC_URL: "" })).toMatchObject({
      publicUrl: "http://localhost:4000",
      smtpUrl: undefined,
    });
    expect(readMailEnvironment({ PUBLIC_URL: "https://lentera.test/" }).publicUrl).toBe("https://lentera.test");
  });

  it("names each variable that is wrong in one sentence", () => {
    expect(() => readMailEnvironment({ SMTP_URL: "mail.example", PUBLIC_URL: "ftp://x" })).toThrow(
      "Set PUBLIC_URL: is not an http:// or https:// URL.\nSet SMTP_URL: is not an smtp:// or smtps:// URL.",
    );
  });
});
