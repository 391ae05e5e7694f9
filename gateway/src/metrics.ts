import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Those that dashboards and alerts of HTTP services are written for. */
const HTTP_SECONDS = [0.1, 0.3, 0.5, 1, 3, 5, 10];

/** What `/metrics` tells, in the Prometheus text format. */
export class Metrics {
  readonly registry = new Registry();

  readonly httpRequests = new Histogram({
    name: "http_request_duration_seconds",
    help: "HTTP requests by route and status",
    labelNames: ["method", "route", "status"],
    buckets: HTTP_SECONDS,
    registers: [this.registry],
  });

  readonly operations = new Histogram({
    name: "lentera_operation_duration_seconds",
    help: "GraphQL operations and subscription events by type and outcome (ok, or the first error code)",
    labelNames: ["type", "outcome"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly namedOperations = new Histogram({
    name: "lentera_named_operation_duration_seconds",
    help: "GraphQL operations by name and by the client that sent them; the first pairs are told apart, all others are `other`",
    labelNames: ["operation", "client"],
    buckets: HTTP_SECONDS,
    registers: [this.registry],
  });

  readonly fetches = new Histogram({
    name: "lentera_subgraph_fetch_duration_seconds",
    help: "Fetches from subgraphs by outcome (ok, errors in the answer, or failed)",
    labelNames: ["subgraph", "outcome"],
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly sockets = new Gauge({
    name: "lentera_sockets",
    help: "Open WebSockets",
    registers: [this.registry],
  });

  readonly socketCloses = new Counter({
    name: "lentera_socket_closes_total",
    help: "Closed WebSockets by close code",
    labelNames: ["code"],
    registers: [this.registry],
  });

  readonly streams = new Gauge({
    name: "lentera_streams",
    help: "Subscriptions that run at subgraphs; equal ones of equal viewers share one",
    registers: [this.registry],
  });

  readonly subscriptionEnds = new Counter({
    name: "lentera_subscription_ends_total",
    help: "Ended subscriptions by reason (completed, failed, left, too slow)",
    labelNames: ["reason"],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
