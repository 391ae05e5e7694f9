import { Button, Card, formatRelative, useNow } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { MessageSquarePlus } from "lucide-react";
import { useState } from "react";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import { NextStepFragmentDoc, type NextStepFragment } from "../../gql/graphql.js";
import { InviteDialog } from "./invite-dialog.js";
import { nextStep, type NextStep as Step, type StepAttempt } from "./next-step.rules.js";

function toStepAttempt({ status, deadline, submittedAt, subtestScores, tryout }: NextStepFragment): StepAttempt {
  return {
    running: status === "IN_PROGRESS",
    tryout: tryout.title,
    deadline: new Date(deadline),
    submittedAt: submittedAt ? new Date(submittedAt) : undefined,
    subtests: subtestScores.map(({ subtest, scaled, correct, total }) => ({
      name: tryout.subtests.find(({ code }) => code === subtest)?.name ?? subtest,
      scaled,
      correct,
      total,
    })),
  };
}

interface Words {
  readonly title: string;
  readonly text: string;
  /** What the invitation begins with. */
  readonly draft: string;
}

function inWords(step: Step, name: string, now: Date): Words {
  switch (step.kind) {
    case "finish":
      return {
        title: m.next_finish_title({ name }),
        text: m.next_finish_text({ tryout: step.tryout, deadline: formatRelative(step.deadline, now) }),
        draft: m.invite_draft_finish({ name, tryout: step.tryout }),
      };
    case "practice":
      return {
        title: m.next_practice_title({ name, subtest: step.subtest }),
        text: m.next_practice_text({ correct: step.correct, total: step.total }),
        draft: m.invite_draft_practice({ name, subtest: step.subtest }),
      };
    case "start":
      return {
        title: m.next_start_title({ name }),
        text: m.next_start_text(),
        draft: m.invite_draft_start({ name }),
      };
    case "again":
      return {
        title: m.next_again_title({ name }),
        text: m.next_again_text(),
        draft: m.invite_draft_start({ name }),
      };
  }
}

interface NextStepProps {
  childName: string;
  /** Absent when the two have no conversation yet: the invitation is then copied instead of sent. */
  conversationId: string | undefined;
  /** Newest first. */
  attempts: readonly FragmentType<typeof NextStepFragmentDoc>[];
  className: string;
}

/** The one thing worth doing now, with the button that does it. */
export function NextStep({ childName, conversationId, attempts, className }: NextStepProps) {
  const [inviting, setInviting] = useState(false);
  const now = useNow();
  const step = nextStep(unmask(NextStepFragmentDoc, attempts).map(toStepAttempt), now);
  const { title, text, draft } = inWords(step, childName, now);
  return (
    <Card title={m.next_action()} className={className}>
      <p className="font-medium">{title}</p>
      <p className="mt-1 mb-5 text-sm leading-relaxed text-muted">{text}</p>
      <Button onClick={() => setInviting(true)} className="w-full">
        <MessageSquarePlus aria-hidden className="size-4" />
        {m.invite()}
      </Button>
      <InviteDialog
        open={inviting}
        childName={childName}
        conversationId={conversationId}
        draft={draft}
        onClose={() => setInviting(false)}
      />
    </Card>
  );
}
