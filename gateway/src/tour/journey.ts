import { visitEntrance, visitSignIn } from "./entrance.js";
import { visitConversation, visitParent } from "./family.js";
import { type Guide, guideTo } from "./guide.js";
import { visitMarket, visitPlatform, visitSchool } from "./institutions.js";
import { visitTryout } from "./sitting.js";

/**
 * Walks the journey through the public API: who may sign in, a tryout with its score, what parent and school see of it,
 * the live leaderboard, a conversation, and what stays hidden from whom.
 * @returns 0 when everything was as it should be, else 1
 */
export async function runTour(baseUrl: string, say: (line: string) => void): Promise<0 | 1> {
  const guide = guideTo(baseUrl, (line) => say(`    ${line}`));
  say(`A tour of Lentera at ${baseUrl}`);
  let failures = 0;
  for (const [name, stop] of STOPS) {
    say(`\n  ${name}`);
    try {
      await stop(guide);
    } catch (error) {
      failures += 1;
      say(`    ✗ ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  say(failures === 0 ? "\nEverything is as it should be." : `\n${failures} of ${STOPS.length} stops went wrong.`);
  return failures === 0 ? 0 : 1;
}

const STOPS: readonly (readonly [string, (guide: Guide) => Promise<void>])[] = [
  ["The house is open", visitEntrance],
  ["Everybody signs in", visitSignIn],
  ["A student sits a tryout, and the leaderboard moves", visitTryout],
  ["The parent follows", visitParent],
  ["Parent and child talk", visitConversation],
  ["The school looks at its classes", visitSchool],
  ["The platform's admin looks at the whole", visitPlatform],
  ["Tutors and money", visitMarket],
];
