import { type SignInInput } from "../gql/graphql.js";
/** The signed-in person's tokens: the access token lives in memory only, the refresh token outlives the page. */
export declare const session: {
    /** Whether there is a session to use or to renew. */
    readonly signedIn: boolean;
    /** The access token at hand, fresh or not; undefined before the first renewal. */
    readonly token: string | undefined;
    /** Whether the access token must be renewed before use. */
    readonly needsRenewal: boolean;
    /** Changes when somebody signs in or out, never when a token is renewed. */
    readonly epoch: number;
    subscribe(this: void, listener: () => void): () => void;
    /**
     * Exchanges the refresh token; simultaneous callers share one exchange. A refused token ends the session.
     * @throws CombinedError when the API cannot be reached
     */
    renew(): Promise<void>;
    /**
     * @param remember false ends the session with the browser
     * @throws CombinedError with the API's refusal
     */
    signIn(input: SignInInput, remember: boolean): Promise<void>;
    /** Ends the session here at once and on the server as soon as it can be reached. */
    signOut(): Promise<void>;
};
