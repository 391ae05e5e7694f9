import { unwatchFile, watchFile } from "node:fs";
import { readFile } from "node:fs/promises";
import { Planning } from "./executor/planning.js";
import { type Gateway, type GatewayOptions, startGateway } from "./server.js";
import { HttpSource } from "./sources/http.js";
import { StartError } from "./start-error.js";

/** The file is looked at this often: that works for every way of replacing a file. */
const LOOK_INTERVAL_MS = 500;

type Options = Omit<GatewayOptions, "supergraphSdl" | "sources" | "hasIdentity">;

/**
 * A gateway over any supergraph, from a file that names its subgraphs' addresses. When the file changes the gateway goes over to
 * it: what runs ends as it began, and a file that is no supergraph changes nothing. @throws StartError about the file.
 */
export async function startStandalone(file: string, options: Options): Promise<Gateway> {
  const sources = new Map<string, HttpSource>();
  /** Those that a later supergraph has elsewhere or not at all, for operations that still run. */
  const former: HttpSource[] = [];
  const connect = (sdl: string): HttpSource[] => {
    const urls = new Map(new Planning(sdl).subgraphs.map(({ name, url }) => [name, url]));
    for (const [name, source] of sources)
      if (urls.get(name) !== source.url) {
        former.push(source);
        sources.delete(name);
      }
    return [...urls].flatMap(([name, url]) => {
      if (sources.has(name)) return [];
      const source = new HttpSource({ name, url });
      sources.set(name, source);
      return [source];
    });
  };

  let current = await read(file);
  const gateway = await startGateway({
    ...options,
    supergraphSdl: current,
    sources: connect(current),
    hasIdentity: false,
  });

  async function look(): Promise<void> {
    try {
      const sdl = await readFile(file, "utf8");
      if (sdl === current) return;
      current = sdl;
      gateway.reload(sdl, connect(sdl));
      options.logger.info({ file }, "the supergraph has changed");
    } catch (error) {
      options.logger.error({ err: error, file }, "the supergraph has changed to something that cannot be used");
    }
  }
  const changed = (): void => void look();
  watchFile(file, { interval: LOOK_INTERVAL_MS }, changed);

  return {
    ...gateway,
    stop: async () => {
      unwatchFile(file, changed);
      await gateway.stop();
      await Promise.all(former.map((source) => source.close()));
    },
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new StartError(`The supergraph ${file} cannot be read; set SUPERGRAPH_FILE to a file that can.`, { cause });
  }
}
