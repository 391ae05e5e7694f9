import "reflect-metadata";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConnectionArguments, type Page, type PageQuery, paginate } from "./pagination.js";

interface Row {
  readonly id: number;
  readonly name: string;
}

/** What a database does with the query, for rows in memory. */
function runQuery(rows: readonly Row[], { where, orderBy, take }: PageQuery): Row[] {
  const matches = (row: Row, condition: Record<string, unknown>): boolean =>
    Object.entries(condition).every(([key, value]) => {
      if (key === "AND") return (value as Record<string, unknown>[]).every((part) => matches(row, part));
      if (key === "OR") return (value as Record<string, unknown>[]).some((part) => matches(row, part));
      const cell = row[key as keyof Row];
      if (typeof value !== "object" || value === null) return cell === value;
      const [[comparison, bound]] = Object.entries(value) as [["gt" | "gte" | "lt" | "lte", string | number]];
      return { gt: cell > bound, gte: cell >= bound, lt: cell < bound, lte: cell <= bound }[comparison];
    });
  const sorted = rows.toSorted((a, b) => {
    for (const key of orderBy) {
      const [[field, direction]] = Object.entries(key) as [[keyof Row, "asc" | "desc"]];
      if (a[field] !== b[field]) return (a[field] < b[field] ? -1 : 1) * (direction === "asc" ? 1 : -1);
    }
    return 0;
  });
  return sorted.filter((row) => matches(row, where)).slice(0, take);
}

function page(rows: readonly Row[], args: ConnectionArguments): Promise<Page<Row>> {
  return paginate<Row>({
    args,
    orderBy: [
      { field: "name", direction: "desc" },
      { field: "id", direction: "asc" },
    ],
    rows: (query) => Promise.resolve(runQuery(rows, query)),
    count: () => Promise.resolve(rows.length),
  });
}

const names = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
const inOrder = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => b.name.localeCompare(a.name) || a.id - b.id);

describe("001-39: keyset pages", () => {
  it("read forward, give every row once and in order, ties included", async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 7 }), async (values, first) => {
        const rows = values.map((name, id) => ({ id, name }));
        const seen: Row[] = [];
        let after: string | null = null;
        do {
          const { edges, pageInfo }: Page<Row> = await page(rows, { first, after });
          seen.push(...edges.map(({ node }) => node));
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null);
        expect(seen).toEqual(inOrder(rows));
      }),
    );
  });

  it("read backward, give the same rows in the same order", async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 7 }), async (values, last) => {
        const rows = values.map((name, id) => ({ id, name }));
        const seen: Row[] = [];
        let before: string | null = null;
        do {
          const { edges, pageInfo }: Page<Row> = await page(rows, { last, before });
          seen.unshift(...edges.map(({ node }) => node));
          before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
        } while (before !== null);
        expect(seen).toEqual(inOrder(rows));
      }),
    );
  });

  it("count only when asked", async () => {
    let counted = 0;
    const result = await paginate<Row>({
      args: {},
      orderBy: [{ field: "id", direction: "asc" }],
      rows: () => Promise.resolve([]),
      count: () => Promise.resolve((counted += 1)),
    });
    expect(counted).toBe(0);
    expect(await result.totalCount).toBe(1);
  });

  it.each<[string, ConnectionArguments]>([
    ["a page of nothing", { first: 0 }],
    ["a page of 101", { first: 101 }],
    ["both directions", { first: 1, last: 1 }],
    ["a cursor that is not ours", { after: "xyz" }],
    ["a cursor of another list", { after: Buffer.from("[1]").toString("base64url") }],
  ])("refuse %s", async (_name, args) => {
    await expect(page([], args)).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
  });
});
