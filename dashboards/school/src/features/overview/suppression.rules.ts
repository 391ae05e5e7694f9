/** Results of this many students or fewer are shown to nobody: in so small a group a number is a person. */
const SMALL_GROUP = 5;

/** Whether a group's results are hidden. A group without results has nothing to hide. */
export function isSuppressed(attemptedCount: number): boolean {
  return attemptedCount > 0 && attemptedCount <= SMALL_GROUP;
}
