/// <reference lib="dom" />
/** What the browser test runs inside a page, bundled: the reference client over the browser's own IndexedDB. */
import { type OfflineClient, createOfflineClient, openIndexedDbStorage } from "@lentera/learning/offline-client";
import { STORAGE_CONTRACT } from "../../subgraphs/learning/src/offline/client/testing/storage.contract.js";

export function rules(): string[] {
  return Object.keys(STORAGE_CONTRACT);
}

export async function prove(rule: string): Promise<string> {
  await STORAGE_CONTRACT[rule]?.(() => openIndexedDbStorage(`contract: ${rule}`));
  return "proven";
}

async function openClient(token: string): Promise<OfflineClient> {
  const storage = await openIndexedDbStorage("student");
  return createOfflineClient({ endpoint: "/graphql", headers: () => ({ authorization: `Bearer ${token}` }), storage });
}

/** With the network: registers, downloads and begins. */
export async function begin(token: string, tryoutId: string): Promise<string> {
  const client = await openClient(token);
  await client.registerDevice("A browser");
  const { packageId } = await client.download(tryoutId);
  return client.start(packageId);
}

/** Without it: answers everything. @returns how many answers wait, and whether the network was really gone */
export async function sit(token: string, sittingId: string): Promise<{ waiting: number; isCut: boolean }> {
  const client = await openClient(token);
  const { binding } = await client.sitting(sittingId);
  const { items } = await client.paper(binding.packageId);
  for (const { id, options } of items)
    await client.answer(
      sittingId,
      id,
      options.slice(0, 1).map(({ key }) => key),
    );
  await client.finish(sittingId);
  const isCut = await client.sync().then(
    () => false,
    () => true,
  );
  return { waiting: (await client.pending()).ANSWER, isCut };
}

/** In a page that was opened anew: delivers when the browser says that it is online. */
export async function deliver(token: string, sittingId: string): Promise<{ synced: number; isHeld: boolean }> {
  const client = await openClient(token);
  const report = await new Promise<{ synced: number }>((resolve) => {
    client.syncWhenOnline(window, resolve);
    window.dispatchEvent(new Event("online"));
  });
  return { synced: report.synced, isHeld: await client.isHeld(sittingId) };
}
