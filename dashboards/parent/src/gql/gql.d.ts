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
    "query Conversations {\n  conversations(first: 50) {\n    edges {\n      node {\n        id\n        participants {\n          id\n        }\n        ...LatestMessage\n      }\n    }\n  }\n}\n\nfragment LatestMessage on Conversation {\n  id\n  lastMessage {\n    id\n    text\n    sentAt\n    author {\n      id\n      fullName\n    }\n  }\n}\n\nmutation SendMessage($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    message {\n      id\n      text\n      sentAt\n      author {\n        id\n        fullName\n      }\n    }\n  }\n}\n\nsubscription MessageAdded($conversationId: ID!) {\n  messageAdded(conversationId: $conversationId) {\n    message {\n      id\n      text\n      sentAt\n      author {\n        id\n        fullName\n      }\n    }\n  }\n}": typeof types.ConversationsDocument;
    "query Home {\n  viewer {\n    id\n    children {\n      id\n      permissions {\n        viewScores\n      }\n      student {\n        id\n        fullName\n        attempts(first: 40) {\n          edges {\n            node {\n              id\n              score {\n                scaled\n              }\n              ...LatestScore\n              ...Trend\n              ...Week\n              ...NextStep\n            }\n          }\n        }\n      }\n    }\n  }\n}": typeof types.HomeDocument;
    "fragment LatestScore on Attempt {\n  id\n  submittedAt\n  tryout {\n    id\n    title\n  }\n  score {\n    scaled\n    interval {\n      low\n      high\n    }\n  }\n}": typeof types.LatestScoreFragmentDoc;
    "fragment NextStep on Attempt {\n  id\n  status\n  submittedAt\n  deadline\n  subtestScores {\n    subtest\n    scaled\n    correct\n    total\n  }\n  tryout {\n    id\n    title\n    subtests {\n      code\n      name\n    }\n  }\n}": typeof types.NextStepFragmentDoc;
    "fragment Trend on Attempt {\n  id\n  submittedAt\n  tryout {\n    id\n    title\n  }\n  score {\n    scaled\n    interval {\n      low\n      high\n    }\n  }\n}": typeof types.TrendFragmentDoc;
    "fragment Week on Attempt {\n  id\n  submittedAt\n  score {\n    scaled\n    standardError\n  }\n  subtestScores {\n    subtest\n    scaled\n  }\n  tryout {\n    id\n    subtests {\n      code\n      name\n    }\n  }\n}": typeof types.WeekFragmentDoc;
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
export declare function graphql(source: "query Conversations {\n  conversations(first: 50) {\n    edges {\n      node {\n        id\n        participants {\n          id\n        }\n        ...LatestMessage\n      }\n    }\n  }\n}\n\nfragment LatestMessage on Conversation {\n  id\n  lastMessage {\n    id\n    text\n    sentAt\n    author {\n      id\n      fullName\n    }\n  }\n}\n\nmutation SendMessage($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    message {\n      id\n      text\n      sentAt\n      author {\n        id\n        fullName\n      }\n    }\n  }\n}\n\nsubscription MessageAdded($conversationId: ID!) {\n  messageAdded(conversationId: $conversationId) {\n    message {\n      id\n      text\n      sentAt\n      author {\n        id\n        fullName\n      }\n    }\n  }\n}"): (typeof documents)["query Conversations {\n  conversations(first: 50) {\n    edges {\n      node {\n        id\n        participants {\n          id\n        }\n        ...LatestMessage\n      }\n    }\n  }\n}\n\nfragment LatestMessage on Conversation {\n  id\n  lastMessage {\n    id\n    text\n    sentAt\n    author {\n      id\n      fullName\n    }\n  }\n}\n\nmutation SendMessage($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    message {\n      id\n      text\n      sentAt\n      author {\n        id\n        fullName\n      }\n    }\n  }\n}\n\nsubscription MessageAdded($conversationId: ID!) {\n  messageAdded(conversationId: $conversationId) {\n    message {\n      id\n      text\n      sentAt\n      author {\n        id\n        fullName\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "query Home {\n  viewer {\n    id\n    children {\n      id\n      permissions {\n        viewScores\n      }\n      student {\n        id\n        fullName\n        attempts(first: 40) {\n          edges {\n            node {\n              id\n              score {\n                scaled\n              }\n              ...LatestScore\n              ...Trend\n              ...Week\n              ...NextStep\n            }\n          }\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query Home {\n  viewer {\n    id\n    children {\n      id\n      permissions {\n        viewScores\n      }\n      student {\n        id\n        fullName\n        attempts(first: 40) {\n          edges {\n            node {\n              id\n              score {\n                scaled\n              }\n              ...LatestScore\n              ...Trend\n              ...Week\n              ...NextStep\n            }\n          }\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "fragment LatestScore on Attempt {\n  id\n  submittedAt\n  tryout {\n    id\n    title\n  }\n  score {\n    scaled\n    interval {\n      low\n      high\n    }\n  }\n}"): (typeof documents)["fragment LatestScore on Attempt {\n  id\n  submittedAt\n  tryout {\n    id\n    title\n  }\n  score {\n    scaled\n    interval {\n      low\n      high\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "fragment NextStep on Attempt {\n  id\n  status\n  submittedAt\n  deadline\n  subtestScores {\n    subtest\n    scaled\n    correct\n    total\n  }\n  tryout {\n    id\n    title\n    subtests {\n      code\n      name\n    }\n  }\n}"): (typeof documents)["fragment NextStep on Attempt {\n  id\n  status\n  submittedAt\n  deadline\n  subtestScores {\n    subtest\n    scaled\n    correct\n    total\n  }\n  tryout {\n    id\n    title\n    subtests {\n      code\n      name\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "fragment Trend on Attempt {\n  id\n  submittedAt\n  tryout {\n    id\n    title\n  }\n  score {\n    scaled\n    interval {\n      low\n      high\n    }\n  }\n}"): (typeof documents)["fragment Trend on Attempt {\n  id\n  submittedAt\n  tryout {\n    id\n    title\n  }\n  score {\n    scaled\n    interval {\n      low\n      high\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export declare function graphql(source: "fragment Week on Attempt {\n  id\n  submittedAt\n  score {\n    scaled\n    standardError\n  }\n  subtestScores {\n    subtest\n    scaled\n  }\n  tryout {\n    id\n    subtests {\n      code\n      name\n    }\n  }\n}"): (typeof documents)["fragment Week on Attempt {\n  id\n  submittedAt\n  score {\n    scaled\n    standardError\n  }\n  subtestScores {\n    subtest\n    scaled\n  }\n  tryout {\n    id\n    subtests {\n      code\n      name\n    }\n  }\n}"];
export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<infer TType, any> ? TType : never;
export {};
