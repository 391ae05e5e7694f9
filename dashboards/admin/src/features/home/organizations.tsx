import {
  Badge,
  type BadgeTone,
  Button,
  buttonStyle,
  Card,
  type Column,
  DataTime,
  Definition,
  EmptyState,
  formatDate,
  formatNumber,
  Skeleton,
  Table,
  useView,
  ViewState,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { Link, useCanGoBack, useRouter, useRouterState } from "@tanstack/react-router";
import { Building2, ChevronLeft, ChevronRight } from "lucide-react";
import { unmask } from "../../gql/fragment-masking.js";
import {
  OrganizationRowFragmentDoc,
  OrganizationsDocument,
  type OrganizationKind,
  type OrganizationRowFragment,
  type OrganizationsQuery,
  type OrganizationStatus,
} from "../../gql/graphql.js";

const KINDS: Record<OrganizationKind, () => string> = {
  SCHOOL: m.kind_school,
  TUTORING_CENTER: m.kind_tutoring_center,
  INSTITUTION: m.kind_institution,
  READING_ROOM_OPERATOR: m.kind_reading_room_operator,
  BUSINESS: m.kind_business,
  PARTNER: m.kind_partner,
  BANK: m.kind_bank,
};

const STATUSES: Record<OrganizationStatus, { text: () => string; tone: BadgeTone }> = {
  TRIAL: { text: m.status_trial, tone: "info" },
  ACTIVE: { text: m.status_active, tone: "success" },
  SUSPENDED: { text: m.status_suspended, tone: "danger" },
  EXPIRED: { text: m.status_expired, tone: "neutral" },
};

function columns(): Column<OrganizationRowFragment>[] {
  return [
    {
      key: "name",
      title: m.organization_name(),
      cell: ({ name, kind }) => (
        <>
          {name}
          <span className="block text-xs font-normal text-muted sm:hidden">{KINDS[kind]()}</span>
        </>
      ),
    },
    { key: "kind", title: m.organization_kind(), wideOnly: true, cell: ({ kind }) => KINDS[kind]() },
    {
      key: "status",
      title: m.organization_status(),
      cell: ({ status }) => <Badge tone={STATUSES[status].tone}>{STATUSES[status].text()}</Badge>,
    },
    {
      key: "members",
      title: m.organization_members(),
      numeric: true,
      wideOnly: true,
      cell: ({ memberCount }) => formatNumber(memberCount),
    },
    {
      key: "students",
      title: m.organization_students(),
      numeric: true,
      cell: ({ studentCount }) => formatNumber(studentCount),
    },
    {
      key: "created",
      title: m.organization_created(),
      numeric: true,
      wideOnly: true,
      cell: ({ createdAt }) => formatDate(new Date(createdAt)),
    },
  ];
}

/** Pages by cursor: forward is a link, back is where the reader came from. */
function Pages({ page, after }: { page: OrganizationsQuery["organizations"]["pageInfo"]; after: string | undefined }) {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const cameByNext = useRouterState({ select: ({ location }) => location.state.cameByNext === true });
  const link = buttonStyle({ look: "secondary" });
  if (!after && !page.hasNextPage) return null;
  return (
    <nav aria-label={m.pages()} className="mt-4 flex flex-wrap justify-end gap-3">
      {after && canGoBack && cameByNext && (
        <Button look="secondary" onClick={() => router.history.back()}>
          <ChevronLeft aria-hidden className="size-4" />
          {m.page_previous()}
        </Button>
      )}
      {after && !cameByNext && (
        <Link to="/" search={(previous) => ({ ...previous, after: undefined })} resetScroll={false} className={link}>
          {m.page_first()}
        </Link>
      )}
      {page.hasNextPage && page.endCursor && (
        <Link
          to="/"
          search={(previous) => ({ ...previous, after: page.endCursor ?? undefined })}
          state={{ cameByNext: true }}
          resetScroll={false}
          className={link}
        >
          {m.page_next()}
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
    </nav>
  );
}

function OrganizationsPage({ page, after }: { page: OrganizationsQuery["organizations"]; after: string | undefined }) {
  const rows = page.edges.map(({ node }) => unmask(OrganizationRowFragmentDoc, node));
  return (
    <>
      {rows.length > 0 ? (
        <Table caption={m.organizations()} columns={columns()} rows={rows} rowKey={({ id }) => id} />
      ) : (
        <EmptyState
          icon={<Building2 aria-hidden />}
          title={after ? m.organizations_page_empty_title() : m.organizations_empty_title()}
        >
          {!after && m.organizations_empty_text()}
        </EmptyState>
      )}
      <Pages page={page.pageInfo} after={after} />
    </>
  );
}

/** All organizations, ten at a time. */
export function Organizations({ after }: { after: string | undefined }) {
  const view = useView(OrganizationsDocument, { after });
  const title = (
    <span className="flex items-center gap-3">
      {m.organizations()}
      <Definition of={m.organizations()}>{m.organizations_definition()}</Definition>
    </span>
  );
  const count = view.data && m.organizations_count({ count: view.data.organizations.totalCount });
  return (
    <Card
      title={title}
      aside={
        <span className="flex flex-wrap items-center gap-x-4 text-xs text-muted">
          <span className="min-w-20">{count}</span>
          <DataTime time={view.dataTime} />
        </span>
      }
    >
      <ViewState view={view} skeleton={<Skeleton className="h-130" />}>
        {({ organizations }) => <OrganizationsPage page={organizations} after={after} />}
      </ViewState>
    </Card>
  );
}
