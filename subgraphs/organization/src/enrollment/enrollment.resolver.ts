import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { classLoader } from "../class/class.loader.js";
import { Class } from "../class/class.type.js";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import {
  AnswerEnrollmentInput,
  EndEnrollmentInput,
  EnrollStudentInput,
  ResumeEnrollmentInput,
  StudentFilter,
  StudentOrder,
  TransferStudentInput,
} from "./enrollment.input.js";
import { organizationNameLoader } from "./enrollment.loader.js";
import { isStudentTold } from "./enrollment.policy.js";
import * as service from "./enrollment.service.js";
import {
  AnswerEnrollmentPayload,
  EndEnrollmentPayload,
  EnrollStudentPayload,
  Enrollment,
  EnrollmentConnection,
  ResumeEnrollmentPayload,
  TransferStudentPayload,
} from "./enrollment.type.js";

@Resolver(() => Enrollment)
export class EnrollmentResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: "Null for the organization until the student has accepted.",
  })
  async student(@Ctx() ctx: OrganizationContext, @Root() enrollment: Enrollment): Promise<User | null> {
    return isStudentTold(ctx.viewer, enrollment) ? userLoader(ctx).load(enrollment.studentId) : null;
  }

  @FieldResolver(() => Class, { nullable: true })
  async class(@Ctx() ctx: OrganizationContext, @Root() { classId, status }: Enrollment): Promise<Class | null> {
    return classId === null || (status === "INVITED" && !ctx.viewer.staff) ? null : classLoader(ctx).load(classId);
  }

  @FieldResolver(() => String, { description: "The name of the organization." })
  organizationName(@Ctx() ctx: OrganizationContext, @Root() enrollment: Enrollment): Promise<string> {
    return organizationNameLoader(ctx).load(enrollment.organizationId);
  }

  @Authorized()
  @Query(() => EnrollmentConnection, {
    description: "The students of the caller's organization, for teachers of their classes. Needs `students:read`.",
  })
  students(
    @Ctx() ctx: OrganizationContext,
    @Arg("filter", () => StudentFilter, { nullable: true }) filter: StudentFilter | null,
    @Arg("orderBy", () => StudentOrder, { defaultValue: "NAME" }) orderBy: StudentOrder,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Enrollment>> {
    return service.listStudents(ctx, filter, orderBy, args);
  }

  @Authorized()
  @Query(() => EnrollmentConnection, { description: "Organizations that want the caller as a student." })
  enrollmentInvitations(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Enrollment>> {
    return service.listEnrollmentInvitations(ctx, args);
  }

  @Authorized()
  @Mutation(() => EnrollStudentPayload, {
    description: "By e-mail: somebody new at once, somebody with an account by invitation. Needs `students:create`.",
  })
  async enrollStudent(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => EnrollStudentInput) input: EnrollStudentInput,
  ): Promise<EnrollStudentPayload> {
    return { enrollment: await service.enrollStudent(ctx, input) };
  }

  @Authorized()
  @Mutation(() => AnswerEnrollmentPayload, { description: "The caller accepts or declines to be a student." })
  async answerEnrollment(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => AnswerEnrollmentInput) { enrollmentId, isAccepted }: AnswerEnrollmentInput,
  ): Promise<AnswerEnrollmentPayload> {
    return { enrollment: await service.answerEnrollment(ctx, enrollmentId, isAccepted) };
  }

  @Authorized()
  @Mutation(() => TransferStudentPayload, { description: "Into another class. Needs `students:update`." })
  async transferStudent(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => TransferStudentInput) input: TransferStudentInput,
  ): Promise<TransferStudentPayload> {
    return { enrollment: await service.transferStudent(ctx, input) };
  }

  @Authorized()
  @Mutation(() => EndEnrollmentPayload, { description: "Frees the seat. Needs `students:update`." })
  async endEnrollment(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => EndEnrollmentInput) input: EndEnrollmentInput,
  ): Promise<EndEnrollmentPayload> {
    return { enrollment: await service.endEnrollment(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ResumeEnrollmentPayload, { description: "INACTIVE becomes ACTIVE. Needs `students:update`." })
  async resumeEnrollment(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ResumeEnrollmentInput) { enrollmentId }: ResumeEnrollmentInput,
  ): Promise<ResumeEnrollmentPayload> {
    return { enrollment: await service.resumeEnrollment(ctx, enrollmentId) };
  }
}
