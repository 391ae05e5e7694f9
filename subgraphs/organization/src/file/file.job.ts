import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { EXPIRE_FILE_JOB, expireFile } from "./file.service.js";

const payload = z.object({ fileId: z.uuid() });

export function fileJobs(systemContext: () => OrganizationContext): Job[] {
  return [{ name: EXPIRE_FILE_JOB, run: (data) => expireFile(systemContext(), payload.parse(data).fileId) }];
}
