import { LenteraError, Role, type Viewer } from "@lentera/kit";
import type { Cost } from "./cost.js";
import { refusal } from "./errors.js";
import type { Charge, RateLimiter } from "./rate-limiter.js";

/** Requests a minute, of which each costs at least {@link POINTS_PER_REQUEST}. */
export interface Quotas {
  /** Of one address, for all its anonymous callers together. */
  readonly public: number;
  /** Of one person. */
  readonly standard: number;
  /** Of one member of staff, or one API key. */
  readonly premium: number;
  /** Of one platform admin. */
  readonly admin: number;
  /** Of one address, for everybody who shows a token; a school may stand behind one. */
  readonly address: number;
}
export const QUOTAS: Quotas = { public: 20, standard: 100, premium: 500, admin: 1000, address: 5000 };

/** In the demo world everybody comes from one address and tries everything: there a hundred times as much is allowed. */
export const DEMO_FACTOR = 100;

/** The quotas of an installation; `factor` says otherwise than the demo world or its absence do. */
export function quotasFor({ factor, isDemo }: { factor?: number | undefined; isDemo: boolean }): Quotas {
  const times = factor ?? (isDemo ? DEMO_FACTOR : 1);
  const { public: open, standard, premium, admin, address } = QUOTAS;
  return {
    public: open * times,
    standard: standard * times,
    premium: premium * times,
    admin: admin * times,
    address: address * times,
  };
}

/** An operation of up to this cost is one request; a larger one counts for as many as its cost. */
const POINTS_PER_REQUEST = 100;

/** What one operation has been charged so far. */
export interface Bill {
  readonly key: string;
  readonly limit: number;
  charged: number;
  last: Charge;
}

/** Refuses who asks for too much. */
export class RateLimitError extends LenteraError {
  constructor(readonly retryAfterMs: number) {
    super("RATE_LIMITED");
  }
}

/** As `Retry-After` says it. */
export function retryAfterSeconds({ retryAfterMs }: RateLimitError): string {
  return String(Math.ceil(retryAfterMs / 1000));
}

/** Who may ask for how much (001-41), and what an operation takes of it. */
export class Metering {
  constructor(
    private readonly limiter: RateLimiter,
    /** Undefined where nothing is charged. */
    private readonly quotas: Quotas | undefined,
  ) {}

  /** Before anything else is done for a request. @throws RateLimitError */
  async arrive(ip: string, authorization: string | undefined): Promise<Bill | undefined> {
    if (this.quotas === undefined) return undefined;
    const isAnonymous = authorization === undefined || authorization === "";
    return isAnonymous
      ? this.#open(`public:${ip}`, this.quotas.public)
      : this.#open(`address:${ip}`, this.quotas.address);
  }

  /** When it is known who asks. @throws RateLimitError */
  async identify(viewer: Viewer, arrived: Bill | undefined): Promise<Bill | undefined> {
    if (viewer.kind === "ANONYMOUS") return arrived;
    return this.#openFor(viewer);
  }

  /** For an operation of a connection whose viewer is known. @throws RateLimitError */
  async begin(viewer: Viewer, ip: string): Promise<Bill | undefined> {
    return viewer.kind === "ANONYMOUS" ? this.arrive(ip, undefined) : this.#openFor(viewer);
  }

  /** When it is known what is asked. @throws RateLimitError, or LIMIT_EXCEEDED for what would never be allowed */
  async chargeFor(bill: Bill, { objects, fixed }: Cost): Promise<void> {
    const points = Math.max(POINTS_PER_REQUEST, objects + fixed);
    if (points > bill.limit)
      throw refusal(
        "LIMIT_EXCEEDED",
        `This operation can cost ${points}; you have ${bill.limit} a minute. Ask for fewer entries (\`first\`) or fewer fields.`,
      );
    await this.#charge(bill, points - bill.charged);
  }

  /** When the answer is known: what was charged for objects that it does not have is given back. */
  async settle(bill: Bill, cost: Cost, objects: number): Promise<Record<string, unknown>> {
    const requested = cost.objects + cost.fixed;
    const actual = Math.min(requested, objects + cost.fixed);
    await this.#charge(bill, Math.max(POINTS_PER_REQUEST, actual) - bill.charged);
    const { remaining, resetAfterMs } = bill.last;
    return {
      requested,
      actual,
      remaining,
      limit: bill.limit,
      resetAt: new Date(Date.now() + resetAfterMs).toISOString(),
    };
  }

  async #openFor(viewer: Viewer): Promise<Bill | undefined> {
    if (this.quotas === undefined) return undefined;
    return this.#open(viewer.apiKeyId ?? viewer.userId ?? viewer.kind, quotaOf(viewer, this.quotas));
  }

  async #open(key: string, requests: number): Promise<Bill> {
    const limit = requests * POINTS_PER_REQUEST;
    const last = await this.limiter.charge(key, POINTS_PER_REQUEST, limit);
    if (!last.isAllowed) throw new RateLimitError(last.retryAfterMs);
    return { key, limit, charged: POINTS_PER_REQUEST, last };
  }

  async #charge(bill: Bill, points: number): Promise<void> {
    if (points === 0) return;
    const last = await this.limiter.charge(bill.key, points, bill.limit);
    if (!last.isAllowed) throw new RateLimitError(last.retryAfterMs);
    bill.charged += points;
    bill.last = last;
  }
}

function quotaOf({ role, staff, kind }: Viewer, quotas: Quotas): number {
  if (role === Role.PLATFORM_ADMIN) return quotas.admin;
  return staff || kind === "API_KEY" ? quotas.premium : quotas.standard;
}
