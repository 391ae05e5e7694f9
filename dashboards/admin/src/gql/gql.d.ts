import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Overview {\n  platformOverview {\n    organizationCount\n    userCount\n    studentCount\n  }\n}\n\nquery AttemptsPerDay($days: Int!) {\n  attemptsPerDay(days: $days) {\n    date\n    started\n    submitted\n  }\n}\n\nquery Organizations($after: String) {\n  organizations(first: 10, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      node {\n        id\n        ...OrganizationRow\n      }\n    }\n  }\n}": typeof types.OverviewDocument;
    "fragment OrganizationRow on Organization {\n  id\n  name\n  kind\n  status\n  memberCount\n  studentCount\n  createdAt\n}": typeof types.OrganizationRowFragmentDoc;
};
declare const documents: Documents;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export declare function graphql(source: string): unknown;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "query Overview {\n  platformOverview {\n    organizationCount\n    userCount\n    studentCount\n  }\n}\n\nquery AttemptsPerDay($days: Int!) {\n  attemptsPerDay(days: $days) {\n    date\n    started\n    submitted\n  }\n}\n\nquery Organizations($after: String) {\n  organizations(first: 10, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      node {\n        id\n        ...OrganizationRow\n      }\n    }\n  }\n}"): (typeof documents)["query Overview {\n  platformOverview {\n    organizationCount\n    userCount\n    studentCount\n  }\n}\n\nquery AttemptsPerDay($days: Int!) {\n  attemptsPerDay(days: $days) {\n    date\n    started\n    submitted\n  }\n}\n\nquery Organizations($after: String) {\n  organizations(first: 10, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      node {\n        id\n        ...OrganizationRow\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "fragment OrganizationRow on Organization {\n  id\n  name\n  kind\n  status\n  memberCount\n  studentCount\n  createdAt\n}"): (typeof documents)["fragment OrganizationRow on Organization {\n  id\n  name\n  kind\n  status\n  memberCount\n  studentCount\n  createdAt\n}"];
export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<infer TType, any> ? TType : never;
export {};
