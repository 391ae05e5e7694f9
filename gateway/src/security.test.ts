import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readGateway } from "./env.js";
import { type TestGateway, startTestGateway } from "./testing/gateway.js";
import { BUDI } from "./testing/world.js";

const FRIEND = "https://app.example.test";
const STRANGER = "https://elsewhere.example.test";

describe("001-40: what browsers may do at the gateway", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway("in process", { corsOrigins: [FRIEND] });
  });
  afterAll(() => gateway.stop());

  const preflight = (origin: string): Promise<Response> =>
    fetch(`${gateway.url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
  const allowed = ({ headers }: { readonly headers: Headers }): (string | null)[] =>
    ["access-control-allow-origin", "access-control-allow-credentials"].map((name) => headers.get(name));

  it("004-15: lets pages of the origins on the list call the API, before anything else is looked at", async () => {
    const before = await preflight(FRIEND);
    expect([before.status, ...allowed(before)]).toEqual([204, FRIEND, null]);
    expect(before.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(before.headers.get("access-control-allow-methods")).toContain("POST");
    const answer = await gateway.post("{ __typename }", { headers: { origin: FRIEND } });
    expect([answer.status, ...allowed(answer)]).toEqual([200, FRIEND, null]);
    expect(answer.headers.get("vary")).toContain("origin");
    const events = await fetch(`${gateway.url}/graphql?query={__typename}`, {
      headers: { origin: FRIEND, accept: "text/event-stream" },
    });
    expect([events.headers.get("content-type"), ...allowed(events)]).toEqual([
      "text/event-stream; charset=utf-8",
      FRIEND,
      null,
    ]);
    // Otherwise the page would not learn why it was refused.
    const refused = await gateway.post("{ __typename }", { headers: { origin: FRIEND, authorization: "Bearer no" } });
    expect([refused.status, ...allowed(refused)]).toEqual([401, FRIEND, null]);
  });

  it.each([STRANGER, "null", `${FRIEND}.evil.test`, "http://app.example.test", "https://APP.example.test:8443"])(
    "lets no page of %s read an answer",
    async (origin) => {
      const before = await preflight(origin);
      expect([before.ok, ...allowed(before)]).toEqual([false, null, null]);
      expect(allowed(await gateway.post("{ __typename }", { headers: { origin } }))).toEqual([null, null]);
    },
  );

  it("sends its security headers with every answer, also with a failed one", async () => {
    for (const path of ["/healthz", "/graphql?query={__typename}", "/nowhere"]) {
      const { headers } = await fetch(`${gateway.url}${path}`);
      expect(Object.fromEntries(headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "strict-transport-security": "max-age=31536000; includeSubDomains",
        "cross-origin-opener-policy": "same-origin",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      });
      expect(headers.get("x-powered-by")).toBeNull();
    }
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "CSRF: refuses what a foreign page can send without asking, %s",
    async (contentType) => {
      const answer = await fetch(`${gateway.url}/graphql`, {
        method: "POST",
        headers: { "content-type": contentType, origin: STRANGER },
        body: JSON.stringify({ query: `mutation { rename(id: "${BUDI}", fullName: "Mallory") { fullName } }` }),
      });
      expect(answer.status).toBe(415);
      expect(gateway.world.names.get(BUDI)).toBe("Budi Santoso");
    },
  );

  it("CSRF: changes nothing by GET, and knows nobody by a cookie", async () => {
    const mutation = `mutation { rename(id: "${BUDI}", fullName: "Mallory") { fullName } }`;
    const byGet = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(mutation)}`);
    expect(byGet.status).toBe(405);
    expect(gateway.world.names.get(BUDI)).toBe("Budi Santoso");
    const token = (await gateway.world.issuer.bearer(BUDI)).slice("Bearer ".length);
    const { data, headers } = await gateway.post("{ viewer { id } }", {
      headers: { cookie: `authorization=Bearer ${token}; token=${token}; session=${token}` },
    });
    expect(data).toEqual({ viewer: null });
    expect(headers.get("set-cookie")).toBeNull();
  });

  it("reads the list of origins from the environment, and takes nothing in it that is none", () => {
    const VIEWER_SECRET = "0123456789abcdef0123456789abcdef";
    const list = `${FRIEND},http://localhost:3000`;
    expect(readGateway({ VIEWER_SECRET, CORS_ORIGINS: list }).CORS_ORIGINS).toEqual([FRIEND, "http://localhost:3000"]);
    for (const wrong of ["*", `${FRIEND}/`, `${FRIEND},`, "app.example.test"])
      expect(() => readGateway({ VIEWER_SECRET, CORS_ORIGINS: wrong })).toThrow(
        "The environment variable CORS_ORIGINS has to be origins such as https://app.example.test, separated by commas, but it is something else.",
      );
  });
});
