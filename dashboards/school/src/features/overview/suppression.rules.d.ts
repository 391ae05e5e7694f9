/** Whether a group's results are hidden. A group without results has nothing to hide. */
export declare function isSuppressed(attemptedCount: number): boolean;
