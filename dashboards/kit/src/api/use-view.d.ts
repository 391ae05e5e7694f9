import { type AnyVariables, type CombinedError, type TypedDocumentNode } from "@urql/core";
/** What a screen knows of one query. Old data stays while newer data is on its way or failed to come. */
export interface View<Data> {
    readonly data: Data | undefined;
    readonly error: CombinedError | undefined;
    readonly fetching: boolean;
    /** When the API last answered in full; `data` is from then whenever there is an error. */
    readonly dataTime: Date | undefined;
    readonly reload: () => void;
}
/** Runs a query and keeps it fresh: after an outage, when the reader returns, and on `reload`. */
export declare function useView<Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>, variables: Variables): View<Data>;
