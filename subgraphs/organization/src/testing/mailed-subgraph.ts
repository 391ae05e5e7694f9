import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { createSubgraph } from "../subgraph.js";
import { type ReceivedLetter, type SmtpForTests, startSmtp } from "./smtp.js";

/** The subgraph with its workers and a mail server. */
export interface MailedSubgraph {
  readonly test: TestSubgraph;
  readonly smtp: SmtpForTests;
  /** Everything that an address was sent, once all that is due has been sent; oldest first. */
  lettersTo(address: string): Promise<ReceivedLetter[]>;
  /** The token in the link of the newest letter to an address. @throws when there is none */
  tokenFor(address: string): Promise<string>;
  stop(): Promise<void>;
}

export const PUBLIC_URL = "https://lentera.example.test";

/** @param variables of the environment, beside those of mail */
export async function startMailedSubgraph(
  clock: () => Date = () => new Date(),
  variables: Readonly<Record<string, string>> = {},
): Promise<MailedSubgraph> {
  const smtp = await startSmtp();
  const environment = { ...variables, SMTP_URL: smtp.url, PUBLIC_URL };
  const test = await startTestSubgraph("organization", createSubgraph, { environment, clock });
  await test.subgraph.startWorkers();
  const lettersTo = async (address: string): Promise<ReceivedLetter[]> => {
    await test.subgraph.jobsDone();
    return smtp.letters.filter(({ to }) => to.includes(address));
  };
  return {
    test,
    smtp,
    lettersTo,
    tokenFor: async (address) => {
      const newest = (await lettersTo(address)).at(-1);
      const token = /#token=(\S+)/.exec(newest?.text ?? "")?.[1];
      if (token === undefined) throw new Error(`The newest letter to ${address} has no token: ${newest?.text}`);
      return decodeURIComponent(token);
    },
    stop: async () => {
      await test.stop();
      await smtp.stop();
    },
  };
}
