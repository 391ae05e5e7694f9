import { type ReactNode } from "react";
import { type ViewerQuery } from "../gql/graphql.js";
/** Asks who is signed in, before the page is there to show it. */
export declare function prefetchViewer(): void;
/** The signed-in person. */
export type Viewer = NonNullable<ViewerQuery["viewer"]>;
/** The signed-in person of this screen. Throws outside of `ViewerGate`. */
export declare function useViewer(): Viewer;
interface ViewerGateProps {
    /** Whether this dashboard is for that person. The API decides what they may see; this only spares them empty screens. */
    admits: (viewer: Viewer) => boolean;
    children: (viewer: Viewer) => ReactNode;
}
/** Loads the signed-in person and lets in those this dashboard is for. */
export declare function ViewerGate({ admits, children }: ViewerGateProps): import("react").JSX.Element;
export {};
