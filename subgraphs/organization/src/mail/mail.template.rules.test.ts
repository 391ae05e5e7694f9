import { describe, expect, it } from "vitest";
import { MAIL_TEMPLATES, isMailTemplate, missingValues, writeLetter } from "./mail.template.js";

const templates = MAIL_TEMPLATES.filter(isMailTemplate);
const HOSTILE = `<img src=x onerror="alert('x')">&\r\nBcc: everybody@example.test`;

describe("letters", () => {
  it.each(templates)("%s is written in both languages, with all that it needs and nothing undefined", (template) => {
    const values = Object.fromEntries(missingValues(template, []).map((name) => [name, `value-of-${name}`]));
    const [id, en] = (["id", "en"] as const).map((language) =>
      writeLetter(template, language, values, "https://lentera.example.test"),
    );
    expect(id!.text).not.toBe(en!.text);
    for (const letter of [id!, en!]) {
      for (const value of Object.values(values)) expect(letter.text).toContain(value);
      expect(JSON.stringify(letter)).not.toContain("undefined");
    }
  });

  it.each(templates)("%s lets no value become markup or a header", (template) => {
    const values = Object.fromEntries(missingValues(template, []).map((name) => [name, HOSTILE]));
    const letter = writeLetter(template, "en", values, "https://lentera.example.test");
    expect(letter.html).not.toContain("<img");
    expect(letter.html).not.toContain(`"alert(`);
    expect(letter.subject).not.toMatch(/[\r\n]/);
  });
});
