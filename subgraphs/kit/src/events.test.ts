import { pino } from "pino";
import { createEventTransport } from "./events.js";
import { describeEventTransport } from "./testing/event-transport.contract.js";

describeEventTransport("in process", () => createEventTransport({ logger: pino({ level: "silent" }) }));
