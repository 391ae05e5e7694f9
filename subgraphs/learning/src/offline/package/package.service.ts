import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  mapPage,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import { canStart } from "../../attempt/attempt.policy.js";
import { requireAccessCode } from "../../attempt/attempt.service.js";
import type { LearningContext, Transaction } from "../../context.js";
import { tryoutLoader } from "../../tryout/tryout.loader.js";
import { isOpen, maySitAgain } from "../../tryout/tryout.rules.js";
import type { Tryout } from "../../tryout/tryout.type.js";
import { getUsableDevice } from "../device/device.service.js";
import type { OfflineDevice } from "../device/device.type.js";
import { requirePremium } from "../entitlement/entitlement.service.js";
import { PACKAGE_LIFE_MS, clockOffset } from "../offline.rules.js";
import { sha256 } from "../signed-token.js";
import { contentText } from "./content.rules.js";
import { type CreateOfflinePackageInput, createOfflinePackageRules } from "./package.input.js";
import { canBePackaged, isSatOnce } from "./package.rules.js";
import * as store from "./package.store.js";
import type { OfflinePackage } from "./package.type.js";
import { signAsServer } from "./signing-key.service.js";

const compress = promisify(gzip);

/**
 * Gives a paper to the caller for one of their devices. It holds no keys, graded or not: what was right is known after
 * the answers have arrived.
 * @throws INSUFFICIENT_PERMISSIONS for anybody but students, and for premium tryouts without an entitlement
 * @throws SUBSCRIPTION_EXPIRED for premium tryouts with an entitlement that has ended
 * @throws NOT_FOUND for a tryout that is not offered to the viewer, and for a device that is not theirs
 * @throws ILLEGAL_STATE for a tryout that is not open, was sat as often as it may be, or has clocks of sections or an order
 *   for each student; and for a revoked device
 * @throws VALIDATION_ERROR for a missing or wrong access code
 */
export async function createPackage(
  ctx: LearningContext,
  input: CreateOfflinePackageInput,
): Promise<{ package: OfflinePackage; tryout: Tryout }> {
  const {
    tryoutId,
    deviceId,
    accessCode,
    deviceTime,
    idempotencyKey: key,
  } = validate(createOfflinePackageRules, input);
  const { userId: studentId, organizationId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canStart(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const tryout = await tryoutLoader(ctx).load(tryoutId);
  if (tryout.accessLevel === "PREMIUM") await requirePremium(ctx, studentId);
  requireAccessCode(ctx, tryout, accessCode);
  const device = await getUsableDevice(ctx, studentId, deviceId);
  const { packageId } = await asSystem(() =>
    // A repeated request shows another time on the device, and is the same request.
    ctx.transactionOnce({ command: "createOfflinePackage", key, input: { tryoutId, deviceId } }, async (tx) => ({
      packageId: await issue(ctx, tx, { tryout, device, organizationId, deviceTime }),
    })),
  );
  return { package: await getPackage(ctx, packageId), tryout };
}

async function issue(
  ctx: LearningContext,
  tx: Transaction,
  given: { tryout: Tryout; device: OfflineDevice; organizationId: string | null; deviceTime: Date },
): Promise<string> {
  const { tryout, device, organizationId, deviceTime } = given;
  const { userId: studentId, id: deviceId, publicKey: devicePublicKey } = device;
  const { id: tryoutId, title, durationMinutes } = tryout;
  const issuedAt = ctx.now();
  const isGraded = isSatOnce(tryout);
  if (!isOpen(tryout, issuedAt) || !canBePackaged(tryout)) throw new LenteraError("ILLEGAL_STATE");
  if (!maySitAgain(tryout, await store.countAttempts(tx, studentId, tryoutId))) throw new LenteraError("ILLEGAL_STATE");

  const text = contentText(await store.readContent(tx, { id: tryoutId, title, durationMinutes }));
  const contentHash = await sha256(text);
  const content = await store.keepContent(tx, { tryoutId, contentHash, content: new Uint8Array(await compress(text)) });
  const id = randomUUID();
  const expiresAt = new Date(issuedAt.getTime() + PACKAGE_LIFE_MS);
  const { version, sizeBytes } = content;
  const bound = { packageId: id, studentId, deviceId, devicePublicKey };
  const described = { tryoutId, title, version, contentHash, sizeBytes, durationMinutes, isGraded };
  const manifest = await signAsServer(ctx, "lentera-package", { ...bound, ...described, issuedAt, expiresAt });
  const clockOffsetMs = clockOffset(deviceTime, issuedAt);
  const life = { issuedAt, expiresAt, clockOffsetMs };
  await store.insertPackage(tx, { id, contentId: content.id, deviceId, studentId, organizationId, manifest, ...life });
  return id;
}

/** @throws NOT_FOUND for a package that is not the viewer's own */
export async function getPackage(ctx: LearningContext, id: string): Promise<OfflinePackage> {
  const row = await store.findPackage(ctx.db, id);
  if (row === null || row.studentId !== ctx.viewer.userId) throw new LenteraError("NOT_FOUND");
  const sizes = await store.findContentSizes(ctx.db, [row.contentId]);
  return described(row, sizes, ctx.now());
}

/** The viewer's packages, the newest first, expired ones too. */
export async function listPackages(ctx: LearningContext, args: ConnectionArguments): Promise<Page<OfflinePackage>> {
  const { userId } = requireSignedIn(ctx.viewer);
  const page = await paginate<store.PackageRow>({
    args,
    orderBy: [
      { field: "issuedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findPackagePage(ctx.db, userId, query),
    count: () => store.countPackages(ctx.db, userId),
  });
  const sizes = await store.findContentSizes(
    ctx.db,
    page.edges.map(({ node }) => node.contentId),
  );
  return mapPage(page, (row) => described(row, sizes, ctx.now()));
}

function described(row: store.PackageRow, sizes: ReadonlyMap<string, number>, now: Date): OfflinePackage {
  const sizeBytes = sizes.get(row.contentId) ?? 0;
  return {
    ...row,
    ...row.content,
    sizeBytes,
    sizeMegabytes: sizeBytes / 1024 / 1024,
    isActive: now < row.expiresAt,
  };
}
