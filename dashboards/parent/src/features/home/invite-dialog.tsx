import { Button, copyText, Dialog, TextArea, toast, toProblem } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { Copy, Send } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useMutation } from "urql";
import { SendMessageDocument } from "../../gql/graphql.js";

/** The same text sent again after a failure is the same message to the API. */
function useIdempotencyKey(text: string): string {
  const [kept, setKept] = useState({ text, key: crypto.randomUUID() });
  if (kept.text === text) return kept.key;
  const next = { text, key: crypto.randomUUID() };
  setKept(next);
  return next.key;
}

interface InviteFormProps {
  childName: string;
  conversationId: string | undefined;
  draft: string;
  onClose: () => void;
}

function InviteForm({ childName, conversationId, draft, onClose }: InviteFormProps) {
  const [text, setText] = useState(draft);
  const idempotencyKey = useIdempotencyKey(text);
  const [{ fetching, error }, sendMessage] = useMutation(SendMessageDocument);

  async function send(event: SubmitEvent) {
    event.preventDefault();
    if (!conversationId) return;
    const result = await sendMessage({ input: { conversationId, text: text.trim(), idempotencyKey } });
    if (result.error) return;
    toast(m.invite_sent({ name: childName }));
    onClose();
  }

  async function copy() {
    await copyText(text);
    onClose();
  }

  return (
    <form onSubmit={(event) => void send(event)} className="grid gap-4">
      <TextArea
        label={m.invite_text()}
        value={text}
        rows={4}
        maxLength={1000}
        required
        problem={error && (toProblem(error).message || m.invite_failed())}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button look="secondary" onClick={() => void copy()}>
          <Copy aria-hidden className="size-4" />
          {m.invite_copy()}
        </Button>
        {conversationId && (
          <Button type="submit" busy={fetching}>
            <Send aria-hidden className="size-4" />
            {m.invite_send()}
          </Button>
        )}
      </div>
    </form>
  );
}

/** An invitation to the child, drafted for the parent to change. */
export function InviteDialog({ open, ...form }: InviteFormProps & { open: boolean }) {
  return (
    <Dialog open={open} title={m.invite_title({ name: form.childName })} onClose={form.onClose}>
      <InviteForm {...form} />
    </Dialog>
  );
}
