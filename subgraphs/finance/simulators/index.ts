export { PROVIDER_KEYS, type SimulatedProviders, startSimulatedProviders } from "./house.js";
export { type BankSimulator, startBankSimulator } from "./bank.js";
export { systemClock, virtualClock, type SimulatorClock, type VirtualClock } from "./clock.js";
export { cashfreeDialect, type CashfreeSimulatorKeys } from "./cashfree.js";
export { midtransDialect, type MidtransSimulatorKeys } from "./midtrans.js";
export { razorpayDialect, type RazorpaySimulatorKeys } from "./razorpay.js";
export {
  type CallFault,
  type Delivery,
  type PayerAction,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type WebhookFaults,
} from "./simulator.js";
export { xenditDialect, type XenditSimulatorKeys } from "./xendit.js";
export { type PayoutSimulator, startPayoutSimulator } from "./xendit-payouts.js";
