import type { CombinedError } from "@urql/core";
import type { ReactNode } from "react";
import type { View } from "../api/use-view.js";
interface StateProps {
    icon: ReactNode;
    title: string;
    /** Whether it fills a whole page, whose heading the title then is. */
    page?: boolean;
    children?: ReactNode;
    action?: ReactNode;
}
/** A picture, a sentence and what to do next, in place of content. */
export declare function EmptyState({ icon, title, page, children, action }: StateProps): import("react").JSX.Element;
interface ProblemStateProps {
    error: CombinedError;
    page?: boolean;
    onRetry: () => void;
    busy: boolean;
}
/** What failed, what to do, and the number that support asks for. */
export declare function ProblemState({ error, page, onRetry, busy }: ProblemStateProps): import("react").JSX.Element;
/** When the data came, shown beside it. */
export declare function DataTime({ time }: {
    time: Date | undefined;
}): import("react").JSX.Element;
interface ViewStateProps<Data> {
    view: View<Data>;
    /** Stands in for the content in the content's own size. */
    skeleton: ReactNode;
    children: (data: Data) => ReactNode;
}
/** Shows a query in the one state it is in: loading, failed, stale, partial or ready. */
export declare function ViewState<Data>({ view, skeleton, children }: ViewStateProps<Data>): string | number | bigint | boolean | import("react").JSX.Element | Iterable<ReactNode> | Promise<string | number | bigint | boolean | Iterable<ReactNode> | import("react").ReactElement<unknown, string | import("react").JSXElementConstructor<any>> | import("react").ReactPortal | null | undefined> | null | undefined;
export {};
