import { GraphQLError } from "graphql";
import type { z } from "zod";
import type { Language } from "./language.js";

/**
 * The closed catalogue of everything that can go wrong, by code. `number` is stable and grouped by thousands:
 * 1 identity, 2 input, 3 existence, 4 state and limits, 5 providers, 6 ourselves.
 */
export const CATALOGUE = {
  UNAUTHORIZED: { number: 1001, id: "Silakan masuk terlebih dahulu.", en: "Please sign in first." },
  INVALID_TOKEN: {
    number: 1002,
    id: "Token tidak sah. Silakan masuk lagi.",
    en: "This token is not valid. Please sign in again.",
  },
  TOKEN_EXPIRED: {
    number: 1003,
    id: "Sesi Anda telah berakhir. Silakan masuk lagi.",
    en: "Your session has expired. Please sign in again.",
  },
  INSUFFICIENT_PERMISSIONS: {
    number: 1004,
    id: "Anda tidak memiliki izin untuk ini.",
    en: "You do not have permission to do this.",
  },
  INVALID_CREDENTIALS: {
    number: 1005,
    id: "Surel, kata sandi, atau kode tidak cocok.",
    en: "The e-mail, password or code does not match.",
  },
  ACCOUNT_INACTIVE: {
    number: 1006,
    id: "Akun ini tidak aktif. Hubungi dukungan.",
    en: "This account is not active. Please contact support.",
  },
  VALIDATION_ERROR: {
    number: 2001,
    id: "Data yang dikirim belum benar; lihat rinciannya.",
    en: "Some of the input is not valid; see the details.",
  },
  REQUIRED_FIELD_MISSING: { number: 2002, id: "Isian ini wajib diisi.", en: "This field is required." },
  INVALID_FORMAT: { number: 2003, id: "Format isian ini tidak sesuai.", en: "This field has the wrong format." },
  DUPLICATE_ENTRY: { number: 2004, id: "Data ini sudah ada.", en: "This entry exists already." },
  IDEMPOTENCY_CONFLICT: {
    number: 2005,
    id: "Kunci idempotensi ini sudah dipakai untuk permintaan lain.",
    en: "This idempotency key was used for a different request.",
  },
  NOT_FOUND: { number: 3001, id: "Data tidak ditemukan.", en: "Not found." },
  RESOURCE_ALREADY_EXISTS: { number: 3002, id: "Data ini sudah ada.", en: "This exists already." },
  RESOURCE_DELETED: { number: 3003, id: "Data ini sudah dihapus.", en: "This has been deleted." },
  INSUFFICIENT_BALANCE: { number: 4001, id: "Saldo tidak mencukupi.", en: "The balance is not sufficient." },
  SUBSCRIPTION_EXPIRED: { number: 4002, id: "Langganan telah berakhir.", en: "The subscription has expired." },
  LIMIT_EXCEEDED: { number: 4003, id: "Batas telah tercapai.", en: "The limit has been reached." },
  TENANT_SUSPENDED: { number: 4004, id: "Organisasi ini sedang ditangguhkan.", en: "This organization is suspended." },
  RATE_LIMITED: {
    number: 4005,
    id: "Terlalu banyak permintaan. Coba lagi sebentar lagi.",
    en: "Too many requests. Please try again shortly.",
  },
  ILLEGAL_STATE: {
    number: 4006,
    id: "Tindakan ini tidak mungkin pada keadaan sekarang.",
    en: "This is not possible in the present state.",
  },
  CURSOR_EXPIRED: {
    number: 4007,
    id: "Posisi ini sudah tidak tersimpan. Baca ulang datanya, lalu berlangganan lagi.",
    en: "This position is no longer remembered. Read the data again, then subscribe anew.",
  },
  PAYMENT_GATEWAY_ERROR: {
    number: 5001,
    id: "Penyedia pembayaran sedang bermasalah.",
    en: "The payment provider has a problem.",
  },
  SMS_SERVICE_ERROR: { number: 5002, id: "Layanan SMS sedang bermasalah.", en: "The SMS service has a problem." },
  EMAIL_SERVICE_ERROR: {
    number: 5003,
    id: "Layanan surel sedang bermasalah.",
    en: "The e-mail service has a problem.",
  },
  DATABASE_ERROR: {
    number: 6001,
    id: "Basis data sedang bermasalah. Coba lagi.",
    en: "The database has a problem. Please try again.",
  },
  SERVER_ERROR: {
    number: 6002,
    id: "Terjadi kesalahan di sisi kami. Coba lagi.",
    en: "Something went wrong on our side. Please try again.",
  },
  SERVICE_UNAVAILABLE: {
    number: 6003,
    id: "Layanan sedang tidak tersedia. Coba lagi.",
    en: "The service is not available. Please try again.",
  },
} as const satisfies Record<string, { number: number } & Record<Language, string>>;

export type ErrorCode = keyof typeof CATALOGUE;

/** One thing that is wrong with one field of the input. */
export interface ErrorDetail {
  /** Where, as in `input.answers.3.itemId`. */
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(CATALOGUE, code);
}

/** An error that its receiver is meant to see. Everything else is masked as SERVER_ERROR on its way out. */
export class LenteraError extends GraphQLError {
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];

  constructor(code: ErrorCode, options: { details?: readonly ErrorDetail[]; cause?: unknown } = {}) {
    const details = options.details ?? [];
    super(CATALOGUE[code].en, { extensions: { code, number: CATALOGUE[code].number, details } });
    this.name = "LenteraError";
    this.code = code;
    this.details = details;
    this.cause = options.cause;
  }
}

/** The catalogue's sentence for a code in the language of the reader. */
export function messageFor(code: ErrorCode, language: Language): string {
  return CATALOGUE[code][language];
}

/** An error about one field. */
export function invalidField(path: string, code: ErrorCode, message: string): LenteraError {
  return new LenteraError("VALIDATION_ERROR", { details: [{ path, code, message }] });
}

/**
 * Parses a mutation's input. @throws VALIDATION_ERROR with one detail for every field that is wrong, all at once.
 */
export function validate<Schema extends z.ZodType>(schema: Schema, input: unknown, root = "input"): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const details = result.error.issues.map((issue) => ({
    path: [root, ...issue.path].join("."),
    code: issue.code === "invalid_type" ? ("REQUIRED_FIELD_MISSING" as const) : ("INVALID_FORMAT" as const),
    message: issue.message,
  }));
  throw new LenteraError("VALIDATION_ERROR", { details });
}

/** Whether the database refused a row because another one has its unique value. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}

/** What PostgreSQL says, through Prisma, when a text is no UUID, and when one is no date. */
const MALFORMED_ID = /22P02|invalid input syntax for type uuid|Error creating UUID/;
const MALFORMED_DATE = /22007|22008/;

/**
 * What the caller should see of a database error that only their input can have caused: a malformed id names nothing, a
 * made-up cursor is no cursor. Undefined for all other errors.
 */
export function inputErrorOf(error: unknown): LenteraError | undefined {
  if (!(error instanceof Error) || error instanceof LenteraError) return undefined;
  if (MALFORMED_ID.test(error.message)) return new LenteraError("NOT_FOUND", { cause: error });
  return MALFORMED_DATE.test(error.message) ? new LenteraError("VALIDATION_ERROR", { cause: error }) : undefined;
}
