import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { attemptLoader } from "./sitting.loader.js";
import { Attempt } from "../../attempt/attempt.type.js";
import { type LearningContext } from "../../context.js";
import { User } from "../../stubs.js";
import { listDeadLetters, retryDeadLetter } from "./dead-letter.service.js";
import { listSittings } from "./sitting.service.js";
import { OfflineSittingFilter, RetryDeadLetterInput, SyncOfflineInput } from "./sync.input.js";
import { getReceipt, syncOffline } from "./sync.service.js";
import {
  DeadLetter,
  DeadLetterConnection,
  OfflineReceipt,
  OfflineSitting,
  OfflineSittingConnection,
  RetryDeadLetterPayload,
  SyncOfflinePayload,
} from "./sync.type.js";

@Resolver(() => OfflineSitting)
export class OfflineSyncResolver {
  @Authorized()
  @Mutation(() => SyncOfflinePayload, {
    description: "Delivers what a device did offline, each item for itself. Repeat it until no item is PENDING.",
  })
  syncOffline(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => SyncOfflineInput) input: SyncOfflineInput,
  ): Promise<SyncOfflinePayload> {
    return syncOffline(ctx, input);
  }

  @Authorized()
  @Query(() => OfflineReceipt, { description: "What the server holds of a sitting of the caller." })
  offlineReceipt(@Ctx() ctx: LearningContext, @Arg("sittingId", () => ID) sittingId: string): Promise<OfflineReceipt> {
    return getReceipt(ctx, sittingId);
  }

  @Authorized()
  @Query(() => OfflineSittingConnection, {
    description: "Delivered sittings, the newest first: the caller's own, for those in charge their organization's.",
  })
  offlineSittings(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => OfflineSittingFilter, { nullable: true }) filter: OfflineSittingFilter | null,
  ): Promise<Page<OfflineSitting>> {
    return listSittings(ctx, args, filter ?? {});
  }

  @FieldResolver(() => User)
  student(@Root() sitting: OfflineSitting): User {
    return { id: sitting.studentId };
  }

  @FieldResolver(() => Attempt, { nullable: true, description: "Null until its end has come in, and when rejected." })
  attempt(@Ctx() ctx: LearningContext, @Root() sitting: OfflineSitting): Promise<Attempt> | null {
    return sitting.attemptId === null ? null : attemptLoader(ctx).load(sitting.attemptId);
  }
}

@Resolver(() => DeadLetter)
export class DeadLetterResolver {
  @Authorized()
  @Query(() => DeadLetterConnection, {
    description: "What clients delivered and could not be dealt with, the newest first. Needs `sync:manage`.",
  })
  deadLetters(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<DeadLetter>> {
    return listDeadLetters(ctx, args);
  }

  @Authorized()
  @Mutation(() => RetryDeadLetterPayload, { description: "Tries a dead letter again. Needs `sync:manage`." })
  async retryDeadLetter(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => RetryDeadLetterInput) input: RetryDeadLetterInput,
  ): Promise<RetryDeadLetterPayload> {
    return { deadLetter: await retryDeadLetter(ctx, input) };
  }

  @FieldResolver(() => User)
  student(@Root() deadLetter: DeadLetter): User {
    return { id: deadLetter.userId };
  }
}
