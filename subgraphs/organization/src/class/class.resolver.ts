import { ConnectionArguments, type Page } from "@lentera/kit";
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { AssignTeachersInput, CreateClassInput, UpdateClassInput } from "./class.input.js";
import { studentCountLoader, studentIdsLoader } from "./class.loader.js";
import * as service from "./class.service.js";
import {
  AssignTeachersPayload,
  Class,
  ClassConnection,
  CreateClassPayload,
  UpdateClassPayload,
  UserConnection,
} from "./class.type.js";

@Resolver(() => Class)
export class ClassResolver {
  @Authorized()
  @Query(() => ClassConnection, { description: "The classes that the caller may see, by name." })
  classes(
    @Ctx() ctx: OrganizationContext,
    @Arg("isActive", () => Boolean, {
      nullable: true,
      description: "True: only those that go on; false: only those that are over.",
    })
    isActive: boolean | null,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Class>> {
    return service.listClasses(ctx, isActive, args);
  }

  @Authorized()
  @Query(() => Class)
  class(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<Class> {
    return service.getClass(ctx, id);
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
    return service.listStudents(ctx, root.id, args);
  }

  @FieldResolver(() => [User], { description: "Who teaches it, by name; at most 50." })
  teachers(@Ctx() ctx: OrganizationContext, @Root() root: Class): Promise<User[]> {
    return service.listTeachers(ctx, root.id);
  }

  @Authorized()
  @Mutation(() => CreateClassPayload, { description: "Needs `classes:manage`." })
  async createClass(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CreateClassInput) input: CreateClassInput,
  ): Promise<CreateClassPayload> {
    return { class: await service.createClass(ctx, input) };
  }

  @Authorized()
  @Mutation(() => UpdateClassPayload, { description: "Needs `classes:manage`." })
  async updateClass(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateClassInput) input: UpdateClassInput,
  ): Promise<UpdateClassPayload> {
    return { class: await service.updateClass(ctx, input) };
  }

  @Authorized()
  @Mutation(() => AssignTeachersPayload, {
    description: "Teachers see the classes that they teach, and no others. Needs `classes:manage`.",
  })
  async assignTeachers(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => AssignTeachersInput) input: AssignTeachersInput,
  ): Promise<AssignTeachersPayload> {
    return { class: await service.assignTeachers(ctx, input) };
  }
}
