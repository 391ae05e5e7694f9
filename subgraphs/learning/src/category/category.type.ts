import { connectionOf } from "@lentera/kit";
import { CategoryKind } from "@lentera/prisma/learning";
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { z } from "zod";

registerEnumType(CategoryKind, {
  name: "QuestionCategoryKind",
  description: "What a category stands for, from wide to narrow.",
});

@ObjectType({ description: "A node of the tree by which the question bank is ordered." })
export class QuestionCategory {
  @Field(() => ID)
  id!: string;
  @Field(() => ID, { nullable: true, description: "Null for a root." })
  parentId!: string | null;
  @Field(() => ID, { nullable: true, description: "Null when it serves every examination." })
  examTypeId!: string | null;
  @Field(() => CategoryKind)
  kind!: CategoryKind;
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: "Names from the root, e.g. `Matematika/Aljabar/Persamaan Linear`." })
  path!: string;
  @Field(() => Int, { description: "1 for a root." })
  level!: number;
  @Field(() => String, { nullable: true, description: "`#RRGGBB`." })
  color!: string | null;
  @Field(() => ID, { nullable: true, description: "The file of its icon." })
  iconId!: string | null;
  @Field(() => Int, { description: "Among its siblings." })
  sortOrder!: number;
  @Field(() => Boolean, { description: "False when nothing new should be put there." })
  isActive!: boolean;

  organizationId!: string | null;
}

export const QuestionCategoryConnection = connectionOf(QuestionCategory);

@InputType()
export class QuestionCategoryFilter {
  @Field(() => ID, { nullable: true, description: "Only what stands anywhere below this category." })
  below?: string | null;
  @Field(() => ID, { nullable: true })
  examTypeId?: string | null;
  @Field(() => Boolean, { nullable: true })
  isActive?: boolean | null;
}

@InputType()
export class CreateQuestionCategoryInput {
  @Field(() => ID, { nullable: true, description: "Without one it is a root." })
  parentId?: string | null;
  @Field(() => ID, { nullable: true })
  examTypeId?: string | null;
  @Field(() => CategoryKind)
  kind!: CategoryKind;
  @Field(() => String, { description: "Up to 100 characters, without `/`." })
  name!: string;
  @Field(() => String, { nullable: true, description: "`#RRGGBB`." })
  color?: string | null;
  @Field(() => ID, { nullable: true })
  iconId?: string | null;
  @Field(() => Int, { defaultValue: 0 })
  sortOrder!: number;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType({ description: "What is not given stays as it is." })
export class UpdateQuestionCategoryInput {
  @Field(() => ID)
  categoryId!: string;
  @Field(() => ID, { nullable: true, description: "Moves it with all that is below it; null makes it a root." })
  parentId?: string | null;
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => String, { nullable: true })
  color?: string | null;
  @Field(() => Int, { nullable: true })
  sortOrder?: number | null;
  @Field(() => Boolean, { nullable: true })
  isActive?: boolean | null;
}

@ObjectType()
export class CreateQuestionCategoryPayload {
  @Field(() => QuestionCategory)
  category!: QuestionCategory;
}
@ObjectType()
export class UpdateQuestionCategoryPayload extends CreateQuestionCategoryPayload {}

const id = z.uuid("This is not an id.");
const name = z
  .string()
  .trim()
  .min(1, "Name the category.")
  .max(100, "A name has at most 100 characters.")
  .regex(/^[^/]*$/, "A name has no slash.");
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, "A colour looks like #1A2B3C.");

export const createQuestionCategoryRules = z.object({
  parentId: id.nullish(),
  examTypeId: id.nullish(),
  kind: z.enum(CategoryKind),
  name,
  color: color.nullish(),
  iconId: id.nullish(),
  sortOrder: z.int(),
  idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
});
export const updateQuestionCategoryRules = z.object({
  categoryId: id,
  parentId: id.nullish(),
  name: name.nullish(),
  color: color.nullish(),
  sortOrder: z.int().nullish(),
  isActive: z.boolean().nullish(),
});
