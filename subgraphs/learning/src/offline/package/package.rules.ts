import { maySitAgain } from "../../tryout/tryout.rules.js";

type Limit = Parameters<typeof maySitAgain>[0];

/** Whether a tryout is sat once: then a package has one sitting, and of several devices one counts. */
export function isSatOnce(tryout: Limit): boolean {
  return !maySitAgain(tryout, 1);
}

/** Clocks of sections, and an order of one's own, are kept by the server while one sits; a package has neither. */
export function canBePackaged(tryout: {
  readonly hasSectionClocks: boolean;
  readonly randomizeItems: boolean;
}): boolean {
  return !tryout.hasSectionClocks && !tryout.randomizeItems;
}
