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
    "fragment ClassStats on ClassPerformance {\n  averageScaled\n  completionRate\n  attemptedCount\n  studentCount\n}": typeof types.ClassStatsFragmentDoc;
    "fragment Distribution on ClassPerformance {\n  averageScaled\n  attemptedCount\n  distribution {\n    from\n    to\n    count\n  }\n}": typeof types.DistributionFragmentDoc;
    "query Classes {\n  classes(first: 100) {\n    edges {\n      node {\n        id\n        name\n        academicYear\n      }\n    }\n  }\n}\n\nquery ClassOverview($id: ID!) {\n  class(id: $id) {\n    id\n    name\n    capacity\n    studentCount\n    performance {\n      ...ClassStats\n      ...Distribution\n    }\n  }\n}": typeof types.ClassesDocument;
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
export declare function graphql(source: "fragment ClassStats on ClassPerformance {\n  averageScaled\n  completionRate\n  attemptedCount\n  studentCount\n}"): (typeof documents)["fragment ClassStats on ClassPerformance {\n  averageScaled\n  completionRate\n  attemptedCount\n  studentCount\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "fragment Distribution on ClassPerformance {\n  averageScaled\n  attemptedCount\n  distribution {\n    from\n    to\n    count\n  }\n}"): (typeof documents)["fragment Distribution on ClassPerformance {\n  averageScaled\n  attemptedCount\n  distribution {\n    from\n    to\n    count\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "query Classes {\n  classes(first: 100) {\n    edges {\n      node {\n        id\n        name\n        academicYear\n      }\n    }\n  }\n}\n\nquery ClassOverview($id: ID!) {\n  class(id: $id) {\n    id\n    name\n    capacity\n    studentCount\n    performance {\n      ...ClassStats\n      ...Distribution\n    }\n  }\n}"): (typeof documents)["query Classes {\n  classes(first: 100) {\n    edges {\n      node {\n        id\n        name\n        academicYear\n      }\n    }\n  }\n}\n\nquery ClassOverview($id: ID!) {\n  class(id: $id) {\n    id\n    name\n    capacity\n    studentCount\n    performance {\n      ...ClassStats\n      ...Distribution\n    }\n  }\n}"];
export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<infer TType, any> ? TType : never;
export {};
