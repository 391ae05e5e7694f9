/** Reads an address of this dashboard from the address bar; undefined for anything that could lead elsewhere. */
export declare function toLocalPath(value: unknown): string | undefined;
