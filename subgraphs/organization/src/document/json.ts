import type { Document } from "./document.rules.js";

const ROWS_AT_ONCE = 500;

/** `{ title, subtitle, sections: [{ heading, columns, rows }] }`, values as they are. */
export async function* jsonOf({ title, subtitle, sections }: Document): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`{"title":${JSON.stringify(title)},"subtitle":${JSON.stringify(subtitle)},"sections":[`);
  for (const [index, { heading, columns, rows }] of sections.entries()) {
    const start = `{"heading":${JSON.stringify(heading)},"columns":${JSON.stringify(columns)},"rows":[`;
    yield encoder.encode(`${index > 0 ? "," : ""}${start}`);
    let count = 0;
    let waiting = "";
    for await (const row of rows) {
      waiting += `${count++ > 0 ? "," : ""}\n${JSON.stringify(row)}`;
      if (count % ROWS_AT_ONCE !== 0) continue;
      yield encoder.encode(waiting);
      waiting = "";
    }
    yield encoder.encode(`${waiting}]}`);
  }
  yield encoder.encode("]}\n");
}
