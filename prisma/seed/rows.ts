import type { ClientBase } from "pg";

const CHUNK = 5_000;

/**
 * Inserts rows in bulk, 5,000 to a statement.
 *
 * @param columns the SQL type of each column by its name in camelCase; properties of the rows that are not named here are left out
 */
export async function insertRows<Column extends string>(
  client: ClientBase,
  table: string,
  columns: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<NoInfer<Column>, unknown>>[],
): Promise<void> {
  const names = Object.keys(columns);
  const types = Object.entries<string>(columns).map(([name, type]) => `"${name}" ${type}`);
  const statement = `
    insert into ${table} (${names.map(toSnakeCase).join(", ")})
    select ${names.map((name) => `"${name}"`).join(", ")} from jsonb_to_recordset($1) as rows(${types.join(", ")})`;
  for (let start = 0; start < rows.length; start += CHUNK) {
    await client.query(statement, [JSON.stringify(rows.slice(start, start + CHUNK))]);
  }
}

function toSnakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
