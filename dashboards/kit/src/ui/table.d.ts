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
export declare function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>): import("react").JSX.Element;
export {};
