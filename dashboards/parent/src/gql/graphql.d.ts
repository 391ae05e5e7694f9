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
/** IN_PROGRESS until it is submitted or its time is over, SUBMITTED while it waits for its score, then SCORED. */
export type AttemptStatus = 'IN_PROGRESS' | 'SCORED' | 'SUBMITTED';
export type SendMessageInput = {
    conversationId: string | number;
    /** The caller's own name for this sending: repeating it sends nothing twice. */
    idempotencyKey: string;
    /** 1 to 4000 characters; white space at both ends is cut off. */
    text: string;
};
export type ConversationsQueryVariables = Exact<{
    [key: string]: never;
}>;
export type ConversationsQuery = {
    conversations: {
        edges: Array<{
            node: ({
                id: string;
                participants: Array<{
                    id: string;
                }>;
            } & {
                ' $fragmentRefs'?: {
                    'LatestMessageFragment': LatestMessageFragment;
                };
            });
        }>;
    };
};
export type LatestMessageFragment = {
    id: string;
    lastMessage: {
        id: string;
        text: string;
        sentAt: string;
        author: {
            id: string;
            fullName: string;
        };
    } | null;
} & {
    ' $fragmentName'?: 'LatestMessageFragment';
};
export type SendMessageMutationVariables = Exact<{
    input: SendMessageInput;
}>;
export type SendMessageMutation = {
    sendMessage: {
        message: {
            id: string;
            text: string;
            sentAt: string;
            author: {
                id: string;
                fullName: string;
            };
        };
    };
};
export type MessageAddedSubscriptionVariables = Exact<{
    conversationId: string | number;
}>;
export type MessageAddedSubscription = {
    messageAdded: {
        message: {
            id: string;
            text: string;
            sentAt: string;
            author: {
                id: string;
                fullName: string;
            };
        };
    };
};
export type HomeQueryVariables = Exact<{
    [key: string]: never;
}>;
export type HomeQuery = {
    viewer: {
        id: string;
        children: Array<{
            id: string;
            permissions: {
                viewScores: boolean;
            };
            student: {
                id: string;
                fullName: string;
                attempts: {
                    edges: Array<{
                        node: ({
                            id: string;
                            score: {
                                scaled: number;
                            } | null;
                        } & {
                            ' $fragmentRefs'?: {
                                'LatestScoreFragment': LatestScoreFragment;
                                'TrendFragment': TrendFragment;
                                'WeekFragment': WeekFragment;
                                'NextStepFragment': NextStepFragment;
                            };
                        });
                    }>;
                } | null;
            };
        }>;
    } | null;
};
export type LatestScoreFragment = {
    id: string;
    submittedAt: string | null;
    tryout: {
        id: string;
        title: string;
    };
    score: {
        scaled: number;
        interval: {
            low: number;
            high: number;
        };
    } | null;
} & {
    ' $fragmentName'?: 'LatestScoreFragment';
};
export type NextStepFragment = {
    id: string;
    status: AttemptStatus;
    submittedAt: string | null;
    deadline: string;
    subtestScores: Array<{
        subtest: string;
        scaled: number;
        correct: number;
        total: number;
    }>;
    tryout: {
        id: string;
        title: string;
        subtests: Array<{
            code: string;
            name: string;
        }>;
    };
} & {
    ' $fragmentName'?: 'NextStepFragment';
};
export type TrendFragment = {
    id: string;
    submittedAt: string | null;
    tryout: {
        id: string;
        title: string;
    };
    score: {
        scaled: number;
        interval: {
            low: number;
            high: number;
        };
    } | null;
} & {
    ' $fragmentName'?: 'TrendFragment';
};
export type WeekFragment = {
    id: string;
    submittedAt: string | null;
    score: {
        scaled: number;
        standardError: number;
    } | null;
    subtestScores: Array<{
        subtest: string;
        scaled: number;
    }>;
    tryout: {
        id: string;
        subtests: Array<{
            code: string;
            name: string;
        }>;
    };
} & {
    ' $fragmentName'?: 'WeekFragment';
};
export declare const LatestMessageFragmentDoc: DocumentNode<LatestMessageFragment, unknown>;
export declare const LatestScoreFragmentDoc: DocumentNode<LatestScoreFragment, unknown>;
export declare const NextStepFragmentDoc: DocumentNode<NextStepFragment, unknown>;
export declare const TrendFragmentDoc: DocumentNode<TrendFragment, unknown>;
export declare const WeekFragmentDoc: DocumentNode<WeekFragment, unknown>;
export declare const ConversationsDocument: DocumentNode<ConversationsQuery, ConversationsQueryVariables>;
export declare const SendMessageDocument: DocumentNode<SendMessageMutation, SendMessageMutationVariables>;
export declare const MessageAddedDocument: DocumentNode<MessageAddedSubscription, MessageAddedSubscriptionVariables>;
export declare const HomeDocument: DocumentNode<HomeQuery, HomeQueryVariables>;
export {};
