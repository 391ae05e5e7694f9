import { describe, expect, it } from "vitest";
import { type TestTypes, federate } from "../testing/federation.js";

const PRICES: Readonly<Record<string, number>> = { IDR: 16_000, INR: 85 };

const shop: TestTypes = {
  sdl: `
    type Query { products: [Product!]! }
    type Product @key(fields: "id") { id: ID! price(currency: String!): Int! weight: Int! reviews(first: Int! = 2): [Review!]! }
    type Review { stars: Int! }
  `,
  resolvers: {
    Query: { products: () => [{ id: "1" }, { id: "2" }] },
    Product: {
      price: ({ id }: { id: string }, { currency }: { currency: string }) => Number(id) * (PRICES[currency] ?? 0),
      weight: ({ id }: { id: string }) => Number(id),
      reviews: (_: unknown, { first }: { first: number }) => [5, 4, 3].slice(0, first).map((stars) => ({ stars })),
    },
  },
};

interface Known {
  price: number;
  weight: number;
  reviews: { stars: number }[];
}

const shipping: TestTypes = {
  sdl: `
    type Product @key(fields: "id") {
      id: ID!
      price(currency: String!): Int! @external
      weight: Int! @external
      reviews(first: Int! = 2): [Review!]! @external
      inRupiah: Int! @requires(fields: "price(currency: \\"IDR\\") weight")
      inRupees(extra: Int! = 0): Int! @requires(fields: "price(currency: \\"INR\\") weight")
      worst: Int! @requires(fields: "reviews(first: 3) { stars }")
      carrier: String!
    }
    type Review @external { stars: Int! }
  `,
  resolvers: {
    Product: {
      inRupiah: ({ price, weight }: Known) => price * weight,
      inRupees: ({ price, weight }: Known, { extra }: { extra: number }) => price * weight + extra,
      worst: ({ reviews }: Known) => Math.min(...reviews.map(({ stars }) => stars)),
      carrier: ({ id }: { id: string }) => `Carrier ${id}`,
    },
  },
};

describe("a field that is required with arguments", () => {
  it("does not get the value that was asked for with others", async () => {
    const { run } = await federate({ shop, shipping });
    const { data, errors } = await run(
      '{ products { price(currency: "INR") reviews(first: 1) { stars } worst inRupiah } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      products: [
        { price: 85, reviews: [{ stars: 5 }], worst: 3, inRupiah: 16_000 },
        { price: 170, reviews: [{ stars: 5 }], worst: 3, inRupiah: 64_000 },
      ],
    });
  });

  it("has a value for each field that requires it with others", async () => {
    const { run, sources } = await federate({ shop, shipping });
    const { data, errors } = await run(
      "query ($extra: Int!) { products { id carrier inRupiah rupees: inRupees(extra: $extra) worst } }",
      { variables: { extra: 7 } },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      products: [
        { id: "1", carrier: "Carrier 1", inRupiah: 16_000, rupees: 92, worst: 3 },
        { id: "2", carrier: "Carrier 2", inRupiah: 64_000, rupees: 347, worst: 3 },
      ],
    });
    const representations = sources["shipping"]?.operations.flatMap(
      ({ variables }) => variables["representations"] as object[],
    );
    // The subgraph knows its own names only.
    for (const representation of representations ?? [])
      expect(["__typename", "id", "price", "weight", "reviews"]).toEqual(
        expect.arrayContaining(Object.keys(representation)),
      );
  });

  it("is told under the name that the subgraph knows when it fails", async () => {
    const { run } = await federate({
      shop: {
        ...shop,
        resolvers: {
          ...shop.resolvers,
          Product: {
            price: () => {
              throw new Error("No price today.");
            },
          },
        },
      },
      shipping,
    });
    const { data, errors } = await run("{ products { inRupiah } }");
    expect(data).toBeNull();
    expect(errors?.[0]?.path).toEqual(["products", 0, "price"]);
  });
});

