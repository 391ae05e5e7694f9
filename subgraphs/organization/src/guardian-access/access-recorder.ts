import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import type { GuardianAccessKind } from "@lentera/prisma/organization";

/** Reads of one kind that one guardian made of one student's data. */
export interface Access {
  readonly guardianId: string;
  readonly studentId: string;
  readonly kind: GuardianAccessKind;
  readonly readCount: number;
  /** Of the latest. */
  readonly at: Date;
}

const RETRY_MS = 1_000;
/** No time zone's day begins within a quarter of an hour: reads in the same one are of the same day everywhere. */
const QUARTER_MS = 15 * 60 * 1000;

/**
 * Writes accesses down behind the answers that they belong to: one statement for all that was noted meanwhile. What
 * cannot be written is kept and tried again; a shutdown waits for it. Only a process that is killed loses the reads of
 * its last few milliseconds.
 */
export class AccessRecorder {
  readonly #waiting = new Map<string, Access>();
  #writing: Promise<void> | undefined;
  #isClosing = false;

  constructor(private readonly onFailure: (error: unknown, lost: number) => void) {}

  /** `write` is used for this access and for those that wait. */
  note(access: Access, write: (accesses: readonly Access[]) => Promise<void>): void {
    this.#keep(access);
    this.#writing ??= this.#writeAll(write).finally(() => (this.#writing = undefined));
  }

  /** Resolves when everything that was noted is written. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Like {@link written}; what fails from now on is tried once. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#writing;
  }

  #keep(access: Access): void {
    const quarter = Math.floor(access.at.getTime() / QUARTER_MS);
    const key = `${access.guardianId}:${access.studentId}:${access.kind}:${quarter}`;
    const known = this.#waiting.get(key);
    this.#waiting.set(key, { ...access, readCount: access.readCount + (known?.readCount ?? 0) });
  }

  async #writeAll(write: (accesses: readonly Access[]) => Promise<void>): Promise<void> {
    await nextTurn();
    while (this.#waiting.size > 0) {
      const accesses = [...this.#waiting.values()];
      this.#waiting.clear();
      try {
        await write(accesses);
      } catch (error) {
        this.onFailure(error, this.#isClosing ? accesses.length : 0);
        if (this.#isClosing) return;
        for (const access of accesses) this.#keep(access);
        await delay(RETRY_MS);
      }
    }
  }
}
