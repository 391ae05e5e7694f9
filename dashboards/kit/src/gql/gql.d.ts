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
    "query Viewer {\n  viewer {\n    id\n    fullName\n    email\n    role\n    organization {\n      id\n      name\n    }\n  }\n}": typeof types.ViewerDocument;
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    accessToken\n    refreshToken\n    expiresAt\n    user {\n      id\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    refreshToken\n    expiresAt\n    user {\n      id\n    }\n  }\n}\n\nmutation SignOut($input: SignOutInput!) {\n  signOut(input: $input) {\n    __typename\n  }\n}": typeof types.SignInDocument;
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
export declare function graphql(source: "query Viewer {\n  viewer {\n    id\n    fullName\n    email\n    role\n    organization {\n      id\n      name\n    }\n  }\n}"): (typeof documents)["query Viewer {\n  viewer {\n    id\n    fullName\n    email\n    role\n    organization {\n      id\n      name\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    accessToken\n    refreshToken\n    expiresAt\n    user {\n      id\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    refreshToken\n    expiresAt\n    user {\n      id\n    }\n  }\n}\n\nmutation SignOut($input: SignOutInput!) {\n  signOut(input: $input) {\n    __typename\n  }\n}"): (typeof documents)["mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    accessToken\n    refreshToken\n    expiresAt\n    user {\n      id\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    refreshToken\n    expiresAt\n    user {\n      id\n    }\n  }\n}\n\nmutation SignOut($input: SignOutInput!) {\n  signOut(input: $input) {\n    __typename\n  }\n}"];
export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<infer TType, any> ? TType : never;
export {};
