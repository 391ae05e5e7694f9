import { type Subgraph, type SubgraphConfiguration, createEncryption, createSubgraphFrom } from "@lentera/kit";
import { PrismaClient } from "@lentera/prisma/organization";
import { AccountResolver } from "./account/account.resolver.js";
import { AddressResolver } from "./address/address.resolver.js";
import { classLoader } from "./class/class.loader.js";
import { ClassResolver } from "./class/class.resolver.js";
import { OrganizationContext, type Transaction } from "./context.js";
import { createFileLinks } from "./file/file-link.js";
import { serveFile } from "./file/file.route.js";
import { fileJobs } from "./file/file.job.js";
import { FileResolver } from "./file/file.resolver.js";
import { ApiKeyResolver } from "./api-key/api-key.resolver.js";
import { ExternalIdentityResolver } from "./external-identity/external-identity.resolver.js";
import { createExternalProviders } from "./external-identity/external-provider.js";
import { AccessRecorder } from "./guardian-access/access-recorder.js";
import { GuardianAccessResolver } from "./guardian-access/guardian-access.resolver.js";
import { guardianLinkJobs } from "./guardian-link/guardian-link.job.js";
import { FamilyResolver, GuardianLinkResolver } from "./guardian-link/guardian-link.resolver.js";
import { EmailChangeResolver } from "./email-change/email-change.resolver.js";
import { EndedAccessResolver } from "./ended-access/ended-access.resolver.js";
import { EnrollmentResolver } from "./enrollment/enrollment.resolver.js";
import { InvitationResolver, MembershipResolver } from "./membership/membership.resolver.js";
import { OnboardingResolver } from "./onboarding/onboarding.resolver.js";
import { RolloverMoveResolver, RolloverResolver } from "./rollover/rollover.resolver.js";
import { organizationLoader } from "./organization/organization.loader.js";
import { OrganizationResolver } from "./organization/organization.resolver.js";
import { readExternalProviders, readMailEnvironment, readWebhookEnvironment } from "./env.js";
import { mailJobs } from "./mail/mail.job.js";
import { createMailer } from "./mail/mailer.js";
import { PasskeyResolver } from "./passkey/passkey.resolver.js";
import { PasswordResolver } from "./password/password.resolver.js";
import { SessionResolver } from "./session/session.resolver.js";
import { jsonWebKeySet } from "./session/signing-key.js";
import { TotpResolver } from "./totp/totp.resolver.js";
import { reportJobs } from "./report-job/report-job.job.js";
import { ReportJobResolver } from "./report-job/report-job.resolver.js";
import { reportScheduleJobs } from "./report-schedule/report-schedule.job.js";
import { ReportScheduleResolver } from "./report-schedule/report-schedule.resolver.js";
import { retentionJobs } from "./retention/retention.job.js";
import { studentImportJobs } from "./student-import/student-import.job.js";
import { StudentImportResolver } from "./student-import/student-import.resolver.js";
import { AuditEntryResolver } from "./audit-entry/audit-entry.resolver.js";
import { FeatureFlagResolver } from "./feature-flag/feature-flag.resolver.js";
import { ImpersonatedResolver, ImpersonationResolver } from "./impersonation/impersonation.resolver.js";
import { PlatformAdminResolver } from "./platform-admin/platform-admin.resolver.js";
import { platformStatisticJobs } from "./platform-statistic/platform-statistic.job.js";
import { PlatformStatisticResolver } from "./platform-statistic/platform-statistic.resolver.js";
import { collectPart } from "./privacy/data-export.service.js";
import { privacyJobs } from "./privacy/privacy.job.js";
import { DataExportResolver, PrivacyResolver } from "./privacy/privacy.resolver.js";
import { SettingResolver } from "./setting/setting.resolver.js";
import { userLoader } from "./user/user.loader.js";
import { UserResolver } from "./user/user.resolver.js";
import { createWebhookSender } from "./webhook/webhook-sender.js";
import { webhookConsumers } from "./webhook/webhook.event.js";
import { webhookJobs } from "./webhook/webhook.job.js";
import { WebhookResolver } from "./webhook/webhook.resolver.js";

/** Identity, tenants, schools, classes, families. */
export async function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  const encryption = createEncryption(configuration.encryptionKeys);
  const mailEnvironment = readMailEnvironment(configuration.environment);
  const mailer = createMailer(mailEnvironment, configuration.logger);
  const fileLinks = createFileLinks(configuration.encryptionKeys);
  const webhookSender = createWebhookSender(readWebhookEnvironment(configuration.environment));
  const externalProviders = createExternalProviders(readExternalProviders(configuration.environment));
  const guardianAccesses = new AccessRecorder((error, lost) =>
    configuration.logger.error({ err: error, lost }, "reads of guardians could not be written down"),
  );
  const subgraph = await createSubgraphFrom<Transaction, PrismaClient, OrganizationContext>(
    {
      name: "organization",
      resolvers: [
        AuditEntryResolver,
        PlatformAdminResolver,
        ImpersonationResolver,
        ImpersonatedResolver,
        SettingResolver,
        FeatureFlagResolver,
        PlatformStatisticResolver,
        DataExportResolver,
        PrivacyResolver,
        OnboardingResolver,
        MembershipResolver,
        InvitationResolver,
        EndedAccessResolver,
        EnrollmentResolver,
        RolloverResolver,
        RolloverMoveResolver,
        AccountResolver,
        EmailChangeResolver,
        PasswordResolver,
        AddressResolver,
        PasskeyResolver,
        ExternalIdentityResolver,
        TotpResolver,
        FileResolver,
        StudentImportResolver,
        ReportJobResolver,
        ReportScheduleResolver,
        SessionResolver,
        UserResolver,
        OrganizationResolver,
        ClassResolver,
        GuardianLinkResolver,
        FamilyResolver,
        GuardianAccessResolver,
        ApiKeyResolver,
        WebhookResolver,
      ],
      references: {
        User: ({ id }, ctx) => userLoader(ctx).load(id),
        Organization: ({ id }, ctx) => organizationLoader(ctx).load(id),
        Class: ({ id }, ctx) => classLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => {
        const ctx = new OrganizationContext(db, identity, pubSub, clock);
        ctx.encryption = encryption;
        ctx.mailer = mailer;
        ctx.publicUrl = mailEnvironment.publicUrl;
        ctx.guardianAccesses = guardianAccesses;
        ctx.webhookSender = webhookSender;
        ctx.fileLinks = fileLinks;
        ctx.externalProviders = externalProviders;
        return ctx;
      },
      jobs: (systemContext) => [
        ...platformStatisticJobs(systemContext),
        ...privacyJobs(systemContext),
        ...mailJobs(systemContext),
        ...guardianLinkJobs(systemContext),
        ...webhookJobs(systemContext),
        ...fileJobs(systemContext),
        ...studentImportJobs(systemContext),
        ...reportJobs(systemContext),
        ...reportScheduleJobs(systemContext),
        ...retentionJobs(systemContext),
      ],
      consumers: [collectPart, ...webhookConsumers],
      routes: (systemContext) => ({ "/files/:id": (request) => serveFile(systemContext(), request) }),
      documents: (systemContext) => ({ "/.well-known/jwks.json": () => jsonWebKeySet(systemContext()) }),
    },
    configuration,
  );
  return {
    ...subgraph,
    stop: async () => {
      await guardianAccesses.close();
      await subgraph.stop();
      await webhookSender.close();
    },
  };
}
