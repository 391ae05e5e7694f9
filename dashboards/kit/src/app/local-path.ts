/** Reads an address of this dashboard from the address bar; undefined for anything that could lead elsewhere. */
export function toLocalPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}
