import type { ItemParameters } from "../psychometrics/model.js";
import { type DifficultyBand, bandOf } from "../question/question.rules.js";
import { FlowNetwork } from "./assignment.js";

/** How many items of a topic, or of a difficulty. */
export interface Share<Of extends string> {
  readonly of: Of;
  readonly count: number;
}

/** What one section of a tryout shall consist of. */
export interface SectionBlueprint {
  readonly subtest: string;
  readonly itemCount: number;
  /** Items that are in it whatever the rest says; they count towards all shares. */
  readonly itemIds: readonly string[];
  /** Empty: any. Otherwise the counts add up to `itemCount`. */
  readonly topics: readonly Share<string>[];
  readonly difficulties: readonly Share<DifficultyBand>[];
}

export interface Blueprint {
  readonly sections: readonly SectionBlueprint[];
  /** The least Fisher information of the whole paper at an ability. */
  readonly targetInformation: { readonly ability: number; readonly minimum: number } | null;
  /** Items that were shown in this many sittings or more are left out. */
  readonly maximumExposure: number | null;
}

export interface Candidate extends ItemParameters {
  readonly itemId: string;
  readonly subtest: string;
  readonly topic: string;
  readonly passageId: string | null;
  readonly exposureCount: number;
}

/** A constraint that the bank cannot meet. */
export interface Shortage {
  /** Where in the blueprint, e.g. `sections.0.topics.1`. */
  readonly path: string;
  readonly message: string;
}

export type Composition =
  | { readonly sections: readonly { readonly subtest: string; readonly items: readonly Candidate[] }[] }
  | { readonly shortages: readonly Shortage[] };

/**
 * The Fisher information of an item of the three-parameter model: a²·(Q/P)·((P − c)/(1 − c))² (Birnbaum 1968; Lord 1980,
 * equation 5-9).
 */
export function informationOf({ discrimination, difficulty, guessing }: ItemParameters, ability: number): number {
  const logistic = 1 / (1 + Math.exp(-discrimination * (ability - difficulty)));
  const right = guessing + (1 - guessing) * logistic;
  return discrimination ** 2 * ((1 - right) / right) * logistic ** 2;
}

/**
 * Chooses items for each section so that every count is met exactly. Of all such choices it takes the one with the most
 * information at the target ability, and without a target the one whose items were shown least.
 */
export function compose(blueprint: Blueprint, candidates: readonly Candidate[]): Composition {
  const { sections, targetInformation, maximumExposure } = blueprint;
  const cost = (item: Candidate): number =>
    targetInformation === null ? item.exposureCount : -informationOf(item, targetInformation.ability);
  const composed = sections.map((section, index) => {
    const ofSubtest = candidates.filter(({ subtest }) => subtest === section.subtest);
    const fixed = ofSubtest.filter(({ itemId }) => section.itemIds.includes(itemId));
    const free = ofSubtest.filter(
      (item) => !fixed.includes(item) && (maximumExposure === null || item.exposureCount < maximumExposure),
    );
    return composeSection(section, `sections.${index}`, { fixed, free, cost });
  });
  const shortages = composed.flatMap((section) => ("shortages" in section ? section.shortages : []));
  const chosen = composed.flatMap((section) => ("items" in section ? [section] : []));
  if (shortages.length > 0) return { shortages };
  const lacking = informationShortage(
    chosen.flatMap(({ items }) => items),
    targetInformation,
  );
  return lacking === undefined ? { sections: chosen } : { shortages: [lacking] };
}

interface Choice {
  readonly fixed: readonly Candidate[];
  readonly free: readonly Candidate[];
  readonly cost: (item: Candidate) => number;
}

type SectionComposition =
  | { readonly subtest: string; readonly items: readonly Candidate[] }
  | { readonly shortages: readonly Shortage[] };

