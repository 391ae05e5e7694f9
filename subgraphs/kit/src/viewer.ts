import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { LenteraError } from "./errors.js";
import { LANGUAGES, type Language } from "./language.js";

/** What an account is there for, and inside an organization what its holder does. One word per concept, see the glossary. */
export const Role = {
  PLATFORM_ADMIN: "PLATFORM_ADMIN",
  OWNER: "OWNER",
  ADMIN: "ADMIN",
  TEACHER: "TEACHER",
  STAFF: "STAFF",
  VIEWER: "VIEWER",
  STUDENT: "STUDENT",
  GUARDIAN: "GUARDIAN",
  TUTOR: "TUTOR",
  BUSINESS_OWNER: "BUSINESS_OWNER",
} as const;
export type Role = keyof typeof Role;

/** Who is asking. Decided once by the gateway, trusted by the subgraphs. */
export interface Viewer {
  readonly kind: "ANONYMOUS" | "USER" | "API_KEY" | "SYSTEM";
  readonly userId: string | null;
  /** The organization on whose behalf the viewer acts. */
  readonly organizationId: string | null;
  readonly role: Role | null;
  readonly permissions: readonly string[];
  /** True when the role lets its holder read other members' records of `organizationId`. */
  readonly staff: boolean;
  readonly sessionId: string | null;
  /** The admin who acts as this person, for a while and for a reason; both stand in the audit log. */
  readonly impersonatorId: string | null;
  /** The key by which an integrator acts for `organizationId`. */
  readonly apiKeyId: string | null;
  /** True for test keys: no real money, no real message. */
  readonly isTest: boolean;
}

export const anonymous: Viewer = {
  kind: "ANONYMOUS",
  userId: null,
  organizationId: null,
  role: null,
  permissions: [],
  staff: false,
  sessionId: null,
  impersonatorId: null,
  apiKeyId: null,
  isTest: false,
};

/** Background work: sees every row, is nobody. */
export const system: Viewer = { ...anonymous, kind: "SYSTEM" };

/** A viewer who is signed in as a person. */
export type SignedInViewer = Viewer & { readonly userId: string };

/** @throws UNAUTHORIZED unless the viewer is a signed-in person. */
export function requireSignedIn(viewer: Viewer): SignedInViewer {
  if (viewer.userId === null) throw new LenteraError("UNAUTHORIZED");
  return { ...viewer, userId: viewer.userId };
}

/**
 * What only the person may do: change how they prove who they are, open their records to others, move money.
 * @throws INSUFFICIENT_PERMISSIONS while an admin acts as somebody
 */
export function refuseWhileImpersonating(ctx: { readonly viewer: Viewer }): void {
  if (ctx.viewer.impersonatorId !== null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}

/** @throws UNAUTHORIZED for nobody, INSUFFICIENT_PERMISSIONS for somebody who lacks the permission. */
export function requirePermission(viewer: Viewer, permission: string): void {
  if (viewer.kind === "ANONYMOUS") throw new LenteraError("UNAUTHORIZED");
  if (!viewer.permissions.includes(permission)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}

/** Everything about a request that a subgraph has to believe, because only the gateway can know it. */
export interface RequestIdentity {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly language: Language;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}

const identitySchema = z.object({
  viewer: z.object({
    kind: z.enum(["ANONYMOUS", "USER", "API_KEY", "SYSTEM"]),
    userId: z.uuid().nullable(),
    organizationId: z.uuid().nullable(),
    role: z.enum(Role).nullable(),
    permissions: z.array(z.string()),
    staff: z.boolean(),
    sessionId: z.uuid().nullable(),
    impersonatorId: z.uuid().nullable(),
    apiKeyId: z.uuid().nullable(),
    isTest: z.boolean(),
  }),
  requestId: z.string().min(1).max(200),
  language: z.enum(LANGUAGES),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
});

const REQUEST_LIFETIME = "60s";

/** The header `x-lentera-viewer`: the identity as a compact HS256 token that lives for 60 seconds. */
export async function signRequest(secret: string, identity: RequestIdentity): Promise<string> {
  return new SignJWT({ identity })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime(REQUEST_LIFETIME)
    .setAudience("subgraph")
    .sign(new TextEncoder().encode(secret));
}

/** The inverse of {@link signRequest}. @throws UNAUTHORIZED for a missing, forged or stale token. */
export async function verifyRequest(secret: string, token: string | undefined): Promise<RequestIdentity> {
  if (token === undefined) throw new LenteraError("UNAUTHORIZED");
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { audience: "subgraph" });
    return identitySchema.parse(payload["identity"]);
  } catch (cause) {
    throw new LenteraError("UNAUTHORIZED", { cause });
  }
}

/** Claims of an access token, beside the registered ones. */
export const accessTokenClaims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  org: z.uuid().nullable(),
  role: z.enum(Role),
  permissions: z.array(z.string()),
  staff: z.boolean(),
  /** The impersonator. */
  imp: z.uuid().optional(),
});
export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;

/** @throws INVALID_TOKEN when the verified token does not carry our claims. */
export function accessTokenToViewer(claims: unknown): SignedInViewer {
  const parsed = accessTokenClaims.safeParse(claims);
  if (!parsed.success) throw new LenteraError("INVALID_TOKEN");
  const { sub, sid, org, role, permissions, staff, imp = null } = parsed.data;
  const impersonated = { impersonatorId: imp, apiKeyId: null, isTest: false };
  return { kind: "USER", userId: sub, organizationId: org, role, permissions, staff, sessionId: sid, ...impersonated };
}
