import { type View } from "@lentera/dashboard-kit";
import { type ConversationsQuery } from "../../gql/graphql.js";
type Conversation = ConversationsQuery["conversations"]["edges"][number]["node"];
/** The conversation with one child, if there is one. */
export declare function conversationWith(studentId: string, data: ConversationsQuery | undefined): Conversation | undefined;
interface ChatProps {
    view: View<ConversationsQuery>;
    studentId: string;
    childName: string;
    className: string;
}
/** What the child wrote last. */
export declare function Chat({ view, studentId, childName, className }: ChatProps): import("react").JSX.Element;
export {};
