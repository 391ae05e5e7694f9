import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from "type-graphql";
import { invalidField } from "./errors.js";

export const MAXIMUM_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

@ArgsType()
export class ConnectionArguments {
  @Field(() => Int, { nullable: true, description: "How many from the start, 1 to 100; 20 when neither is given." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: "How many from the end, 1 to 100." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
}

@Directive("@shareable")
@ObjectType({ description: "Where a page stands in its list." })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;
  @Field(() => Boolean)
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true })
  startCursor!: string | null;
  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
  /** Counted when it is read, that is when the operation selects it. */
  readonly totalCount: Promise<number> | number;
}

/** The connection type of a node class: `connectionOf(Attempt)` is `AttemptConnection`. One call per class. */
export function connectionOf<Node extends object>(node: ClassType<Node>, name = node.name): ClassType<Page<Node>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String, { description: "Opaque; pass it as `after` or `before`." })
    cursor!: string;
    @Field(() => node)
    node!: Node;
  }

  @ObjectType(`${name}Connection`)
  class Connection implements Page<Node> {
    @Field(() => [Edge])
    edges!: Edge[];
    @Field(() => PageInfo)
    pageInfo!: PageInfo;
    @Field(() => Int, { description: "How many there are in all; counted only when asked for." })
    totalCount!: Promise<number> | number;
  }
  return Connection;
}

/** One column of a total order. The last one must be unique. */
export interface SortKey<Row> {
  readonly field: keyof Row & string;
  readonly direction: "asc" | "desc";
}

type CursorValue = string | number;

/** What a store needs to fetch one page with Prisma: hand the three to `findMany`. */
export interface PageQuery {
  readonly where: Record<string, unknown>;
  readonly orderBy: Record<string, "asc" | "desc">[];
  readonly take: number;
}

interface Window {
  readonly size: number;
  readonly backward: boolean;
  readonly after: CursorValue[] | null;
  readonly before: CursorValue[] | null;
}

/**
 * A keyset page: the SQL is the same fast range scan on page 1 and on page 10,000, and rows that are inserted meanwhile
 * neither repeat nor vanish. @throws VALIDATION_ERROR for a size outside 1..100 or a cursor that is not ours.
 */
export async function paginate<Row extends object>(options: {
  args: ConnectionArguments;
  orderBy: readonly SortKey<Row>[];
  rows: (query: PageQuery) => Promise<Row[]>;
  count: () => Promise<number>;
}): Promise<Page<Row>> {
  const { args, orderBy, rows, count } = options;
  const window = windowOf(args, orderBy.length);
  const order = window.backward ? orderBy.map(reversed) : orderBy;
  const bounds = [
    ...(window.after === null ? [] : [beyond(orderBy, window.after)]),
    ...(window.before === null ? [] : [beyond(orderBy.map(reversed), window.before)]),
  ];
  const found = await rows({
    where: bounds.length === 0 ? {} : { AND: bounds },
    orderBy: order.map(({ field, direction }) => ({ [field]: direction })),
    take: window.size + 1,
  });
  return pageOf(found, window, (row) => encodeCursor(orderBy.map(({ field }) => row[field])), count);
}

/**
 * Cuts the extra row off, restores the order and adds cursors.
 * @param found up to `size + 1` rows in the order of travel
 */
function pageOf<Row>(
  found: Row[],
  window: Window,
  cursorOf: (row: Row) => string,
  count: () => Promise<number>,
): Page<Row> {
  const more = found.length > window.size;
  const kept = found.slice(0, window.size);
  if (window.backward) kept.reverse();
  const edges = kept.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: window.backward ? window.before !== null : more,
      hasPreviousPage: window.backward ? more : window.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return count();
    },
  };
}

/** The same page with each node changed, e.g. from row to API object. */
export function mapPage<From, To>(page: Page<From>, change: (node: From) => To): Page<To> {
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: change(node) })),
    pageInfo: page.pageInfo,
    get totalCount() {
      return page.totalCount;
    },
  };
}

