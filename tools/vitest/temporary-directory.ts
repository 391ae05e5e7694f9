import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty directory that every user may enter, as PostgreSQL and Redis may run as somebody else. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "lentera-test-"));
  await chmod(directory, 0o755);
  return directory;
}
