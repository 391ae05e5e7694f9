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
export type ClassStatsFragment = {
    averageScaled: number | null;
    completionRate: number;
    attemptedCount: number;
    studentCount: number;
} & {
    ' $fragmentName'?: 'ClassStatsFragment';
};
export type DistributionFragment = {
    averageScaled: number | null;
    attemptedCount: number;
    distribution: Array<{
        from: number;
        to: number;
        count: number;
    }>;
} & {
    ' $fragmentName'?: 'DistributionFragment';
};
export type ClassesQueryVariables = Exact<{
    [key: string]: never;
}>;
export type ClassesQuery = {
    classes: {
        edges: Array<{
            node: {
                id: string;
                name: string;
                academicYear: string;
            };
        }>;
    };
};
export type ClassOverviewQueryVariables = Exact<{
    id: string | number;
}>;
export type ClassOverviewQuery = {
    class: {
        id: string;
        name: string;
        capacity: number;
        studentCount: number;
        performance: {
            ' $fragmentRefs'?: {
                'ClassStatsFragment': ClassStatsFragment;
                'DistributionFragment': DistributionFragment;
            };
        } | null;
    };
};
export declare const ClassStatsFragmentDoc: DocumentNode<ClassStatsFragment, unknown>;
export declare const DistributionFragmentDoc: DocumentNode<DistributionFragment, unknown>;
export declare const ClassesDocument: DocumentNode<ClassesQuery, ClassesQueryVariables>;
export declare const ClassOverviewDocument: DocumentNode<ClassOverviewQuery, ClassOverviewQueryVariables>;
export {};
