import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { AuditEntryFilter, ExportAuditLogInput } from "./audit-entry.input.js";
import { exportAuditLog, listAuditEntries } from "./audit-entry.service.js";
import { type AuditEntry, AuditEntryConnection, ExportAuditLogPayload } from "./audit-entry.type.js";

@Resolver()
export class AuditEntryResolver {
  @Authorized()
  @Query(() => AuditEntryConnection, {
    description:
      "Newest first; paged forward. Needs `audit:read`: staff see their organization's, platform admins all entries.",
  })
  auditEntries(
    @Ctx() ctx: OrganizationContext,
    @Arg("filter", () => AuditEntryFilter, { defaultValue: {} }) filter: AuditEntryFilter,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<AuditEntry>> {
    return listAuditEntries(ctx, filter, args);
  }

  @Authorized()
  @Mutation(() => ExportAuditLogPayload, {
    description: "Takes a part of the audit log out, with its hash chain. Needs `audit:read`; is itself written down.",
  })
  exportAuditLog(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ExportAuditLogInput) input: ExportAuditLogInput,
  ): Promise<ExportAuditLogPayload> {
    return exportAuditLog(ctx, input);
  }
}
