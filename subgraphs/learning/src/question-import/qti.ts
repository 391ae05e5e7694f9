import type { QuestionContent } from "../question/question.input.js";
import {
  type FoundQuestion,
  type ImportDefaults,
  type QuestionDocument,
  type QuestionFormat,
  QuestionProblem,
} from "./import-format.js";
import { type XmlElement, escapeXml, findAll, readXml } from "./xml.js";

/**
 * QTI 2.x and 3.0: one item per document, or several below one root. Choices, a number as text entry with the tolerance of
 * `equal`, and a matching of statements with TRUE and FALSE. Written as 3.0.
 */
export const qti: QuestionFormat = {
  read: (text, defaults) => {
    const root = readXml(text);
    const items = root.name === "assessmentitem" ? [root] : findAll(root, "assessmentitem");
    if (items.length === 0) throw new QuestionProblem("There is no assessment item in this document.", root.line);
    return items.map((item) => {
      try {
        return { line: item.line, content: contentOf(item, defaults) } satisfies FoundQuestion;
      } catch (error) {
        if (!(error instanceof QuestionProblem)) throw error;
        return { line: error.line ?? item.line, problem: error.message };
      }
    });
  },
  write: (questions) => questions.map(write),
};

const PARAGRAPHS = ["p", "div", "br", "prompt", "li", "blockquote"];
const UNREADABLE: Readonly<Record<string, string>> = {
  math: "MathML is not accepted: write mathematics as LaTeX between dollar signs.",
  img: "Pictures do not travel in the text: take the img away and attach the file to the question.",
  object: "Objects do not travel in the text: take the object away and attach the file to the question.",
};

/** The text of an element, with a line end between paragraphs and without the elements that are left out. */
function textOf(element: XmlElement | undefined, isLeftOut: (name: string) => boolean = () => false): string {
  const collect = (child: XmlElement | string): string => {
    if (typeof child === "string") return child.replaceAll(/\s+/g, " ");
    const problem = UNREADABLE[child.name];
    if (problem !== undefined) throw new QuestionProblem(problem, child.line);
    if (isLeftOut(child.name)) return "";
    const text = child.name === "pre" ? preformatted(child) : child.children.map(collect).join("");
    return PARAGRAPHS.includes(child.name) ? `\n${text}\n` : text;
  };
  const text = (element?.children ?? []).map(collect).join("");
  if (element !== undefined && findAll(element, "pre").length > 0) return text.trim();
  return text.replaceAll(/ *\n[ \n]*/g, "\n").trim();
}

/** In `pre` every space and line end stands for itself. */
function preformatted(element: XmlElement): string {
  return element.children.map((child) => (typeof child === "string" ? child : preformatted(child))).join("");
}

function contentOf(item: XmlElement, defaults: ImportDefaults): unknown {
  const [body] = findAll(item, "itembody");
  if (body === undefined) throw new QuestionProblem("The item has no body.");
  const interactions = [...findAll(body, "choiceinteraction"), ...findAll(body, "textentryinteraction")];
  const [interaction, ...others] = [...interactions, ...findAll(body, "matchinteraction")];
  if (interaction === undefined || others.length > 0)
    throw new QuestionProblem("Give one choice, text entry or match interaction.", body.line);
  const { datasubtest, datatopic, datalevel } = body.attributes;
  const stem = textOf(body, (name) => name.endsWith("interaction"));
  const prompt = textOf(findAll(interaction, "prompt")[0]);
  return {
    examTypeId: defaults.examTypeId,
    subtest: datasubtest ?? defaults.subtest,
    topic: datatopic ?? defaults.topic,
    cognitiveLevel: datalevel ?? defaults.cognitiveLevel,
    language: item.attributes["lang"] ?? defaults.language,
    stem: [stem, prompt].filter((text) => text !== "").join("\n"),
    explanation: findAll(item, "modalfeedback")
      .map((feedback) => textOf(feedback))
      .join("\n"),
    tolerance: 0,
    imageIds: [],
    translations: [],
    ...answerOf(item, interaction),
  };
}

function answerOf(item: XmlElement, interaction: XmlElement): Partial<QuestionContent> {
  const identifier = interaction.attributes["responseidentifier"];
  const declaration = findAll(item, "responsedeclaration").find(
    ({ attributes }) => attributes["identifier"] === identifier,
  );
  if (declaration === undefined)
    throw new QuestionProblem("No response is declared for the interaction.", interaction.line);
  const [right] = findAll(declaration, "correctresponse");
  const correct = right === undefined ? [] : findAll(right, "value").map((value) => textOf(value));
  if (correct.length === 0)
    throw new QuestionProblem("The item does not say which response is correct.", declaration.line);
  const isMultiple = declaration.attributes["cardinality"] === "multiple";
  switch (interaction.name) {
    case "choiceinteraction":
      return choiceOf(interaction, correct, isMultiple);
    case "textentryinteraction":
      return numberOf(item, declaration, correct);
    default:
      return tableOf(interaction, correct);
  }
}

function choiceOf(interaction: XmlElement, correct: readonly string[], isMultiple: boolean): Partial<QuestionContent> {
  const choices = findAll(interaction, "simplechoice");
  const keys = keysOf(choices);
  return {
    kind: isMultiple ? "MULTIPLE_CHOICE" : "SINGLE_CHOICE",
    options: choices.map((choice) => ({
      key: keys.get(choice.attributes["identifier"] ?? "") ?? "",
      text: textOf(choice, (name) => name === "feedbackinline"),
    })),
    correct: correct.map((identifier) => keys.get(identifier) ?? identifier),
  };
}

