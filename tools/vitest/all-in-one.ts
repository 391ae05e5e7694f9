import type { TestProject } from "vitest/node";
import { startSystem } from "./system.ts";

/** One Lentera in one process for all test files of the project. */
export default function setUp(project: TestProject): Promise<() => Promise<void>> {
  return startSystem(project, "all-in-one");
}