/** A short list that is already in memory as one page. */
export function wholePage<Node>(nodes: readonly Node[]): Page<Node> {
  const edges = nodes.map((node, index) => ({ cursor: encodeCursor([index]), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: nodes.length,
  };
}

/** Where a page of a relation goes on: beyond this row in the order that the store's SQL has. */
export interface EachQuery {
  readonly take: number;
  /** Sort value and id of the row before the page, or null for the first page. */
  readonly beyond: { readonly value: string; readonly id: string } | null;
}

/**
 * One page for each of many parents in one statement: the store's SQL joins the parents laterally with a range scan by
 * one sort value and the id. Forward only.
 */
export async function paginateEach<Row extends { id: string }>(options: {
  args: ConnectionArguments;
  parentIds: readonly string[];
  rows: (query: EachQuery) => Promise<Row[]>;
  parentOf: (row: Row) => string;
  sortValueOf: (row: Row) => string | Date;
  counts: () => Promise<ReadonlyMap<string, number>>;
}): Promise<Page<Row>[]> {
  const { args, parentIds, rows, parentOf, sortValueOf, counts } = options;
  const window = windowOf(args, 2);
  if (window.backward || window.before !== null)
    throw invalidField("last", "INVALID_FORMAT", "This list is paged forward: use `first` and `after`.");
  const [value, id] = window.after ?? [];
  const beyond = window.after === null ? null : { value: String(value), id: String(id) };
  const found = Map.groupBy(await rows({ take: window.size + 1, beyond }), parentOf);
  let counted: Promise<ReadonlyMap<string, number>> | undefined;
  return parentIds.map((parentId) =>
    pageOf(
      found.get(parentId) ?? [],
      window,
      (row) => encodeCursor([sortValueOf(row), row.id]),
      async () => (await (counted ??= counts())).get(parentId) ?? 0,
    ),
  );
}

/** @throws VALIDATION_ERROR unless 1 <= size <= 100. */
export function pageSize(size: number | null | undefined, path = "first", otherwise = DEFAULT_PAGE_SIZE): number {
  if (size === null || size === undefined) return otherwise;
  if (size >= 1 && size <= MAXIMUM_PAGE_SIZE) return size;
  throw invalidField(path, "INVALID_FORMAT", `\`${path}\` is a number from 1 to ${MAXIMUM_PAGE_SIZE}.`);
}

function windowOf(args: ConnectionArguments, keys: number): Window {
  if (args.first != null && args.last != null)
    throw invalidField("last", "INVALID_FORMAT", "Give either `first` or `last`, not both.");
  const backward = args.last != null;
  return {
    size: backward ? pageSize(args.last, "last") : pageSize(args.first),
    backward,
    after: args.after == null ? null : decodeCursor(args.after, "after", keys),
    before: args.before == null ? null : decodeCursor(args.before, "before", keys),
  };
}

function reversed<Row>({ field, direction }: SortKey<Row>): SortKey<Row> {
  return { field, direction: direction === "asc" ? "desc" : "asc" };
}

/**
 * Everything beyond the cursor in the given order: (a > x) or (a = x and b > y) or …, and a >= x besides, which says
 * nothing new but is what an index can start from.
 */
function beyond<Row>(order: readonly SortKey<Row>[], cursor: CursorValue[]): Record<string, unknown> {
  const [first] = order;
  const start =
    first === undefined ? {} : { [first.field]: { [first.direction === "asc" ? "gte" : "lte"]: cursor[0] } };
  return {
    ...start,
    OR: order.map(({ field, direction }, index) => ({
      ...Object.fromEntries(order.slice(0, index).map((key, before) => [key.field, cursor[before]])),
      [field]: { [direction === "asc" ? "gt" : "lt"]: cursor[index] },
    })),
  };
}

function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(
    JSON.stringify(values.map((value) => (typeof value === "bigint" ? String(value) : value))),
  ).toString("base64url");
}

function decodeCursor(cursor: string, path: string, keys: number): CursorValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const valid = (value: unknown): value is CursorValue => typeof value === "string" || typeof value === "number";
    if (Array.isArray(values) && values.length === keys && values.every(valid)) return values;
  } catch {
    // not ours, answered below
  }
  throw invalidField(path, "INVALID_FORMAT", "Use a cursor as this list gave it.");
}
