import { auditServer } from "graphql-http";
import { expect, it } from "vitest";
import { startTestGateway } from "./testing/gateway.js";

it("speaks GraphQL over HTTP as its public audits want it, without an error or a warning", async () => {
  const gateway = await startTestGateway("in process");
  const results = await auditServer({ url: `${gateway.url}/graphql` });
  await gateway.stop();
  const found = results.flatMap((result) =>
    result.status === "ok" ? [] : [`${result.status} ${result.id} ${result.name}: ${result.reason}`],
  );
  expect(found).toEqual([]);
  expect(results.length).toBeGreaterThan(60);
});
