import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const FIELDS = "{ id label province city district detail latitude longitude isPrimary }";
const ADD = `mutation ($input: AddAddressInput!) { addAddress(input: $input) { address ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateAddressInput!) { updateAddress(input: $input) { address ${FIELDS} } }`;
const REMOVE = `mutation ($id: ID!) { removeAddress(input: { addressId: $id }) { addressId } }`;
const LIST = `query ($first: Int, $after: String) { viewer { addresses(first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage } edges { node { id label isPrimary } } } } }`;

interface Added {
  addAddress: { address: { id: string; isPrimary: boolean } };
}
interface Listed {
  viewer: {
    addresses: {
      totalCount: number;
      pageInfo: { endCursor: string; hasNextPage: boolean };
      edges: { node: { id: string; label: string; isPrimary: boolean } }[];
    };
  };
}

const HOME = {
  label: "Rumah",
  province: "Jawa Barat",
  city: "Bandung",
  district: "Coblong",
  detail: "Jl. Ganesha 10",
  latitude: -6.89148123,
  longitude: 107.61065912,
  isPrimary: false,
};
async function buildPerson(): Promise<{ client: TestClient; userId: string }> {
  const { userId } = await buildAccount(db);
  return { client: test.as(buildViewer({ userId })), userId };
}
async function add(client: TestClient, over: object = {}) {
  const { addAddress } = await client.data<Added>(ADD, { input: { ...HOME, idempotencyKey: randomUUID(), ...over } });
  return addAddress.address;
}
async function primaries(client: TestClient): Promise<string[]> {
  const { viewer } = await client.data<Listed>(LIST);
  return viewer.addresses.edges.filter(({ node }) => node.isPrimary).map(({ node }) => node.id);
}

describe("addresses (002-02)", () => {
  it("are added; the first one is the primary one", async () => {
    const { client } = await buildPerson();
    expect(await add(client)).toMatchObject({ ...HOME, isPrimary: true });
    expect(await add(client, { label: "Kos", latitude: null, longitude: null })).toMatchObject({
      label: "Kos",
      latitude: null,
      isPrimary: false,
    });
  });

  it("have one primary at most, which a new one replaces, also at the same moment", async () => {
    const { client, userId } = await buildPerson();
    await add(client);
    const second = await add(client, { isPrimary: true });
    expect(await primaries(client)).toEqual([second.id]);
    await Promise.all(Array.from({ length: 6 }, () => add(client, { isPrimary: true })));
    expect(await primaries(client)).toHaveLength(1);
    await expect(
      test.owner.query("update user_addresses set is_primary = true where user_id = $1", [userId]),
    ).rejects.toThrow("user_addresses_one_primary");
  });

  it("are changed and removed by their owner", async () => {
    const { client } = await buildPerson();
    const [first, second] = [await add(client), await add(client)];
    const input = { ...HOME, addressId: second.id, label: "Kantor", isPrimary: true };
    expect(await client.data(UPDATE, { input })).toMatchObject({ updateAddress: { address: { label: "Kantor" } } });
    expect(await primaries(client)).toEqual([second.id]);
    expect(await client.data(REMOVE, { id: first.id })).toEqual({ removeAddress: { addressId: first.id } });
    expect((await client.run(REMOVE, { id: first.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("are nobody else's", async () => {
    const { client } = await buildPerson();
    const { client: stranger } = await buildPerson();
    const { id } = await add(client);
    const input = { ...HOME, addressId: id };
    expect((await stranger.run(UPDATE, { input })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await stranger.run(REMOVE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await test.as(anonymous).run(REMOVE, { id })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect(await primaries(client)).toEqual([id]);
  });

  it("are listed by page", async () => {
    const { client } = await buildPerson();
    for (const label of ["A", "B", "C"]) await add(client, { label });
    const first = (await client.data<Listed>(LIST, { first: 2 })).viewer.addresses;
    const second = (await client.data<Listed>(LIST, { first: 2, after: first.pageInfo.endCursor })).viewer.addresses;
    expect([...first.edges, ...second.edges].map(({ node }) => node.label)).toEqual(["A", "B", "C"]);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([3, true, false]);
  });

  it("with one key are added once; other input is refused", async () => {
    const { client } = await buildPerson();
    const idempotencyKey = randomUUID();
    const first = await add(client, { idempotencyKey });
    expect(await add(client, { idempotencyKey })).toEqual(first);
    const other = { ...HOME, label: "Lain", idempotencyKey };
    expect((await client.run(ADD, { input: other })).errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("are 20 at most", async () => {
    const { client, userId } = await buildPerson();
    await db.userAddress.createMany({ data: Array.from({ length: 20 }, () => ({ ...HOME, userId })) });
    const input = { ...HOME, idempotencyKey: randomUUID() };
    expect((await client.run(ADD, { input })).errors).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  });

  it("name every bad field at once", async () => {
    const { client } = await buildPerson();
    const input = { ...HOME, label: "", detail: "x".repeat(501), latitude: 91, idempotencyKey: "" };
    const { errors } = await client.run(ADD, { input });
    expect(errors).toMatchObject([
      {
        code: "VALIDATION_ERROR",
        details: [
          { path: "input.label" },
          { path: "input.detail" },
          { path: "input.latitude" },
          { path: "input.idempotencyKey" },
        ],
      },
    ]);
    const half = await client.run(ADD, { input: { ...HOME, longitude: null, idempotencyKey: "k" } });
    expect(half.errors).toMatchObject([{ details: [{ path: "input.longitude" }] }]);
  });
});
