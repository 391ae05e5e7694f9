/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends {
    [key: string]: unknown;
}> = {
    [K in keyof T]: T[K];
};
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | {
    [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never;
};
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type OrganizationKind = 'BANK' | 'BUSINESS' | 'INSTITUTION' | 'PARTNER' | 'READING_ROOM_OPERATOR' | 'SCHOOL' | 'TUTORING_CENTER';
/** TRIAL and ACTIVE organizations can work (C-14). */
export type OrganizationStatus = 'ACTIVE' | 'EXPIRED' | 'SUSPENDED' | 'TRIAL';
export type OverviewQueryVariables = Exact<{
    [key: string]: never;
}>;
export type OverviewQuery = {
    platformOverview: {
        organizationCount: number;
        userCount: number;
        studentCount: number;
    };
};
export type AttemptsPerDayQueryVariables = Exact<{
    days: number;
}>;
export type AttemptsPerDayQuery = {
    attemptsPerDay: Array<{
        date: string;
        started: number;
        submitted: number;
    }>;
};
export type OrganizationsQueryVariables = Exact<{
    after?: string | null | undefined;
}>;
export type OrganizationsQuery = {
    organizations: {
        totalCount: number;
        pageInfo: {
            hasNextPage: boolean;
            endCursor: string | null;
        };
        edges: Array<{
            node: ({
                id: string;
            } & {
                ' $fragmentRefs'?: {
                    'OrganizationRowFragment': OrganizationRowFragment;
                };
            });
        }>;
    };
};
export type OrganizationRowFragment = {
    id: string;
    name: string;
    kind: OrganizationKind;
    status: OrganizationStatus;
    memberCount: number;
    studentCount: number;
    createdAt: string;
} & {
    ' $fragmentName'?: 'OrganizationRowFragment';
};
export declare const OrganizationRowFragmentDoc: DocumentNode<OrganizationRowFragment, unknown>;
export declare const OverviewDocument: DocumentNode<OverviewQuery, OverviewQueryVariables>;
export declare const AttemptsPerDayDocument: DocumentNode<AttemptsPerDayQuery, AttemptsPerDayQueryVariables>;
export declare const OrganizationsDocument: DocumentNode<OrganizationsQuery, OrganizationsQueryVariables>;
export {};
