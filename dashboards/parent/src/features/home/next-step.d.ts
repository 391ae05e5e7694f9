import { type FragmentType } from "../../gql/fragment-masking.js";
import { NextStepFragmentDoc } from "../../gql/graphql.js";
interface NextStepProps {
    childName: string;
    /** Absent when the two have no conversation yet: the invitation is then copied instead of sent. */
    conversationId: string | undefined;
    /** Newest first. */
    attempts: readonly FragmentType<typeof NextStepFragmentDoc>[];
    className: string;
}
/** The one thing worth doing now, with the button that does it. */
export declare function NextStep({ childName, conversationId, attempts, className }: NextStepProps): import("react").JSX.Element;
export {};
