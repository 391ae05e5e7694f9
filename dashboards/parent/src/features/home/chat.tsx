import { Card, EmptyState, formatRelative, Skeleton, useNow, type View, ViewState } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { MessageCircle } from "lucide-react";
import { useSubscription } from "urql";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import {
  type ConversationsQuery,
  LatestMessageFragmentDoc,
  MessageAddedDocument,
  type LatestMessageFragment,
} from "../../gql/graphql.js";

type Message = NonNullable<LatestMessageFragment["lastMessage"]>;

function MessageLine({ message, studentId }: { message: Message; studentId: string }) {
  const now = useNow();
  const fromChild = message.author.id === studentId;
  return (
    <figure className="grid gap-1.5">
      <figcaption className="flex items-baseline justify-between gap-3 text-xs text-muted">
        <span className="font-medium text-text">{fromChild ? message.author.fullName : m.chat_you()}</span>
        <time dateTime={message.sentAt}>{formatRelative(new Date(message.sentAt), now)}</time>
      </figcaption>
      <blockquote className="rounded-xl bg-subtle px-4 py-3 text-sm leading-relaxed whitespace-pre-line">
        {message.text}
      </blockquote>
    </figure>
  );
}

interface LiveMessageProps {
  conversation: FragmentType<typeof LatestMessageFragmentDoc>;
  studentId: string;
  childName: string;
}

/** The latest message of one conversation, renewed as messages arrive. */
function LiveMessage({ conversation: masked, studentId, childName }: LiveMessageProps) {
  const { id, lastMessage } = unmask(LatestMessageFragmentDoc, masked);
  const [{ data }] = useSubscription({ query: MessageAddedDocument, variables: { conversationId: id } });
  const arrived = data?.messageAdded.message;
  const latest = [lastMessage, arrived]
    .filter((message) => message !== null && message !== undefined)
    .reduce<Message | undefined>(
      (newest, message) => (newest && newest.sentAt > message.sentAt ? newest : message),
      undefined,
    );
  return latest ? (
    <MessageLine message={latest} studentId={studentId} />
  ) : (
    <EmptyState icon={<MessageCircle aria-hidden />} title={m.chat_empty_title()}>
      {m.chat_empty_text({ name: childName })}
    </EmptyState>
  );
}

type Conversation = ConversationsQuery["conversations"]["edges"][number]["node"];

/** The conversation with one child, if there is one. */
export function conversationWith(studentId: string, data: ConversationsQuery | undefined): Conversation | undefined {
  return data?.conversations.edges
    .map(({ node }) => node)
    .find(({ participants }) => participants.length === 2 && participants.some(({ id }) => id === studentId));
}

interface ChatProps {
  view: View<ConversationsQuery>;
  studentId: string;
  childName: string;
  className: string;
}

/** What the child wrote last. */
export function Chat({ view, studentId, childName, className }: ChatProps) {
  return (
    <Card title={m.chat()} className={className}>
      <ViewState view={view} skeleton={<Skeleton className="h-24" />}>
        {(data) => {
          const conversation = conversationWith(studentId, data);
          if (conversation) {
            return (
              <LiveMessage key={studentId} conversation={conversation} studentId={studentId} childName={childName} />
            );
          }
          return (
            <EmptyState icon={<MessageCircle aria-hidden />} title={m.chat_empty_title()}>
              {m.chat_empty_text({ name: childName })}
            </EmptyState>
          );
        }}
      </ViewState>
    </Card>
  );
}
