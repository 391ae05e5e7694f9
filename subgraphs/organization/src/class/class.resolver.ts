import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import type { User } from "../user/user.type.js";
import { studentCountLoader, studentIdsLoader } from "./class.loader.js";
import { getClass, listClasses, listStudents } from "./class.service.js";
import { Class, ClassConnection, UserConnection } from "./class.type.js";

@Resolver(() => Class)
export class ClassResolver {
  @Authorized()
  @Query(() => ClassConnection, { description: "The classes that the caller may see, by name." })
  classes(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Class>> {
    return listClasses(ctx, args);
  }

  @Authorized()
  @Query(() => Class)
  class(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<Class> {
    return getClass(ctx, id);
  }

  @FieldResolver(() => Int, { description: "Active enrollments." })
  studentCount(@Ctx() ctx: OrganizationContext, @Root() root: Class): Promise<number> {
    return studentCountLoader(ctx).load(root.id);
  }

  @Directive("@inaccessible")
  @FieldResolver(() => [ID], { description: "For other subgraphs: whose results make up those of the class." })
  studentIds(@Ctx() ctx: OrganizationContext, @Root() root: Class): Promise<string[]> {
    return studentIdsLoader(ctx).load(root.id);
  }

  @FieldResolver(() => UserConnection, { description: "Active students by name; for staff." })
  students(
    @Ctx() ctx: OrganizationContext,
    @Root() root: Class,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<User>> {
    return listStudents(ctx, root.id, args);
  }
}
