import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CATALOGUE } from "@lentera/kit";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

const guide = fileURLToPath(new URL("../../docs/integrators", import.meta.url));
const pages = globSync("*.md", { cwd: guide }).toSorted();
const read = (page: string): string => readFileSync(join(guide, page), "utf8");

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
function blocksOf(page: string): Block[] {
  const fences = read(page).matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...fences].map(([, language = "", text = ""]) => ({
    language,
    text: text.replaceAll("http://localhost:4000", inject("lenteraUrl")),
  }));
}

const ANY_TEXT: unknown = expect.stringMatching(/./);

/** What an answer has to hold: `"…"` is any text. */
function pattern(value: unknown): unknown {
  if (value === "…") return ANY_TEXT;
  if (Array.isArray(value)) return value.map(pattern);
  if (typeof value !== "object" || value === null) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pattern(each)])));
}

const run = promisify(execFile);

describe("001-39, 003-74: the guide for integrators", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "lentera-guide-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** The `sh` blocks up to this one run in one shell, as a reader would type them; each `ts` block is a program of its own. */
  async function output(blocks: readonly Block[], index: number): Promise<string> {
    const { language, text } = blocks[index] ?? { language: "", text: "" };
    if (language === "ts") {
      const file = join(directory, "example.mts");
      await writeFile(file, text);
      return (await run(process.execPath, [file], { cwd: directory, timeout: 30_000 })).stdout;
    }
    const typed = blocks.slice(0, index).filter((block) => block.language === "sh");
    const script = ["set -e", ...typed.map((block) => `{\n${block.text}\n} > /dev/null`), text].join("\n");
    const PATH = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
    return (await run("sh", ["-c", script], { cwd: directory, env: { PATH }, timeout: 30_000 })).stdout;
  }

  it.each(pages)("has only examples in %s that work, and answer what it says", async (page) => {
    const blocks = blocksOf(page);
    const isAnswered = (index: number): boolean => blocks[index + 1]?.language === "json";
    const lastTyped = blocks.findLastIndex(({ language }) => language === "sh");
    // What is typed before another answer runs with it; everything else has to show one.
    const unproven = blocks.filter(
      ({ language }, index) => (language === "ts" || index === lastTyped) && !isAnswered(index),
    );
    expect(unproven).toEqual([]);
    for (const index of [...blocks.keys()].filter(isAnswered)) {
      const printed: unknown = JSON.parse(await output(blocks, index));
      const shown: unknown = JSON.parse(blocks[index + 1]?.text ?? "");
      expect(printed, `${page}: ${blocks[index]?.text ?? ""}`).toEqual(pattern(shown));
    }
  });

  it("has examples at all, in both languages, and each of its links leads somewhere", () => {
    const languages = pages.flatMap((page) => blocksOf(page).map(({ language }) => language));
    expect(new Set(languages)).toEqual(new Set(["sh", "ts", "json"]));
    for (const language of ["sh", "ts"])
      expect(languages.filter((each) => each === language).length).toBeGreaterThan(3);
    const links = pages.flatMap((page) => [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link));
    expect(links.filter((link) => link === undefined || !pages.includes(link))).toEqual([]);
    expect(new Set(links)).toEqual(new Set(pages.filter((page) => page !== "README.md")));
  });

  it("C-19: explains every code of the catalogue, with its number and message", () => {
    const rows = [...read("errors.md").matchAll(/^\| `(\w+)` +\| (\d+) +\| (.+?) +\| (.+?) +\|$/gm)];
    expect(rows.map(([, code, number, message]) => [code, Number(number), message])).toEqual(
      Object.entries(CATALOGUE).map(([code, { number, en }]) => [code, number, en]),
    );
    for (const [, , , , advice] of rows) expect(advice).toMatch(/\.$/);
  });
});
