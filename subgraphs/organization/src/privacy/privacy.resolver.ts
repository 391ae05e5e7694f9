import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { FileLink } from "../file/file.type.js";
import { User } from "../user/user.type.js";
import { findDownload, listDataExports, requestDataExport } from "./data-export.service.js";
import { cancelErasure, findErasure, requestErasure } from "./erasure.service.js";
import { CancelErasureInput, RequestDataExportInput, RequestErasureInput } from "./privacy.input.js";
import {
  CancelErasurePayload,
  DataExport,
  DataExportConnection,
  Erasure,
  RequestDataExportPayload,
  RequestErasurePayload,
} from "./privacy.type.js";

@Resolver(() => DataExport)
export class DataExportResolver {
  @Authorized()
  @Mutation(() => RequestDataExportPayload, {
    description: "Asks for an archive of everything that is stored about the caller. Ready within 24 hours.",
  })
  async requestDataExport(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestDataExportInput) input: RequestDataExportInput,
  ): Promise<RequestDataExportPayload> {
    return { dataExport: await requestDataExport(ctx, input) };
  }

  @FieldResolver(() => FileLink, {
    nullable: true,
    description: "Where to fetch the ZIP; null while it is not ready and when it has expired.",
  })
  download(@Ctx() ctx: OrganizationContext, @Root() dataExport: DataExport): FileLink | null {
    return findDownload(ctx, dataExport);
  }
}

@Resolver(() => User)
export class PrivacyResolver {
  @Authorized()
  @Mutation(() => RequestErasurePayload, {
    description:
      "Asks to be forgotten in 7 days. Payments and the audit log stay as long as the law wants, without name or address.",
  })
  async requestErasure(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestErasureInput) input: RequestErasureInput,
  ): Promise<RequestErasurePayload> {
    return { erasure: await requestErasure(ctx, input) };
  }

  @Authorized()
  @Mutation(() => CancelErasurePayload)
  async cancelErasure(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CancelErasureInput) input: CancelErasureInput,
  ): Promise<CancelErasurePayload> {
    return { erasure: await cancelErasure(ctx, input.id) };
  }

  @FieldResolver(() => DataExportConnection, {
    description: "The caller's archives, newest first; empty for everybody else.",
  })
  dataExports(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<DataExport>> {
    return listDataExports(ctx, user.id, args);
  }

  @FieldResolver(() => Erasure, {
    nullable: true,
    description: "The caller's open wish to be forgotten; null for everybody else.",
  })
  erasure(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<Erasure | null> {
    return findErasure(ctx, user.id);
  }
}
