import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { ANNOUNCE_JOB, RUN_JOB, announceBatch, runImport } from "./batch.service.js";

const run = z.object({ importId: z.uuid() });
const announce = z.object({ importId: z.uuid(), after: z.int() });

export function studentImportJobs(systemContext: () => OrganizationContext): Job[] {
  return [
    { name: RUN_JOB, run: (payload) => runImport(systemContext(), run.parse(payload).importId) },
    { name: ANNOUNCE_JOB, run: (payload) => announceBatch(systemContext(), announce.parse(payload)) },
  ];
}
