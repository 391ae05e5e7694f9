import type { ReactNode } from "react";
import { type FragmentType } from "../../gql/fragment-masking.js";
import { LatestScoreFragmentDoc } from "../../gql/graphql.js";
interface LatestScoreProps {
    childName: string;
    /** The latest attempt that has a score. */
    attempt: FragmentType<typeof LatestScoreFragmentDoc> | undefined;
    aside: ReactNode;
    className: string;
}
/** The latest score with the range that the true ability most likely lies in. */
export declare function LatestScore({ childName, attempt: masked, aside, className }: LatestScoreProps): import("react").JSX.Element;
export {};