describe("keys by which a subgraph finds nothing", () => {
  const names: TestTypes = {
    sdl: `
      type Pupil @key(fields: "id") @key(fields: "number { school seat }", resolvable: false) {
        id: ID! number: Number! name: String!
      }
      type Number @shareable { school: ID! seat: ID! }
    `,
    resolvers: { Pupil: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Pupil ${id}` }) } },
  };
  const classes: TestTypes = {
    sdl: `
      type Query { pupils: [Pupil!]! }
      type Pupil @key(fields: "number { school seat }", resolvable: false) @key(fields: "id number { seat }") {
        id: ID! number: Number! name: String! @external greeting: String! @requires(fields: "name")
      }
      type Number @shareable { school: ID! seat: ID! }
    `,
    resolvers: {
      Query: { pupils: () => [{ id: "1", number: { school: "s", seat: "9" } }] },
      Pupil: {
        __resolveReference: ({ id, number, name }: { id?: string; number: object; name: string }) =>
          id === undefined ? null : { id, number, name },
        greeting: ({ name }: { name: string }) => `Good morning, ${name}`,
      },
    },
  };

  it("are not the ones that it is asked by", async () => {
    const { run } = await federate({ names, classes });
    expect((await run("{ pupils { name greeting } }")).data).toEqual({
      pupils: [{ name: "Pupil 1", greeting: "Good morning, Pupil 1" }],
    });
  });
});

describe("what no subgraph can answer", () => {
  const a: TestTypes = { sdl: `type Query { node: Node } interface Node @key(fields: "id") { id: ID! }` };
  const b: TestTypes = {
    sdl: `type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }`,
  };

  it("does not compose", async () => {
    await expect(federate({ a, b })).rejects.toThrow(
      "Query.node returns Node, but no object is a Node in any subgraph.",
    );
    const context: TestTypes = {
      sdl: `
        type Query { school: School }
        type School @key(fields: "id") @context(name: "school") { id: ID! currency: String! fee: Fee! }
        type Fee @key(fields: "id") { id: ID! amount(currency: String @fromContext(field: "$school { currency }")): Int! }
      `,
    };
    await expect(federate({ context })).rejects.toThrow(
      "Fee.amount takes an argument from a context, which this gateway does not fill in.",
    );
  });

  it("is refused where another composition let it through", async () => {
    const { composeServices } = await import("@apollo/composition");
    const { parse } = await import("graphql");
    const link =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])';
    const supergraph = composeServices(
      Object.entries({ a, b }).map(([name, { sdl }]) => ({ name, typeDefs: parse(link + sdl), url: "" })),
    ).supergraphSdl;
    const { run } = await federate({ a, b }, { supergraph: supergraph ?? "" });
    const { data, errors } = await run("{ node { field } }");
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toBe("No subgraph can answer what is asked of node.");
  });
});

describe("an interface that another subgraph adds fields to", () => {
  const media: TestTypes = {
    sdl: `
      type Query { media: [Media!]! }
      interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! pages: Int! }
      type Film implements Media @key(fields: "id") { id: ID! minutes: Int! }
    `,
    resolvers: {
      Query: {
        media: () => [
          { __typename: "Book", id: "1", pages: 90 },
          { __typename: "Film", id: "2", minutes: 120 },
        ],
      },
    },
  };
  const ratings: TestTypes = {
    sdl: `
      type Query { best: Media! }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! }
    `,
    resolvers: {
      Query: { best: () => ({ id: "2", stars: 5 }) },
      Media: { __resolveReference: ({ id }: { id: string }) => ({ id, stars: Number(id) + 3 }) },
    },
  };
  const withReferences: TestTypes = {
    ...media,
    resolvers: {
      ...media.resolvers,
      Media: {
        __resolveReference: ({ id }: { id: string }) =>
          id === "1" ? { __typename: "Book", id, pages: 90 } : { __typename: "Film", id, minutes: 120 },
      },
    },
  };

  it("is answered from both sides", async () => {
    const { run } = await federate({ media: withReferences, ratings });
    const { data, errors } = await run(
      "{ media { __typename stars ... on Book { pages } } best { stars ... on Film { minutes } __typename } }",
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      media: [
        { __typename: "Book", stars: 4, pages: 90 },
        { __typename: "Film", stars: 5 },
      ],
      best: { stars: 5, minutes: 120, __typename: "Film" },
    });
  });
});
