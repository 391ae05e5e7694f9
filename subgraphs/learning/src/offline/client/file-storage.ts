import { open, readFile, rename } from "node:fs/promises";
import { type Change, type OfflineStorage, STORE_NAMES, type StoreName } from "./storage.js";

/**
 * Storage in Node: a journal with one line for each write, so that a line that was cut off by a crash never happened.
 * Opening it reads the journal and writes it anew without what has been replaced. For one process at a time.
 */
export async function openFileStorage(path: string): Promise<OfflineStorage> {
  const stores = new Map(STORE_NAMES.map((name) => [name, new Map<string, object>()]));
  const storeOf = (name: StoreName): Map<string, object> => stores.get(name) ?? new Map<string, object>();
  const apply = ({ store, key, value }: Change): void => {
    if (value === undefined) storeOf(store).delete(key);
    else storeOf(store).set(key, value);
  };
  for (const change of await readJournal(path)) apply(change);

  const fresh = `${path}.new`;
  const kept = STORE_NAMES.flatMap((store) => [...storeOf(store)].map(([key, value]) => ({ store, key, value })));
  const file = await open(fresh, "w");
  await file.appendFile(lineOf(kept));
  await file.sync();
  await rename(fresh, path);

  // A write waits for the one before it, so that the journal has the order in which they were asked for.
  let last: Promise<void> = Promise.resolve();
  return {
    get: (store, key) => Promise.resolve(structuredClone(storeOf(store).get(key))),
    list: (store) =>
      Promise.resolve(
        [...storeOf(store)]
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(([, value]) => structuredClone(value)),
      ),
    write: async (changes) => {
      if (changes.length === 0) return;
      const line = lineOf(changes);
      const written = last.then(async () => {
        await file.appendFile(line);
        await file.sync();
        // As the journal reads it: what is no JSON has not been kept.
        for (const change of changesOf(line)) apply(change);
      });
      last = written.catch(() => undefined);
      await written;
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
}

function lineOf(changes: readonly Change[]): string {
  return `${JSON.stringify(changes)}\n`;
}

async function readJournal(path: string): Promise<Change[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  // What stands behind the last line break was cut off.
  return text.split("\n").slice(0, -1).flatMap(changesOf);
}

function changesOf(line: string): Change[] {
  const changes: unknown = JSON.parse(line);
  if (!Array.isArray(changes)) throw new TypeError("This is not a journal of offline work.");
  return changes.map((change: unknown) => {
    if (!isChange(change)) throw new TypeError("This is not a journal of offline work.");
    return { store: change.store, key: change.key, value: change.value };
  });
}

function isChange(change: unknown): change is Change {
  return typeof change === "object" && change !== null && "store" in change && "key" in change;
}
