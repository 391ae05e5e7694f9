import { CombinedError } from "@urql/core";
import { Eye, EyeOff } from "lucide-react";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { m } from "../messages.js";
import { isRefusal, toFieldProblems, toProblem, type FieldProblem } from "../api/errors.js";
import { session } from "../session/session.js";
import { Button } from "../ui/button.js";
import { Checkbox, Input } from "../ui/input.js";
import { Logo } from "../ui/logo.js";
import { LanguageSwitch } from "./preferences.js";

interface Refusal {
  readonly message: string;
  readonly requestId: string | undefined;
  readonly fields: readonly FieldProblem[];
}

function toRefusal(error: unknown): Refusal {
  if (!(error instanceof CombinedError)) throw error;
  const { message, requestId } = toProblem(error);
  return { message, requestId: isRefusal(error) ? undefined : requestId, fields: toFieldProblems(error) };
}

function PasswordInput({ problem }: { problem: string | undefined }) {
  const [visible, setVisible] = useState(false);
  return (
    <Input
      name="password"
      type={visible ? "text" : "password"}
      label={m.password()}
      problem={problem}
      autoComplete="current-password"
      required
      action={
        <Button
          look="quiet"
          size="icon"
          aria-pressed={visible}
          aria-label={m.show_password()}
          onClick={() => setVisible(!visible)}
        >
          {visible ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
        </Button>
      }
    />
  );
}

function OtpInput({ problem }: { problem: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Input
      ref={input}
      name="otp"
      label={m.otp()}
      hint={m.otp_hint()}
      problem={problem}
      inputMode="numeric"
      autoComplete="one-time-code"
      required
    />
  );
}

function SignInForm() {
  const [refusal, setRefusal] = useState<Refusal>();
  const [otpAsked, setOtpAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = (field: string) => refusal?.fields.find((problem) => problem.field === field)?.message;

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = values.get(name);
      return typeof value === "string" ? value : "";
    };
    setBusy(true);
    setRefusal(undefined);
    try {
      await session.signIn(
        { email: text("email").trim(), password: text("password"), otp: text("otp").trim() || undefined },
        values.get("remember") === "on",
      );
    } catch (error) {
      const next = toRefusal(error);
      setRefusal(next);
      if (next.fields.some(({ field }) => field === "otp")) setOtpAsked(true);
      else form.current?.querySelector<HTMLInputElement>("input[name=password]")?.select();
    } finally {
      setBusy(false);
    }
  }

  return (
    <form ref={form} className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <div role="alert" className="empty:hidden">
        {refusal && (
          <p className="rounded-lg bg-danger-soft px-3 py-2.5 text-sm text-danger">
            {refusal.message}
            {refusal.requestId && <span className="mt-1 block text-xs">{m.request_id({ id: refusal.requestId })}</span>}
          </p>
        )}
      </div>
      <Input
        name="email"
        type="email"
        label={m.email()}
        problem={problemOf("email")}
        autoComplete="username"
        placeholder={m.email_example()}
        required
      />
      <PasswordInput problem={problemOf("password")} />
      {otpAsked && <OtpInput problem={problemOf("otp")} />}
      <Checkbox name="remember" label={m.remember_me()} defaultChecked />
      <Button type="submit" busy={busy} className="mt-1">
        {m.sign_in()}
      </Button>
    </form>
  );
}

/** The sign-in page; `name` and `purpose` say which dashboard it opens. */
export function SignIn({ name, purpose }: { name: string; purpose: string }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-6 bg-[radial-gradient(60rem_32rem_at_50%_-8rem,var(--primary-soft),transparent)] px-4 py-10">
      <div className="flex items-center gap-3">
        <Logo className="size-10" />
        <p className="text-lg leading-tight font-semibold">
          Lentera <span className="block text-sm font-normal text-muted">{name}</span>
        </p>
      </div>
      <div className="w-full max-w-sm rounded-2xl border border-line bg-surface p-6 shadow-card sm:p-8">
        <h1 className="text-xl font-semibold">{m.sign_in_title()}</h1>
        <p className="mt-1 mb-6 text-sm leading-relaxed text-muted">{purpose}</p>
        <SignInForm />
      </div>
      <LanguageSwitch />
    </main>
  );
}
