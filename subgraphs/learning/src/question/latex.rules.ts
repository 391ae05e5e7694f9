/** What opens mathematics, and what then closes it. `\$` is a dollar. */
const DELIMITERS: readonly (readonly [string, string])[] = [
  ["$$", "$$"],
  ["$", "$"],
  ["\\(", "\\)"],
  ["\\[", "\\]"],
];
const LONGEST_FORMULA = 5000;

/**
 * What is wrong with the mathematics in a text, in one sentence; undefined when every delimiter, brace, `\left` and
 * environment is closed. Whether the commands exist is for KaTeX, which clients render it with.
 */
export function problemOfMathematics(text: string): string | undefined {
  for (let at = 0; at < text.length;) {
    if (text.startsWith("\\$", at) || text.startsWith("\\\\", at)) {
      at += 2;
      continue;
    }
    const stray = ["\\)", "\\]"].find((closing) => text.startsWith(closing, at));
    if (stray !== undefined) return `There is a ${stray} at character ${at + 1} that closes nothing.`;
    const delimiters = DELIMITERS.find(([opening]) => text.startsWith(opening, at));
    if (delimiters === undefined) {
      at += 1;
      continue;
    }
    const [opening, closing] = delimiters;
    const end = closingAt(text, at + opening.length, closing);
    if (end === undefined)
      return `The ${opening} at character ${at + 1} is not closed; write \\$ for a dollar that is money.`;
    const problem = problemOfFormula(text.slice(at + opening.length, end));
    if (problem !== undefined) return `In the formula at character ${at + 1}: ${problem}`;
    at = end + closing.length;
  }
  return undefined;
}

function closingAt(text: string, from: number, closing: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(closing, at)) return at;
    if (text[at] === "\\") at += 1;
  }
  return undefined;
}

const TOKEN = /\\(begin|end)\s*\{([^{}]*)\}|\\(left|right)(?![a-zA-Z])|\\[\s\S]|[{}]/g;

function problemOfFormula(formula: string): string | undefined {
  if (formula.trim() === "") return "it is empty.";
  if (formula.length > LONGEST_FORMULA) return `it is longer than ${LONGEST_FORMULA} characters.`;
  const open: string[] = [];
  for (const [token, edge, environment = "", side] of formula.matchAll(TOKEN)) {
    if (token === "{") open.push("}");
    else if (edge === "begin") open.push(`\\end{${environment}}`);
    else if (side === "left") open.push("\\right");
    else {
      const closed = edge === "end" ? `\\end{${environment}}` : side === "right" ? "\\right" : token;
      const isClosing = closed === "}" || edge === "end" || side === "right";
      if (isClosing && open.pop() !== closed) return `${closed} closes nothing that is open.`;
    }
  }
  const unclosed = open.pop();
  return unclosed === undefined ? undefined : `${unclosed} is missing.`;
}
