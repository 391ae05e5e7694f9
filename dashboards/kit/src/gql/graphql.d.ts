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
export type RefreshSessionInput = {
    refreshToken: string;
};
/** What an account is for, and inside an organization what its holder does there. */
export type Role = 'ADMIN' | 'BUSINESS_OWNER' | 'GUARDIAN' | 'OWNER' | 'PLATFORM_ADMIN' | 'STAFF' | 'STUDENT' | 'TEACHER' | 'TUTOR' | 'VIEWER';
export type SignInInput = {
    email: string;
    /** Six digits, for accounts with a second factor. */
    otp?: string | null | undefined;
    password: string;
};
export type SignOutInput = {
    refreshToken: string;
};
export type ViewerQueryVariables = Exact<{
    [key: string]: never;
}>;
export type ViewerQuery = {
    viewer: {
        id: string;
        fullName: string;
        email: string | null;
        role: Role;
        organization: {
            id: string;
            name: string;
        } | null;
    } | null;
};
export type SignInMutationVariables = Exact<{
    input: SignInInput;
}>;
export type SignInMutation = {
    signIn: {
        accessToken: string;
        refreshToken: string;
        expiresAt: string;
        user: {
            id: string;
        };
    };
};
export type RefreshSessionMutationVariables = Exact<{
    input: RefreshSessionInput;
}>;
export type RefreshSessionMutation = {
    refreshSession: {
        accessToken: string;
        refreshToken: string;
        expiresAt: string;
        user: {
            id: string;
        };
    };
};
export type SignOutMutationVariables = Exact<{
    input: SignOutInput;
}>;
export type SignOutMutation = {
    signOut: {
        __typename: 'SignOutPayload';
    };
};
export declare const ViewerDocument: DocumentNode<ViewerQuery, ViewerQueryVariables>;
export declare const SignInDocument: DocumentNode<SignInMutation, SignInMutationVariables>;
export declare const RefreshSessionDocument: DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export declare const SignOutDocument: DocumentNode<SignOutMutation, SignOutMutationVariables>;
export {};
