import { type OfflineStorage, STORE_NAMES } from "./storage.js";

/** Storage in a browser. One database for each person who uses the browser. */
export async function openIndexedDbStorage(name: string): Promise<OfflineStorage> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener("upgradeneeded", () => {
    for (const store of STORE_NAMES) opening.result.createObjectStore(store);
  });
  const database = await resultOf(opening);
  return {
    get: (store, key) => resultOf<unknown>(database.transaction(store).objectStore(store).get(key)),
    list: (store) => resultOf<unknown[]>(database.transaction(store).objectStore(store).getAll()),
    write: (changes) => {
      if (changes.length === 0) return Promise.resolve();
      const transaction = database.transaction(STORE_NAMES, "readwrite", { durability: "strict" });
      try {
        for (const { store, key, value } of changes) {
          if (value === undefined) transaction.objectStore(store).delete(key);
          else transaction.objectStore(store).put(value, key);
        }
      } catch (error) {
        transaction.abort();
        return Promise.reject(error);
      }
      return completionOf(transaction);
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB failed.")));
  });
}

function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("IndexedDB gave up.")));
  });
}
