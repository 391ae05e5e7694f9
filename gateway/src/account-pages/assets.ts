/** In the colours and measures of the dashboards' sign-in. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #f8fafc; --surface: #ffffff; --line: #e2e8f0; --control: #64748b; --text: #0f172a;
  --muted: #475569; --primary: #2563eb; --on-primary: #ffffff; --link: #1d4ed8; --success: #047857; --success-soft: #ecfdf5;
  --danger: #b91c1c; --danger-soft: #fef2f2; }
@media (prefers-color-scheme: dark) { :root { --bg: #0b1220; --surface: #111a2e; --line: #223050; --control: #7b8ba5;
  --text: #e2e8f0; --muted: #a3b1c6; --primary: #3b82f6; --on-primary: #0b1220; --link: #93c5fd; --success: #34d399;
  --success-soft: #0c2a2b; --danger: #f87171; --danger-soft: #2e1720; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; align-content: center; justify-items: center; gap: 1.5rem; padding: 2.5rem 1rem;
  background: var(--bg); color: var(--text); font: 1rem/1.5 Inter, ui-sans-serif, system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--surface); border: 1px solid var(--line); border-radius: 1rem; }
h1 { margin: 0; font-size: 1.25rem; line-height: 1.4; }
p { margin: 0.25rem 0 1.5rem; color: var(--muted); font-size: 0.875rem; }
.brand { margin: 0; color: var(--text); font-size: 1.125rem; font-weight: 600; }
form { display: grid; gap: 1rem; }
label { display: grid; gap: 0.375rem; font-size: 0.875rem; font-weight: 500; }
input { min-height: 2.75rem; padding: 0 0.75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--control); border-radius: 0.5rem; }
small { color: var(--muted); font-weight: 400; }
button { min-height: 2.75rem; font: inherit; font-weight: 600; color: var(--on-primary); background: var(--primary); border: 0;
  border-radius: 0.5rem; cursor: pointer; }
button[disabled] { opacity: 0.6; cursor: progress; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--primary); outline-offset: 2px; }
output:empty, [hidden] { display: none; }
output { display: block; padding: 0.625rem 0.75rem; font-size: 0.875rem; border-radius: 0.5rem; color: var(--danger); background: var(--danger-soft); }
output[data-done] { color: var(--success); background: var(--success-soft); }
`;

/** What each page asks the API for; `value` is what was filled in. */
export const OPERATIONS = {
  "verify-email": "mutation ($token: String!) { verifyEmail(input: { token: $token }) { email } }",
  "change-email": "mutation ($token: String!) { confirmEmailChange(input: { token: $token }) { email } }",
  "reset-password":
    "mutation ($token: String!, $value: String!) { resetPassword(input: { token: $token, newPassword: $value }) { endedSessions } }",
  "forgot-password": "mutation ($value: String!) { requestPasswordReset(input: { email: $value }) { __typename } }",
} as const;

/** The token stands behind \`#\` and leaves the address bar at once; it is sent only when the person presses the button. */
export const SCRIPT = `
const { page, noToken, unreachable, done } = document.body.dataset;
const operations = ${JSON.stringify(OPERATIONS)};
const form = document.querySelector("form");
const output = document.querySelector("output");
const button = document.querySelector("button");
const token = decodeURIComponent(/[#&]token=([^&]*)/.exec(location.hash)?.[1] ?? "");
history.replaceState(null, "", location.pathname + location.search);
const say = (text, isDone) => { output.toggleAttribute("data-done", isDone); output.textContent = text; };
const needsToken = operations[page].includes("$token");
if (needsToken && token === "") { say(noToken, false); form.hidden = true; }
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    const value = form.elements.namedItem("value")?.value.trim();
    const variables = { ...(needsToken && { token }), ...(value !== undefined && { value }) };
    const response = await fetch("/graphql", { method: "POST", credentials: "omit",
      headers: { "content-type": "application/json", "accept-language": document.documentElement.lang },
      body: JSON.stringify({ query: operations[page], variables }) });
    const { errors } = await response.json();
    if (errors === undefined) { say(done, true); form.hidden = true; return; }
    const details = errors.flatMap(({ extensions }) => extensions?.details ?? []).map(({ message }) => message);
    say([...(details.length > 0 ? details : errors.map(({ message }) => message))].join(" "), false);
  } catch { say(unreachable, false); } finally { button.disabled = false; }
});
`;
