import { cashfreeDialect } from "./cashfree.js";
import { type SimulatorClock } from "./clock.js";
import { midtransDialect } from "./midtrans.js";
import { razorpayDialect } from "./razorpay.js";
import { type Simulator, startSimulator } from "./simulator.js";
import { xenditDialect } from "./xendit.js";

/** All four providers on this machine, on free ports. */
export interface SimulatedProviders {
  readonly simulators: Readonly<Record<"midtrans" | "xendit" | "razorpay" | "cashfree", Simulator>>;
  /** The environment variables that make Lentera speak to them. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const KEYS = {
  MIDTRANS_SERVER_KEY: "SB-Mid-server-simulated",
  XENDIT_SECRET_KEY: "xnd_development_simulated",
  XENDIT_CALLBACK_TOKEN: "simulated-callback-token",
  RAZORPAY_KEY_ID: "rzp_test_simulated",
  RAZORPAY_KEY_SECRET: "simulated-key-secret",
  RAZORPAY_WEBHOOK_SECRET: "simulated-webhook-secret",
  CASHFREE_CLIENT_ID: "simulated-client",
  CASHFREE_CLIENT_SECRET: "simulated-client-secret",
} as const;

/** The variables by which somebody says that real providers are to be used. */
export const PROVIDER_KEYS = Object.keys(KEYS);

/** @param options.origin where Lentera receives webhooks, asked for at each one */
export async function startSimulatedProviders(options: {
  readonly origin: () => string;
  readonly clock?: SimulatorClock;
  /** Equal seeds give equal ids; default: the time, as ids of an earlier run may be stored. */
  readonly seed?: string;
}): Promise<SimulatedProviders> {
  const { origin, clock, seed = String(Date.now()) } = options;
  const start = (dialect: Parameters<typeof startSimulator>[0]): Promise<Simulator> =>
    startSimulator(dialect, {
      get webhookUrl() {
        return `${origin()}/webhooks/payments/${dialect.name}`;
      },
      seed,
      ...(clock !== undefined && { clock }),
    });
  const simulators = {
    midtrans: await start(midtransDialect({ serverKey: KEYS.MIDTRANS_SERVER_KEY })),
    xendit: await start(
      xenditDialect({ secretKey: KEYS.XENDIT_SECRET_KEY, callbackToken: KEYS.XENDIT_CALLBACK_TOKEN }),
    ),
    razorpay: await start(
      razorpayDialect({
        keyId: KEYS.RAZORPAY_KEY_ID,
        keySecret: KEYS.RAZORPAY_KEY_SECRET,
        webhookSecret: KEYS.RAZORPAY_WEBHOOK_SECRET,
      }),
    ),
    cashfree: await start(
      cashfreeDialect({ clientId: KEYS.CASHFREE_CLIENT_ID, clientSecret: KEYS.CASHFREE_CLIENT_SECRET }),
    ),
  };
  return {
    simulators,
    variables: {
      ...KEYS,
      MIDTRANS_URL: simulators.midtrans.url,
      XENDIT_URL: simulators.xendit.url,
      XENDIT_PAYOUTS_URL: simulators.xendit.url,
      RAZORPAY_URL: simulators.razorpay.url,
      CASHFREE_URL: simulators.cashfree.url,
    },
    stop: async () => void (await Promise.all(Object.values(simulators).map((simulator) => simulator.stop()))),
  };
}
