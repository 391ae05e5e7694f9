import { propagation, trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { quotasFor } from "./quotas.js";
import { type TestGateway, startTestGateway } from "./testing/gateway.js";
import { BUDI } from "./testing/world.js";

describe("what operations tell of themselves", () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startTestGateway("in process", { quotas: quotasFor({ factor: 1000, isDemo: false }) });
  });
  afterEach(() => gateway.stop());

  const metrics = async (): Promise<string> => (await fetch(`${gateway.url}/metrics`)).text();
  const namedCounts = async (): Promise<string[]> =>
    (await metrics()).split("\n").filter((line) => line.startsWith("lentera_named_operation_duration_seconds_count"));

  it("003-32: are counted by name and client, and by nothing that is not an operation", async () => {
    await gateway.post("query Names { users { fullName } }", {
      headers: { "apollographql-client-name": "school app" },
    });
    await gateway.post("{ users { fullName } }", { headers: { "apollographql-client-name": 'odd"} name' } });
    await gateway.post("query Missing { nothing }");
    expect(await namedCounts()).toEqual([
      'lentera_named_operation_duration_seconds_count{operation="Names",client="school app"} 1',
      'lentera_named_operation_duration_seconds_count{operation="unnamed",client="unnamed"} 1',
    ]);
  });

  it("003-32: are told apart only so far, however many names are made up", async () => {
    for (let first = 0; first < 600; first += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => gateway.post(`query Name${first + index} { __typename }`)),
      );
    const counts = await namedCounts();
    expect(counts).toHaveLength(501);
    expect(counts.at(-1)).toBe('lentera_named_operation_duration_seconds_count{operation="other",client="other"} 100');
  });

  it("003-33: are logged when they take more than a second, without their variables", async () => {
    const startedAt = performance.now();
    const running = gateway.post("mutation Wait { waitForRelease }", {
      variables: { note: "private" },
      headers: { "x-request-id": "slow-one", "apollographql-client-name": "tour" },
    });
    await gateway.post("query Quick { __typename }");
    await vi.waitFor(() => expect(performance.now() - startedAt).toBeGreaterThan(1_050), { timeout: 5_000 });
    gateway.world.release();
    await running;
    const slow = gateway.logs.filter(({ msg }) => msg === "a slow operation");
    expect(slow).toEqual([
      expect.objectContaining({
        operation: "Wait",
        client: "tour",
        type: "mutation",
        outcome: "ok",
        requestId: "slow-one",
        durationMs: expect.any(Number),
      }),
    ]);
    expect(slow[0]?.["durationMs"]).toBeGreaterThanOrEqual(1_000);
    expect(JSON.stringify(gateway.logs)).not.toContain("private");
  });

  it("are traced with their fetches below them, once somebody collects spans", async () => {
    await gateway.post("query Unseen { users { fullName } }");
    const spans = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    trace.setGlobalTracerProvider(provider);
    try {
      await gateway.post(`query Points { user(id: "${BUDI}") { fullName points } }`, {
        headers: { "x-request-id": "traced", "apollographql-client-name": "tour" },
      });
      await gateway.post("query Broken { broken }");
      const told = spans.getFinishedSpans();
      const operation = told.find(({ attributes }) => attributes["graphql.operation.name"] === "Points");
      expect(operation).toMatchObject({
        name: "query",
        status: { code: 0 },
        attributes: { "lentera.request_id": "traced", "lentera.client": "tour", "lentera.outcome": "ok" },
      });
      const below = told.filter(({ parentSpanId }) => parentSpanId === operation?.spanContext().spanId);
      expect(below.map(({ name }) => name)).toEqual(["fetch organization", "fetch learning"]);
      for (const { duration } of below) expect(duration[0] * 1e9 + duration[1]).toBeGreaterThan(0);
      const broken = told.find(({ attributes }) => attributes["graphql.operation.name"] === "Broken");
      expect(broken?.status).toEqual({ code: 2, message: "SERVER_ERROR" });
      expect(told.some(({ attributes }) => attributes["graphql.operation.name"] === "Unseen")).toBe(false);
      expect(JSON.stringify(told.map(({ attributes }) => attributes))).not.toContain(BUDI);
    } finally {
      trace.disable();
      propagation.disable();
      await provider.shutdown();
    }
  });
});
