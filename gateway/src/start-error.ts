import { once } from "node:events";
import { createServer } from "node:net";

/** Why Lentera cannot start, in one sentence that tells a person what to do. */
export class StartError extends Error {}

/** @throws StartError when nobody can listen there now: better before than after the databases were made. */
export async function assertPortIsFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen({ host, port }), "listening");
  } catch (error) {
    throw listenError(error, host, port);
  }
  await once(probe.close(), "close");
}

/** What a failed `listen` means to the person who started us. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new StartError(`Port ${port} is in use; stop the program that uses it or set PORT to a free port.`);
    case "EACCES":
      return new StartError(`Port ${port} may not be opened by this user; set PORT to a number above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartError(
        `The address "${host}" does not belong to this machine; set HOST to one that does, such as localhost.`,
      );
    default:
      return error;
  }
}
