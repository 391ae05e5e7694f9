import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A letter as it arrived. */
export interface ReceivedLetter {
  readonly to: readonly string[];
  readonly subject: string;
  /** The plain text part. */
  readonly text: string;
  readonly html: string;
}

/** A mail server that speaks real SMTP and keeps what it gets. */
export interface SmtpForTests {
  readonly url: string;
  /** Oldest first. */
  readonly letters: readonly ReceivedLetter[];
  /** Turns the next `count` letters away, as a server does that is busy. */
  refuseNext(count: number): void;
  stop(): Promise<void>;
}

/** Starts a mail server on a free port. */
export async function startSmtp(): Promise<SmtpForTests> {
  const letters: ReceivedLetter[] = [];
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    // asking a name server that does not answer would hold up every greeting
    disableReverseLookup: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
      stream.on("end", () => {
        if (refusals > 0) {
          refusals -= 1;
          done(Object.assign(new Error("Busy, try again later"), { responseCode: 451 }));
          return;
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ to, ...partsOf(Buffer.concat(chunks).toString("utf8")) });
        done();
      });
    },
  });
  const listening = once(server.listen(0, "127.0.0.1"), "listening");
  await listening;
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port.");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    refuseNext: (count) => {
      refusals = count;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Reads a message of two alternatives (RFC 2046), as ours are. */
function partsOf(message: string): Omit<ReceivedLetter, "to"> {
  const [head = "", ...rest] = message.split("\r\n\r\n");
  const subject = decodeWords(headerOf(head, "Subject"));
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? "no boundary";
  const parts = rest.join("\r\n\r\n").split(`--${boundary}`);
  const partOf = (type: string): string => {
    const part = parts.find((candidate) => candidate.includes(`Content-Type: ${type}`)) ?? "";
    const [partHead = "", ...body] = part.split("\r\n\r\n");
    return decodeBody(body.join("\r\n\r\n"), headerOf(partHead, "Content-Transfer-Encoding"));
  };
  return { subject, text: partOf("text/plain"), html: partOf("text/html") };
}

function headerOf(head: string, name: string): string {
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(unfolded)?.[1]?.trim() ?? "";
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body.replaceAll("\r\n", "\n");
  const joined = body.replaceAll("=\r\n", "").replaceAll("\r\n", "\n");
  return decodeQuoted(joined);
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Encoded words of a header (RFC 2047). */
function decodeWords(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : decodeQuoted(text.replaceAll("_", " ")),
    );
}
