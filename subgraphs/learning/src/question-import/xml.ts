import { SaxesParser } from "saxes";
import { QuestionProblem } from "./import-format.js";

/** An element of a document, with names as QTI 2 writes them but in small letters and without prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  readonly line: number;
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

const DEEPEST = 100;
const MOST_ELEMENTS = 20_000;

/** `qti-choice-interaction`, `imsqti:choiceInteraction` and `choiceInteraction` are one name. */
function plainName(name: string): string {
  return name.replace(/^.*:/, "").replace(/^qti-/, "").replaceAll("-", "").toLowerCase();
}

/**
 * Reads an XML document whole. There are no entities but the five of XML itself: a document type, with which a document
 * could name files, reach hosts or grow without end, is refused.
 * @throws QuestionProblem with the line
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const root: OpenElement = { name: "", attributes: {}, children: [], line: 1 };
  const open = [root];
  let elements = 0;
  const refuse = (problem: string): never => {
    throw new QuestionProblem(problem, parser.line);
  };
  parser.on("error", (error) => refuse(`This is not XML: ${error.message.replace(/^\d+:\d+: /, "").slice(0, 300)}`));
  parser.on("doctype", () => refuse("A document type is not accepted: take the <!DOCTYPE …> away."));
  parser.on("opentag", ({ name, attributes }) => {
    elements += 1;
    if (open.length > DEEPEST || elements > MOST_ELEMENTS)
      refuse("This document is nested too deeply or is too large.");
    const entries = Object.entries(attributes).map(([key, value]): [string, string] => [plainName(key), value]);
    const element: OpenElement = {
      name: plainName(name),
      attributes: Object.fromEntries(entries),
      children: [],
      line: parser.line,
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const hear = (value: string): void => void open.at(-1)?.children.push(value);
  parser.on("text", hear);
  parser.on("cdata", hear);
  parser.write(text.replace(/^\uFEFF/, "")).close();
  const [top] = root.children.filter((child) => typeof child !== "string");
  return top ?? refuse("This document is empty.");
}

/** Every element of a name below one, in order. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) =>
    typeof child === "string" ? [] : [...(child.name === name ? [child] : []), ...findAll(child, name)],
  );
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
