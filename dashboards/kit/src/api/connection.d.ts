/** "idle": nothing on screen is live; the others speak for what is. */
export type Connection = "idle" | "connecting" | "live" | "offline";
/** How live the page is right now. */
export declare function useConnection(): Connection;
/** Calls back after a lost socket is back, because it does not replay what was missed. */
export declare function onReconnect(listener: () => void): () => void;
/** The one socket of the page: opened with the first subscription, closed a while after the last. */
export declare function createSocket(): import("graphql-ws").Client;