/** Identifiers serve as keys where they are short; others (`choice_1`) give way to letters. */
function keysOf(choices: readonly XmlElement[]): Map<string, string> {
  const identifiers = choices.map(({ attributes }) => attributes["identifier"] ?? "");
  const areKeys = identifiers.every((identifier) => /^[A-Za-z0-9]{1,10}$/.test(identifier));
  return new Map(
    identifiers.map((identifier, index) => [identifier, areKeys ? identifier : String.fromCodePoint(65 + index)]),
  );
}

function numberOf(
  item: XmlElement,
  { attributes, line }: XmlElement,
  correct: readonly string[],
): Partial<QuestionContent> {
  if (!["float", "integer"].includes(attributes["basetype"] ?? ""))
    throw new QuestionProblem("A text entry is marked only when it is a number: give it the base type float.", line);
  const [equal] = findAll(item, "equal").filter((one) => one.attributes["tolerancemode"] === "absolute");
  const [tolerance = "0"] = (equal?.attributes["tolerance"] ?? "0").trim().split(/\s+/);
  return { kind: "NUMERIC", options: [], correct: [...correct], tolerance: Number(tolerance) };
}

function tableOf(interaction: XmlElement, correct: readonly string[]): Partial<QuestionContent> {
  const [statements] = findAll(interaction, "simplematchset");
  const choices = statements === undefined ? [] : findAll(statements, "simpleassociablechoice");
  const keys = keysOf(choices);
  const pairs = correct.map((pair) => pair.trim().split(/\s+/));
  if (!pairs.every(([, truth]) => truth === "TRUE" || truth === "FALSE"))
    throw new QuestionProblem(
      "A match is read as a true/false table: match every statement with TRUE or FALSE.",
      interaction.line,
    );
  return {
    kind: "TRUE_FALSE_TABLE",
    options: choices.map((choice) => ({
      key: keys.get(choice.attributes["identifier"] ?? "") ?? "",
      text: textOf(choice),
    })),
    correct: pairs.map(([statement = "", truth = ""]) => `${keys.get(statement) ?? statement}:${truth}`),
  };
}

const BASE_TYPES = {
  SINGLE_CHOICE: ["single", "identifier"],
  MULTIPLE_CHOICE: ["multiple", "identifier"],
  TRUE_FALSE_TABLE: ["multiple", "directedPair"],
  NUMERIC: ["single", "float"],
} as const;

function write(content: QuestionContent, index: number): QuestionDocument {
  const { kind, correct, subtest, topic, cognitiveLevel, language, stem, explanation, tolerance } = content;
  const [cardinality, baseType] = BASE_TYPES[kind];
  const values = correct.map((part) => `<qti-value>${escapeXml(valueOf(kind, part))}</qti-value>`).join("");
  const data = Object.entries({ subtest, topic, level: cognitiveLevel }).map(
    ([name, value]) => ` data-${name}="${escapeXml(value)}"`,
  );
  const processing =
    kind === "NUMERIC"
      ? `<qti-response-processing><qti-response-condition><qti-response-if>
<qti-equal tolerance-mode="absolute" tolerance="${tolerance} ${tolerance}"><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>
<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value>
</qti-response-if></qti-response-condition></qti-response-processing>`
      : `<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>`;
  const feedback =
    explanation === ""
      ? ""
      : `<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="explanation" show-hide="show"><qti-content-body><pre>${escapeXml(explanation)}</pre></qti-content-body></qti-modal-feedback>`;
  const name = `question-${String(index + 1).padStart(4, "0")}`;
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${name}" title="${name}" adaptive="false" time-dependent="false" xml:lang="${escapeXml(language)}">
<qti-response-declaration identifier="RESPONSE" cardinality="${cardinality}" base-type="${baseType}"><qti-correct-response>${values}</qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>
<qti-item-body${data.join("")}><pre>${escapeXml(stem)}</pre>${interactionOf(content)}</qti-item-body>
${processing}
${feedback}
</qti-assessment-item>
`;
  return { name: `${name}.xml`, text };
}

function valueOf(kind: QuestionContent["kind"], part: string): string {
  if (kind === "TRUE_FALSE_TABLE") return part.replace(":", " ");
  return kind === "NUMERIC" ? part.replace(",", ".") : part;
}

function interactionOf({ kind, options }: QuestionContent): string {
  const choices = (element: string, attributes = ""): string =>
    options
      .map(({ key, text }) => `<${element} identifier="${key}"${attributes}><pre>${escapeXml(text)}</pre></${element}>`)
      .join("");
  switch (kind) {
    case "NUMERIC":
      return `<p><qti-text-entry-interaction response-identifier="RESPONSE"/></p>`;
    case "TRUE_FALSE_TABLE": {
      const truths = ["TRUE", "FALSE"].map(
        (truth) =>
          `<qti-simple-associable-choice identifier="${truth}" match-max="${options.length}">${truth}</qti-simple-associable-choice>`,
      );
      return `<qti-match-interaction response-identifier="RESPONSE" max-associations="${options.length}"><qti-simple-match-set>${choices("qti-simple-associable-choice", ' match-max="1"')}</qti-simple-match-set><qti-simple-match-set>${truths.join("")}</qti-simple-match-set></qti-match-interaction>`;
    }
    default:
      return `<qti-choice-interaction response-identifier="RESPONSE" max-choices="${kind === "SINGLE_CHOICE" ? 1 : 0}">${choices("qti-simple-choice")}</qti-choice-interaction>`;
  }
}
