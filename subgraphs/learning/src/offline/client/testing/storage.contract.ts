import type { OfflineStorage } from "../storage.js";

/**
 * What both adapters must do, each rule with the sentence that it proves. Runs where there is no test runner, too: a
 * broken rule throws. `open` opens the same storage again each time; the one before it has been closed.
 */
export const STORAGE_CONTRACT: Readonly<Record<string, (open: () => Promise<OfflineStorage>) => Promise<void>>> = {
  "keeps what was put across a restart": async (open) => {
    const before = await open();
    await before.write([
      { store: "cache", key: "a", value: { text: "é✓", list: [1, null, true], nested: { n: 1.5 } } },
    ]);
    await before.close();
    const after = await open();
    same(await after.get("cache", "a"), { text: "é✓", list: [1, null, true], nested: { n: 1.5 } });
    same(await after.get("cache", "b"), undefined);
    same(await after.get("queue", "a"), undefined);
    await after.close();
  },

  "lists a store in the order of its keys": async (open) => {
    const storage = await open();
    const put = (key: string) => ({ store: "queue", key, value: { key } }) as const;
    await storage.write([put("b"), put("C"), put("a"), put("10"), put("9")]);
    same(
      await storage.list("queue"),
      ["10", "9", "C", "a", "b"].map((key) => ({ key })),
    );
    same(await storage.list("outcomes"), []);
    await storage.close();
  },

  "writes to several stores at once, and deletes": async (open) => {
    const storage = await open();
    await storage.write([{ store: "queue", key: "1", value: { n: 1 } }]);
    await storage.write([
      { store: "queue", key: "1", value: undefined },
      { store: "queue", key: "never", value: undefined },
      { store: "outcomes", key: "1", value: { n: 2 } },
    ]);
    same(await storage.list("queue"), []);
    same(await storage.list("outcomes"), [{ n: 2 }]);
    await storage.close();
  },

  "writes all of the changes or none": async (open) => {
    const storage = await open();
    const unreadable = {
      get value(): never {
        throw new Error("cannot be read");
      },
    };
    const refused = await storage
      .write([
        { store: "queue", key: "1", value: { n: 1 } },
        { store: "outcomes", key: "2", value: unreadable },
      ])
      .then(
        () => false,
        () => true,
      );
    same(refused, true);
    same(await storage.list("queue"), []);
    await storage.close();
    const after = await open();
    same(await after.list("queue"), []);
    await after.close();
  },

  "keeps the last of many writes that did not wait for each other": async (open) => {
    const storage = await open();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        storage.write([
          { store: "sittings", key: "same", value: { n } },
          { store: "queue", key: String(n), value: { n } },
        ]),
      ),
    );
    await storage.close();
    const after = await open();
    same(await after.get("sittings", "same"), { n: 49 });
    same((await after.list("queue")).length, 50);
    await after.close();
  },

  "gives copies: what a reader does to them stays with the reader": async (open) => {
    const storage = await open();
    const given = { list: [1] };
    await storage.write([{ store: "cache", key: "a", value: given }]);
    given.list.push(2);
    const read: unknown = await storage.get("cache", "a");
    same(read, { list: [1] });
    if (typeof read === "object" && read !== null) Object.assign(read, { list: [] });
    same(await storage.get("cache", "a"), { list: [1] });
    await storage.close();
  },
};

function same(got: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`Got ${one}, wanted ${other}.`);
}
