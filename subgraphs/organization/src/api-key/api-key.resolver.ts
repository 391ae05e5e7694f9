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
import { CreateApiKeyInput, RecordApiUsageInput, RerollApiKeyInput, RevokeApiKeyInput } from "./api-key.input.js";
import { deprecatedFieldsLoader } from "./api-key.loader.js";
import {
  authenticateApiKey,
  createApiKey,
  getApiKey,
  listApiKeys,
  listUsage,
  recordApiUsage,
  rerollApiKey,
  revokeApiKey,
} from "./api-key.service.js";
import {
  ApiKey,
  ApiKeyClaims,
  ApiKeyConnection,
  ApiKeyDeprecatedField,
  ApiKeyUsage,
  CreateApiKeyPayload,
  RerollApiKeyPayload,
  RevokeApiKeyPayload,
} from "./api-key.type.js";

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @Authorized()
  @Query(() => ApiKeyConnection, {
    description: "The API keys of the caller's organization, newest first. Needs `api-keys:manage`.",
  })
  apiKeys(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<ApiKey>> {
    return listApiKeys(ctx, args);
  }

  @Authorized()
  @Query(() => ApiKey, { description: "Needs `api-keys:manage`." })
  apiKey(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<ApiKey> {
    return getApiKey(ctx, id);
  }

  @FieldResolver(() => [ApiKeyUsage], {
    description: "Of the last days, latest first; days without requests are left out.",
  })
  usage(
    @Ctx() ctx: OrganizationContext,
    @Root() key: ApiKey,
    @Arg("days", () => Int, { defaultValue: 30, description: "1 to 366." }) days: number,
  ): Promise<ApiKeyUsage[]> {
    return listUsage(ctx, key.id, days);
  }

  @FieldResolver(() => [ApiKeyDeprecatedField], {
    description: "What this key has to stop using before it is removed; latest first, at most 200.",
  })
  deprecatedFields(@Ctx() ctx: OrganizationContext, @Root() key: ApiKey): Promise<ApiKeyDeprecatedField[]> {
    return deprecatedFieldsLoader(ctx).load(key.id);
  }

  @Authorized()
  @Mutation(() => CreateApiKeyPayload, { description: "Needs `api-keys:manage`; the secret is shown once." })
  createApiKey(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CreateApiKeyInput) input: CreateApiKeyInput,
  ): Promise<CreateApiKeyPayload> {
    return createApiKey(ctx, input);
  }

  @Authorized()
  @Mutation(() => RerollApiKeyPayload, {
    description: "Gives a key a new secret; the present one goes on working for the grace. Needs `api-keys:manage`.",
  })
  rerollApiKey(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RerollApiKeyInput) input: RerollApiKeyInput,
  ): Promise<RerollApiKeyPayload> {
    return rerollApiKey(ctx, input);
  }

  @Authorized()
  @Mutation(() => RevokeApiKeyPayload, {
    description: "Ends a key; the gateway knows within 30 seconds. Needs `api-keys:manage`.",
  })
  async revokeApiKey(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RevokeApiKeyInput) input: RevokeApiKeyInput,
  ): Promise<RevokeApiKeyPayload> {
    return { apiKey: await revokeApiKey(ctx, input.id) };
  }

  @Directive("@inaccessible")
  @Query(() => ApiKeyClaims, { nullable: true, description: "For the gateway: who the bearer of a secret is." })
  authenticateApiKey(
    @Ctx() ctx: OrganizationContext,
    @Arg("secret", () => String) secret: string,
  ): Promise<ApiKeyClaims | null> {
    return authenticateApiKey(ctx, secret);
  }

  @Directive("@inaccessible")
  @Mutation(() => Boolean, { description: "For the gateway: adds up what keys did." })
  async recordApiUsage(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RecordApiUsageInput) input: RecordApiUsageInput,
  ): Promise<boolean> {
    await recordApiUsage(ctx, input);
    return true;
  }
}
