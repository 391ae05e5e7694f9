import { isObject, type JsonObject } from "./json.js";

/** The data of an answer, already written as JSON: whoever sends it on need not take it apart again. */
export class WrittenData {
  constructor(readonly text: string) {}

  toJSON(): JsonObject | null {
    const data: unknown = JSON.parse(this.text);
    return isObject(data) ? data : null;
  }
}
