import { anonymous } from "@lentera/kit";
import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { DEMO_PASSWORD, buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { FREE_FAILURES } from "./throttle.rules.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();
const wait = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});
/** All tests call from one network address. */
beforeEach(() => db.throttle.deleteMany());

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { user { id } }
}`;

async function attempt(email: string, password = "wrong"): Promise<unknown> {
  const { errors } = await test.as(anonymous).run(SIGN_IN, { email, password });
  return errors[0]?.code ?? "SIGNED_IN";
}
async function fail(email: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) expect(await attempt(email)).toBe("INVALID_CREDENTIALS");
}

describe("backing off (003-24)", () => {
  it.each(["known", "unknown"])("makes whoever fails on a(n) %s account wait 1 s, 2 s, …", async (kind) => {
    const email = kind === "known" ? (await buildAccount(db)).email : "nobody@example.test";
    await fail(email, 5);
    const { errors } = await test.as(anonymous).run(SIGN_IN, { email, password: DEMO_PASSWORD });
    expect(errors).toEqual([
      {
        code: "RATE_LIMITED",
        message: "Too many requests. Please try again shortly.",
        path: "signIn",
        details: [{ path: "input", code: "RATE_LIMITED", message: "Try again in 1 seconds." }],
      },
    ]);
    wait(999);
    expect(await attempt(email.toUpperCase())).toBe("RATE_LIMITED");
    wait(1);
    await fail(email, 1);
    wait(1999);
    expect(await attempt(email)).toBe("RATE_LIMITED");
    wait(1);
    await fail(email, 1);
  });

  it("forgets the failures of an account that signs in", async () => {
    const { email } = await buildAccount(db);
    await fail(email, 4);
    expect(await attempt(email, DEMO_PASSWORD)).toBe("SIGNED_IN");
    await fail(email, 5);
  });

  it("leaves other accounts alone", async () => {
    const [{ email: attacked }, { email: other }] = [await buildAccount(db), await buildAccount(db)];
    await fail(attacked, 5);
    expect(await attempt(attacked)).toBe("RATE_LIMITED");
    expect(await attempt(other, DEMO_PASSWORD)).toBe("SIGNED_IN");
  });

  it("counts attempts that run at the same moment", async () => {
    const { email } = await buildAccount(db);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => attempt(email)));
    expect(outcomes.filter((outcome) => outcome === "INVALID_CREDENTIALS")).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === "RATE_LIMITED")).toHaveLength(7);
  });

  it("makes a network address wait that fails on many accounts, whoever it claims next", async () => {
    const key = new Uint8Array(createHash("sha256").update("address:127.0.0.1").digest());
    const failures = FREE_FAILURES.address - 2;
    await db.throttle.create({ data: { key, failures, lastFailedAt: now, blockedUntil: now } });
    await fail("one@example.test", 1);
    const { email } = await buildAccount(db);
    expect(await attempt(email, DEMO_PASSWORD)).toBe("SIGNED_IN");
    await fail("two@example.test", 1);
    expect(await attempt(email, DEMO_PASSWORD)).toBe("RATE_LIMITED");
    wait(1000);
    expect(await attempt(email, DEMO_PASSWORD)).toBe("SIGNED_IN");
  });

  it("stores no address in clear and forgets what is forgiven", async () => {
    await fail("someone@example.test", 1);
    const { rows } = await test.owner.query("select encode(key, 'escape') as key from throttles");
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/someone|127/);
    wait(3 * 60 * 60 * 1000);
    await fail("another@example.test", 1);
    const left = await db.throttle.findMany();
    expect(left.map(({ lastFailedAt }) => lastFailedAt)).toEqual([now, now]);
  });
});
