import { PlatformDepartment, PlatformRole } from "@lentera/prisma/organization";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class CreatePlatformAdminInput {
  @Field(() => String)
  email!: string;
  @Field(() => String)
  fullName!: string;
  @Field(() => PlatformRole)
  role!: PlatformRole;
  @Field(() => PlatformDepartment)
  department!: PlatformDepartment;
  @Field(() => String, { description: "The same key again gives the first answer again." })
  idempotencyKey!: string;
}

export const createRules = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")),
  fullName: z.string().trim().min(2, "Enter the full name.").max(200, "A name has at most 200 characters."),
  role: z.enum(PlatformRole),
  department: z.enum(PlatformDepartment),
  idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
});

@InputType({ description: "What is not given stays as it is." })
export class UpdatePlatformAdminInput {
  @Field(() => ID)
  id!: string;
  @Field(() => PlatformRole, { nullable: true })
  role?: PlatformRole | null;
  @Field(() => PlatformDepartment, { nullable: true })
  department?: PlatformDepartment | null;
  @Field(() => Boolean, { nullable: true, description: "False signs the person out everywhere and keeps them out." })
  isActive?: boolean | null;
}
