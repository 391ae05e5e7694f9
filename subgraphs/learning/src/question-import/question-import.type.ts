import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { CognitiveLevel } from "../question/question.type.js";

export enum QuestionFileFormat {
  GIFT = "GIFT",
  QTI = "QTI",
  CSV = "CSV",
}
registerEnumType(QuestionFileFormat, {
  name: "QuestionFileFormat",
  description:
    "GIFT: Moodle's text. QTI: one XML document for each item; 2.x and 3.0 are read, 3.0 is written. CSV: one row for each question.",
});

export enum QuestionImportStatus {
  IMPORTED = "IMPORTED",
  DUPLICATE = "DUPLICATE",
  FAILED = "FAILED",
}
registerEnumType(QuestionImportStatus, {
  name: "QuestionImportStatus",
  description:
    "IMPORTED: a draft of its own now, or would be. DUPLICATE: an import brought the same before. FAILED: see the problem.",
});

@InputType()
export class QuestionDocumentInput {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  text!: string;
}

@InputType({ description: "What holds for every question that does not say it itself." })
export class QuestionImportDefaults {
  @Field(() => ID)
  examTypeId!: string;
  @Field(() => String)
  subtest!: string;
  @Field(() => String)
  topic!: string;
  @Field(() => CognitiveLevel, { defaultValue: CognitiveLevel.UNDERSTAND })
  cognitiveLevel!: CognitiveLevel;
  @Field(() => String, { defaultValue: "id" })
  language!: string;
}

@InputType()
export class ImportQuestionsInput {
  @Field(() => QuestionFileFormat)
  format!: QuestionFileFormat;
  @Field(() => [QuestionDocumentInput], { description: "Up to 2000, with 5,000,000 characters in all." })
  documents!: QuestionDocumentInput[];
  @Field(() => QuestionImportDefaults)
  defaults!: QuestionImportDefaults;
  @Field(() => Boolean, { defaultValue: false, description: "True: everything is checked and nothing is written." })
  isDryRun!: boolean;
  @Field(() => String)
  idempotencyKey!: string;
}

@ObjectType({ description: "What became of one question of an import." })
export class QuestionImportResult {
  @Field(() => String, { description: "Name of the document." })
  document!: string;
  @Field(() => Int, { description: "Where the question stands in it, from 1." })
  line!: number;
  @Field(() => QuestionImportStatus)
  status!: QuestionImportStatus;
  @Field(() => String, { nullable: true, description: "What is wrong, in a sentence." })
  problem!: string | null;
  @Field(() => ID, { nullable: true, description: "Of the new draft." })
  questionId!: string | null;
}

@ObjectType()
export class ImportQuestionsPayload {
  @Field(() => Int)
  importedCount!: number;
  @Field(() => Int)
  duplicateCount!: number;
  @Field(() => Int)
  failedCount!: number;
  @Field(() => [QuestionImportResult], { description: "One for each question found, in order; at most 5000." })
  results!: QuestionImportResult[];
}

@ObjectType()
export class QuestionDocumentFile {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  text!: string;
}

@ObjectType({ description: "One page of questions as files that can be imported again." })
export class QuestionExport {
  @Field(() => [QuestionDocumentFile])
  documents!: QuestionDocumentFile[];
  @Field(() => Int, { description: "Questions in this page." })
  count!: number;
  @Field(() => Boolean)
  hasNextPage!: boolean;
  @Field(() => String, { nullable: true, description: "Pass it as `after`." })
  endCursor!: string | null;
}

const MOST_CHARACTERS = 5_000_000;
const id = z.uuid("This is not an id.");

export const importRules = z.object({
  format: z.enum(QuestionFileFormat),
  documents: z
    .array(
      z.object({ name: z.string().min(1, "Name the document.").max(300, "At most 300 characters."), text: z.string() }),
    )
    .min(1, "Give a document.")
    .max(2000, "At most 2000 documents at once.")
    .refine(
      (documents) => documents.reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARACTERS,
      `At most ${MOST_CHARACTERS} characters at once.`,
    ),
  defaults: z.object({
    examTypeId: id,
    subtest: z.string().min(1, "Name a subtest."),
    topic: z.string().min(1, "Name a topic."),
    cognitiveLevel: z.enum(CognitiveLevel),
    language: z.string().regex(/^[a-z]{2}$/, "A language is two small letters, e.g. id."),
  }),
  isDryRun: z.boolean(),
  idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
});
