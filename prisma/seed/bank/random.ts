/**
 * A small seeded source of pseudo-random numbers, without dependencies.
 *
 * The same seed always gives the same sequence, on every machine, so demo data
 * can be rebuilt identically. It is not suitable for secrets or for security.
 *
 * Use `fork` to give each simulated person, day or generator its own stream:
 * what one stream draws then never shifts the values of another.
 *
 * ```ts
 * const world = createRandom("lentera-demo");
 * const student = world.fork("student/17");
 * const ability = student.normal(0, 1);
 * const correct = student.chance(0.2 + 0.8 / (1 + Math.exp(-(ability - 0.5))));
 * ```
 */
export interface Random {
  /** Uniform real number in [0, 1). */
  readonly next: () => number;
  /** Uniform whole number between `min` and `max`, both included. */
  readonly integer: (min: number, max: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** One element, each equally likely. Throws on an empty list. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** A shuffled copy (Fisher-Yates); the list given is left as it was. */
  readonly shuffle: <T>(list: readonly T[]) => T[];
  /** A normally distributed number (Box-Muller). */
  readonly normal: (mean?: number, deviation?: number) => number;
  /**
   * A new stream that depends only on this stream's seed and the label,
   * not on how many numbers have been drawn so far.
   */
  readonly fork: (label: string) => Random;
}

/** FNV-1a hash of a string, as an unsigned 32-bit whole number. */
export function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** The mulberry32 generator: period 2^32, good enough for simulation of demo data. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Creates the stream that belongs to `seed`. */
export function createRandom(seed: string): Random {
  const next = mulberry32(hashString(seed));

  function integer(min: number, max: number): number {
    if (!Number.isInteger(min) || !Number.isInteger(max) || min > max) {
      throw new RangeError(`No whole number between ${min} and ${max}`);
    }
    return min + Math.floor(next() * (max - min + 1));
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError("Cannot pick from an empty list");
    return list[integer(0, list.length - 1)] as T;
  }

  function shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i -= 1) {
      const j = integer(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  function normal(mean = 0, deviation = 1): number {
    // 1 - next() lies in (0, 1], which keeps the logarithm finite.
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * next());
  }

  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick,
    shuffle,
    normal,
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
