import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { startEmbedded } from "@lentera/prisma/embedded";
import { prepareDatabase, SUBGRAPHS } from "@lentera/prisma/migrate";
import type { PostgresForTests } from "@lentera/kit/testing";
import type { TestProject } from "vitest/node";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A throw-away cluster may forget: nothing of it outlives the run. */
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Starts one PostgreSQL for the run with a migrated `template_<subgraph>` each, from which a test file clones its own database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = await temporaryDirectory();
  const postgres = await startEmbedded({ dataDirectory, settings });
  const tearDown = async (): Promise<void> => {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    const appPassword = randomBytes(16).toString("hex");
    for (const subgraph of SUBGRAPHS) {
      await prepareDatabase((database) => postgres.adminUrl(database), subgraph, {
        appPassword,
        database: `template_${subgraph}`,
      });
    }
    const admin = new URL(postgres.adminUrl());
    const connection: PostgresForTests = {
      host: admin.hostname,
      port: postgres.port,
      user: decodeURIComponent(admin.username),
      password: decodeURIComponent(admin.password),
      appPassword,
    };
    project.provide("postgres", connection);
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
