import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, parse } from "graphql";

interface Product {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

interface Review {
  readonly id: string;
  readonly body: string;
  readonly authorId: string;
  readonly sku: string;
}

const WORDS =
  "batik from a family workshop in the old town arrived on time and well wrapped though one colour was paler than in the picture".split(
    " ",
  );

/** A text of a length, the same every time. */
function text(length: number, start: number): string {
  let result = "";
  for (let index = start; result.length < length; index++) result += `${WORDS[index % WORDS.length]} `;
  return result.slice(0, length);
}

const MEMBERS = ["1", "2", "3", "4", "5", "6"].map((id) => ({ id, username: `member${id}`, name: `Member ${id}` }));
const PRODUCTS: readonly Product[] = [
  "Tampah",
  "Sarong",
  "Teapot",
  "Stool",
  "Loom",
  "Lamp",
  "Drum",
  "Desk",
  "Kite",
].map((name, index) => ({
  sku: String(index + 1),
  name,
  price: [899, 1299, 15, 499, 1299, 6999, 3999, 100_000, 9999][index] ?? 1,
  weight: [100, 1000, 20, 100, 1000, 300, 2000, 6000, 800][index] ?? 1,
  inStock: index % 3 !== 1,
}));
/** Members 1 and 2 have written all reviews, of four products. */
const REVIEWS: readonly Review[] = [850, 680, 600, 430, 520, 780, 660, 540, 440, 540, 900].map((length, index) => ({
  id: String(index + 1),
  body: text(length, index),
  authorId: index < 2 ? "1" : index < 5 ? "2" : "1",
  sku: ["1", "1", "1", "1", "2", "2", "2", "2", "3", "4", "4"][index] ?? "1",
}));

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])`;

/** Four subgraphs in the shape of the published scenario, with a world of our own. */
const SUBGRAPHS: Readonly<Record<string, { readonly types: string; readonly resolvers: object }>> = {
  members: {
    types: `
      type Query { users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String }
    `,
    resolvers: {
      Query: { users: () => MEMBERS },
      User: { __resolveReference: ({ id }: { id: string }) => MEMBERS.find((member) => member.id === id) },
    },
  },
  catalogue: {
    types: `
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "sku") { sku: String! name: String price: Int weight: Int }
    `,
    resolvers: {
      Query: { topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first) },
      Product: { __resolveReference: ({ sku }: Product) => PRODUCTS.find((product) => product.sku === sku) },
    },
  },
  stock: {
    types: `
      type Product @key(fields: "sku") {
        sku: String! price: Int @external weight: Int @external
        inStock: Boolean shippingEstimate: Int @requires(fields: "price weight")
      }
    `,
    resolvers: {
      Product: {
        inStock: ({ sku }: Product) => PRODUCTS.find((product) => product.sku === sku)?.inStock,
        shippingEstimate: ({ price, weight }: Product) => (price > 1000 ? 0 : Math.trunc(weight / 2)),
      },
    },
  },
  reviews: {
    types: `
      type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
      type User @key(fields: "id") { id: ID! reviews: [Review] }
      type Product @key(fields: "sku") { sku: String! reviews: [Review] }
    `,
    resolvers: {
      Review: {
        author: ({ authorId }: Review) => ({ id: authorId }),
        product: ({ sku }: Review) => ({ sku }),
      },
      User: { reviews: ({ id }: { id: string }) => REVIEWS.filter(({ authorId }) => authorId === id).slice(0, 2) },
      Product: { reviews: ({ sku }: Product) => REVIEWS.filter((review) => review.sku === sku) },
    },
  },
};

export const SCHEMAS: ReadonlyMap<string, { readonly sdl: string; readonly schema: GraphQLSchema }> = new Map(
  Object.entries(SUBGRAPHS).map(([name, { types, resolvers }]) => {
    const sdl = LINK + types;
    return [name, { sdl, schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]) }];
  }),
);

/** The deep query of the scenario: the same few entities in hundreds of places of the answer. */
export const QUERY = `
  query TestQuery {
    users {
      ...User
      reviews {
        ...Review
        product {
          ...Product
          reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
        }
      }
    }
    topProducts {
      ...Product
      reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
    }
  }
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate sku weight }
`;
