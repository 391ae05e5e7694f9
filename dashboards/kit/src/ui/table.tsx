import clsx from "clsx";
import type { ReactNode } from "react";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** Numbers stand to the right, so that their digits line up. */
  readonly numeric?: boolean;
  /** Hidden on phones, where the row has no room for it. */
  readonly wideOnly?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A plain table; the first column names its row. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  const look = ({ numeric = false, wideOnly = false }: Column<Row>) =>
    clsx("py-3 pr-3 last:pr-0 sm:pr-4", numeric ? "text-right" : "text-left", wideOnly && "hidden sm:table-cell");
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line">
          {columns.map((column) => (
            <th key={column.key} scope="col" className={clsx(look(column), "font-medium text-muted")}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="border-b border-line last:border-0">
            {columns.map((column, index) =>
              index === 0 ? (
                <th key={column.key} scope="row" className={clsx(look(column), "font-medium")}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} className={look(column)}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
