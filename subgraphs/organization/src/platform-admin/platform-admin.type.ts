import { DateTime, connectionOf } from "@lentera/kit";
import { PlatformDepartment, PlatformRole } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(PlatformRole, {
  name: "PlatformRole",
  description: "SUPER_ADMIN may do everything, ADMIN run the platform, SUPPORT look at records, ANALYST at numbers.",
});
registerEnumType(PlatformDepartment, { name: "PlatformDepartment" });

@ObjectType({ description: "Somebody who works for the platform itself." })
export class PlatformAdmin {
  @Field(() => ID, { description: "The id of the user." })
  id!: string;
  @Field(() => PlatformRole)
  role!: PlatformRole;
  @Field(() => PlatformDepartment)
  department!: PlatformDepartment;
  @Field(() => Boolean, { description: "False: cannot sign in." })
  isActive!: boolean;
  @Field(() => DateTime)
  createdAt!: Date;
}

export const PlatformAdminConnection = connectionOf(PlatformAdmin);

@ObjectType({ description: "The last time somebody signed in." })
export class LastSignIn {
  @Field(() => DateTime)
  at!: Date;
  @Field(() => String, { nullable: true })
  ip!: string | null;
}

@ObjectType()
export class CreatePlatformAdminPayload {
  @Field(() => PlatformAdmin)
  platformAdmin!: PlatformAdmin;
}

@ObjectType()
export class UpdatePlatformAdminPayload {
  @Field(() => PlatformAdmin)
  platformAdmin!: PlatformAdmin;
}
