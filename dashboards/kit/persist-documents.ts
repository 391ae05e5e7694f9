/** What the dashboards ask, exactly as they send it, by its SHA-256: written to `gateway/persisted-documents.json`. */
import { createHash } from "node:crypto";
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TypedDocumentNode, formatDocument, stringifyDocument } from "@urql/core";

const root = join(import.meta.dirname, "../..");

function isOperation(value: unknown): value is TypedDocumentNode {
  return typeof value === "object" && value !== null && JSON.stringify(value).includes('"kind":"OperationDefinition"');
}

const texts = new Set<string>();
for (const file of globSync("dashboards/*/src/gql/graphql.ts", { cwd: root })) {
  const generated: unknown = await import(join(root, file));
  if (typeof generated !== "object" || generated === null) continue;
  for (const document of Object.values(generated).filter(isOperation)) {
    // A client with a cache asks for the type of every object, too.
    texts.add(stringifyDocument(document));
    texts.add(stringifyDocument(formatDocument(document)));
  }
}
const entries = [...texts].map((text) => [createHash("sha256").update(text).digest("hex"), text] as const);
const sorted = Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(join(root, "gateway/persisted-documents.json"), `${JSON.stringify(sorted, null, 2)}\n`);