function composeSection(section: SectionBlueprint, path: string, { fixed, free, cost }: Choice): SectionComposition {
  const { subtest, itemCount } = section;
  const wanted = itemCount - fixed.length;
  const topics = remaining(section.topics, fixed, ({ topic }) => topic, wanted);
  const bands = remaining(section.difficulties, fixed, ({ difficulty }) => bandOf(difficulty), wanted);
  const shortages = [
    ...shortagesOf(`${path}.itemCount`, subtest, [{ of: "", count: wanted }], free, () => ""),
    ...shortagesOf(`${path}.topics`, subtest, topics, free, topicIn(topics)),
    ...shortagesOf(`${path}.difficulties`, subtest, bands, free, bandIn(bands)),
  ];
  if (shortages.length > 0) return { shortages };
  const items = assign(topics, bands, free, cost);
  if (items.length === wanted) return { subtest, items: inSets([...fixed, ...items]) };
  const message = `Subtest ${subtest}: topics and difficulties together lack ${wanted - items.length} of ${wanted} items.`;
  return { shortages: [{ path, message }] };
}

const ANY = "*";

/** What is left to choose of each share; one share of anything when nothing is said. */
function remaining<Of extends string>(
  shares: readonly Share<Of>[],
  fixed: readonly Candidate[],
  of: (item: Candidate) => string,
  wanted: number,
): Share<string>[] {
  if (shares.length === 0) return [{ of: ANY, count: wanted }];
  return shares.map((share) => ({
    of: share.of,
    count: share.count - fixed.filter((item) => of(item) === share.of).length,
  }));
}

const topicIn = (shares: readonly Share<string>[]) => (item: Candidate) => (shares[0]?.of === ANY ? ANY : item.topic);
const bandIn = (shares: readonly Share<string>[]) => (item: Candidate) =>
  shares[0]?.of === ANY ? ANY : bandOf(item.difficulty);

function shortagesOf(
  path: string,
  subtest: string,
  shares: readonly Share<string>[],
  free: readonly Candidate[],
  of: (item: Candidate) => string,
): Shortage[] {
  return shares.flatMap((share, index) => {
    const available = free.filter((item) => of(item) === share.of).length;
    if (share.of === ANY || (share.count >= 0 && available >= share.count)) return [];
    const what = share.of === "" ? `Subtest ${subtest}` : `Subtest ${subtest}, ${share.of}`;
    const message =
      share.count < 0
        ? `${what}: the chosen items are ${-share.count} too many.`
        : `${what}: ${share.count} items are wanted and ${available} are there, so ${share.count - available} are lacking.`;
    return [{ path: share.of === "" ? path : `${path}.${index}`, message }];
  });
}

/** The cheapest items that meet the counts of topics and of difficulties at once: a flow of least cost. */
function assign(
  topics: readonly Share<string>[],
  bands: readonly Share<string>[],
  free: readonly Candidate[],
  cost: (item: Candidate) => number,
): Candidate[] {
  const [source, sink] = [0, 1];
  const firstBand = 2 + topics.length;
  const firstItem = firstBand + bands.length;
  const network = new FlowNetwork(firstItem + 2 * free.length);
  for (const [index, { count }] of topics.entries()) network.connect(source, 2 + index, count);
  for (const [index, { count }] of bands.entries()) network.connect(firstBand + index, sink, count);
  const [topicOf, bandOfItem] = [topicIn(topics), bandIn(bands)];
  const arcs = free.map((item, index) => {
    const topic = topics.findIndex(({ of }) => of === topicOf(item));
    const band = bands.findIndex(({ of }) => of === bandOfItem(item));
    const node = firstItem + 2 * index;
    if (topic >= 0) network.connect(2 + topic, node, 1);
    if (band >= 0) network.connect(node + 1, firstBand + band, 1);
    return network.connect(node, node + 1, 1, cost(item));
  });
  network.maximize(source, sink);
  return free.filter((_, index) => network.isUsed(arcs[index] ?? -1));
}

/** Items of one passage stand together. */
function inSets(items: readonly Candidate[]): Candidate[] {
  return [...Map.groupBy(items, ({ passageId, itemId }) => passageId ?? itemId).values()].flat();
}

function informationShortage(
  items: readonly Candidate[],
  target: Blueprint["targetInformation"],
): Shortage | undefined {
  if (target === null) return undefined;
  const reached = items.reduce((sum, item) => sum + informationOf(item, target.ability), 0);
  if (reached >= target.minimum) return undefined;
  const message = `At ability ${target.ability} the most that these counts allow is an information of ${reached.toFixed(2)}, which lacks ${(target.minimum - reached).toFixed(2)}.`;
  return { path: "targetInformation", message };
}
