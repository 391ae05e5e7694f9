import { describe, expect, it } from "vitest";
import type { BankItem } from "./item.js";
import { CLAUSES, reasoningItems } from "./reasoning.js";

const items = reasoningItems();
const topic = (name: string): BankItem[] => items.filter((item) => item.topic.endsWith(`/${name}`));
const keyText = (item: BankItem): string => item.options.find(({ key }) => key === item.correct)?.text ?? "";
const wrongTexts = (item: BankItem): string[] =>
  item.options.filter(({ key }) => key !== item.correct).map(({ text }) => text);
const value = (text: string): number =>
  Number((text.match(/-?[\d.]+(,\d+)?/)?.[0] ?? "NaN").replaceAll(".", "").replace(",", "."));
const n = (list: readonly number[], index: number): number => list[index] ?? Number.NaN;
const diffs = (t: readonly number[]): number[] => t.slice(1).map((v, i) => v - n(t, i));
const constant = (list: readonly number[]): boolean => list.every((v) => v === list[0]);
/** Topics whose keys are found again below; the others are written by hand. */
const CHECKED = [
  "Barisan bilangan",
  "Barisan huruf",
  "Silogisme",
  "Logika implikasi",
  "Penyusunan urutan",
  "Perbandingan",
  "Pernyataan benar dan salah",
  "Membaca tabel",
  "Operasi yang didefinisikan",
  "Pola tabel bilangan",
  "Sandi",
  "Himpunan",
];
/** Runs a check on every item of one topic, which must have at least so many. */
function each(name: string, least: number, check: (item: BankItem) => void): void {
  expect(CHECKED).toContain(name);
  expect(topic(name).length).toBeGreaterThanOrEqual(least);
  topic(name).forEach(check);
}

/** Rules a series may follow; each gives the next term, or undefined when the rule does not fit. */
const RULES: readonly ((t: readonly number[]) => number | undefined)[] = [
  (t) =>
    constant(diffs(diffs(t))) ? n(t, t.length - 1) + n(diffs(t), t.length - 2) + n(diffs(diffs(t)), 0) : undefined,
  (t) => {
    const [m, k] = [n(t, 1) / n(t, 0), n(t, 1) - n(t, 2)];
    const next = (v: number, i: number): number => (i % 2 === 0 ? v * m : v - k);
    return t.slice(1).every((v, i) => v === next(n(t, i), i)) ? next(n(t, t.length - 1), t.length - 1) : undefined;
  },
  (t) => {
    const next = (i: number): number => 2 * n(t, i - 2) - n(t, i - 4);
    return t.every((v, i) => i < 4 || v === next(i)) ? next(t.length) : undefined;
  },
  (t) =>
    t.every((v, i) => i < 2 || v === n(t, i - 1) + n(t, i - 2)) ? n(t, t.length - 1) + n(t, t.length - 2) : undefined,
  (t) => {
    const m = (n(t, 2) - n(t, 1)) / (n(t, 1) - n(t, 0));
    const next = (v: number): number => n(t, 1) + (v - n(t, 0)) * m;
    return t.slice(1).every((v, i) => v === next(n(t, i))) ? next(n(t, t.length - 1)) : undefined;
  },
  (t) => (diffs(t).every((d, i) => d === (i + 1) ** 2) ? n(t, t.length - 1) + t.length ** 2 : undefined),
  (t) => {
    const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23];
    return diffs(t).every((d, i) => d === primes[i]) ? n(t, t.length - 1) + n(primes, t.length - 1) : undefined;
  },
  (t) => (t.slice(1).every((v, i) => v === n(t, i) * (i + 2)) ? n(t, t.length - 1) * (t.length + 1) : undefined),
];
const predictions = (t: readonly number[]): number[] => [
  ...new Set(RULES.map((rule) => rule(t)).filter((v): v is number => v !== undefined)),
];

/** Categorical statements over the terms of one item, as sets of inhabited regions. */
type Model = readonly number[];
function categorical(sentence: string, terms: string[]): (model: Model) => boolean {
  const match = [
    /^Semua (.+) adalah (.+)\.$/,
    /^Tidak ada (.+) yang merupakan (.+)\.$/,
    /^Sebagian (.+) adalah (.+)\.$/,
    /^Sebagian (.+) bukan (.+)\.$/,
  ].map((pattern) => pattern.exec(sentence));
  const form = match.findIndex(Boolean);
  const [, x = "", y = ""] = match[form] ?? [];
  expect(form, sentence).toBeGreaterThanOrEqual(0);
  for (const term of [x, y]) if (!terms.includes(term)) terms.push(term);
  const [i, j] = [terms.indexOf(x), terms.indexOf(y)];
  const has = (region: number, term: number): boolean => ((region >> term) & 1) === 1;
  const some = (model: Model, both: boolean): boolean => model.some((r) => has(r, i) && has(r, j) === both);
  return (model) => [!some(model, false), !some(model, true), some(model, true), some(model, false)][form] ?? false;
}
function* models(size: number): Generator<Model> {
  const regions = Array.from({ length: 2 ** size }, (_, r) => r);
  for (let mask = 0; mask < 2 ** regions.length; mask += 1) yield regions.filter((r) => (mask >> r) & 1);
}

/** Truth function of an Indonesian compound sentence built from CLAUSES. */
type Row = readonly boolean[];
function compound(sentence: string): (row: Row) => boolean {
  const text = sentence.replace(/\.$/, "").replace(/^./, (c) => c.toLowerCase());
  const implication = /^jika (.+), maka (.+)$/.exec(text);
  if (implication) {
    const [left, right] = [compound(implication[1] ?? ""), compound(implication[2] ?? "")];
    return (row) => !left(row) || right(row);
  }
  for (const [word, every] of [
    [" atau ", false],
    [" dan ", true],
  ] as const) {
    if (!text.includes(word)) continue;
    const parts = text.split(word).map(compound);
    return (row) => (every ? parts.every((p) => p(row)) : parts.some((p) => p(row)));
  }
  const same = (clause: string): boolean => clause.toLowerCase() === text.toLowerCase();
  const atom = CLAUSES.findIndex((pair) => pair.some(same));
  expect(atom, text).toBeGreaterThanOrEqual(0);
  const positive = same(CLAUSES[atom]?.[0] ?? "");
  return (row) => row[atom] === positive;
}
/** All rows over the clauses a text mentions (the others are left false). */
function rows(text: string): Row[] {
  const used = CLAUSES.flatMap((pair, i) =>
    pair.some((c) => text.toLowerCase().includes(c.toLowerCase())) ? [i] : [],
  );
  return Array.from({ length: 2 ** used.length }, (_, bits) =>
    CLAUSES.map((__, i) => used.includes(i) && ((bits >> used.indexOf(i)) & 1) === 1),
  );
}

const PLACES = (function permute(list: readonly number[]): number[][] {
  return list.length < 2
    ? [[...list]]
    : list.flatMap((v) => permute(list.filter((w) => w !== v)).map((rest) => [v, ...rest]));
})([0, 1, 2, 3, 4]);
const NAMES = [
  ["Ayu", "Bima", "Citra", "Damar", "Eka"],
  ["Biologi", "Ekonomi", "Fisika", "Musik", "Sejarah"],
  ["sayur", "ikan", "beras", "bumbu", "buah"],
];
const SLOTS = [
  ["pertama", "Senin"],
  ["kedua", "Selasa"],
  ["ketiga", "Rabu"],
  ["keempat", "Kamis"],
  ["kelima", "Jumat"],
];
const slotOf = (text: string): number => SLOTS.findIndex((words) => words.some((word) => text.includes(word)));
const mentioned = (text: string, names: readonly string[]): number[] =>
  (text.match(new RegExp(`\\b(${names.join("|")})\\b`, "g")) ?? []).map((name) => names.indexOf(name));
const bullets = (stem: string): string[] =>
  stem
    .split("\n")
    .filter((l) => l.startsWith("- "))
    .map((l) => l.slice(2));

function clueHolds(clue: string, names: readonly string[], place: readonly number[]): boolean {
  const [x = -1, y = -1] = mentioned(clue, names);
  const distance = n(place, y) - n(place, x);
  if (clue.startsWith("Ada tepat")) return Math.abs(distance) === (clue.includes("tepat satu") ? 2 : 3);
  if (clue.includes("tidak")) return place[x] !== slotOf(clue);
  return clue.includes("tepat") ? distance === 1 : distance > 0;
}

describe("reasoning items", () => {
  it("Barisan bilangan: key found independently", () => {
    each("Barisan bilangan", 8, (item) => {
      const terms = (/\$([\d, -]+), \\ldots\$/.exec(item.stem)?.[1] ?? "").split(", ").map(Number);
      expect(predictions(terms), item.stem).toEqual([value(keyText(item))]);
    });
  });

  it("Barisan huruf: key found independently", () => {
    each("Barisan huruf", 5, (item) => {
      const code = (text: string): number => text.charCodeAt(0) - 65;
      const terms = (/[A-Z]( – [A-Z])+/.exec(item.stem)?.[0] ?? "").split(" – ").map(code);
      const zigzag = diffs(terms).every((d, i, all) => i < 2 || d === all[i - 2])
        ? [n(terms, 5) + n(diffs(terms), 3)]
        : [];
      expect(new Set([...predictions(terms), ...zigzag]), item.stem).toEqual(new Set([code(keyText(item))]));
    });
  });

  it("Silogisme: key found independently", () => {
    each("Silogisme", 8, (item) => {
      const terms: string[] = [];
      const premises = item.stem
        .split("\n")
        .flatMap((l) => (/^\(\d\)/.test(l) ? [categorical(l.slice(4), terms)] : []));
      const open = keyText(item).startsWith("Tidak ada simpulan");
      const key = open ? undefined : categorical(keyText(item), terms);
      const wrong = wrongTexts(item).map((text) => categorical(text, terms));
      const refuted = wrong.map(() => false);
      let keyHolds = true;
      for (const model of models(terms.length)) {
        if (!premises.every((p) => p(model))) continue;
        keyHolds &&= key?.(model) ?? true;
        const inhabited = terms.every((_, t) => model.some((region) => (region >> t) & 1));
        // Distractors must fail even if every group named has members.
        if (inhabited)
          wrong.forEach((w, i) => {
            if (!w(model)) refuted[i] = true;
          });
      }
      expect(keyHolds, item.stem).toBe(true);
      expect(refuted, item.stem).toEqual(wrong.map(() => true));
    });
  });

  it("Logika implikasi: key found independently", () => {
    each("Logika implikasi", 10, (item) => {
      const lines = item.stem.split("\n").slice(2, -2);
      const premises = lines.map((l) => compound(l.replace(/^\(\d\) /, "")));
      const all = rows([item.stem, ...item.options.map(({ text }) => text)].join(" "));
      const allowed = all.filter((row) => premises.every((p) => p(row)));
      const follows = (text: string): boolean => allowed.every(compound(text));
      const agrees = (text: string, flip: boolean): boolean =>
        all.every((row) => compound(text)(row) === (premises.every((p) => p(row)) !== flip));
      const undecided = (text: string): boolean => {
        const clause = compound(text.replace("Tidak dapat dipastikan apakah ", ""));
        return allowed.some(clause) && !allowed.every(clause);
      };
      const right = item.stem.includes("setara")
        ? (t: string) => agrees(t, false)
        : item.stem.includes("Ingkaran")
          ? (t: string) => agrees(t, true)
          : (t: string) => (t.startsWith("Tidak dapat dipastikan") ? undecided(t) : follows(t));
      expect(allowed.length).toBeGreaterThan(0);
      expect(right(keyText(item)), item.stem).toBe(true);
      for (const text of wrongTexts(item)) expect(right(text), `${item.stem} ${text}`).toBe(false);
    });
  });

  it("Penyusunan urutan: key found independently", () => {
    each("Penyusunan urutan", 6, (item) => {
      const setting = item.stem.split("\n")[0] ?? "";
      const names = NAMES.find((list) => mentioned(setting, list).length === 5) ?? [];
      expect(names).toHaveLength(5);
      const solutions = PLACES.filter((place) => bullets(item.stem).every((clue) => clueHolds(clue, names, place)));
      expect(solutions, item.stem).toHaveLength(1);
      const question = item.stem.split("\n").at(-1) ?? "";
      const [asked] = mentioned(question, names);
      const place = solutions[0] ?? [];
      const [found, key] =
        asked === undefined
          ? [names[place.indexOf(slotOf(question))], keyText(item)]
          : [place[asked], slotOf(keyText(item))];
      expect(found, item.stem).toBe(key);
    });
  });

  it("Perbandingan: key found independently", () => {
    each("Perbandingan", 4, (item) => {
      const pair = (text: string): string[] =>
        text
          .toLowerCase()
          .replace(".", "")
          .split(/ lebih \w+ daripada /);
      const names = [...new Set([...bullets(item.stem), ...item.options.map((o) => o.text)].flatMap(pair))];
      const holds = (text: string, place: readonly number[]): boolean => {
        const [x = "", y = ""] = pair(text);
        return n(place, names.indexOf(x)) < n(place, names.indexOf(y));
      };
      expect(names).toHaveLength(5);
      const allowed = PLACES.filter((place) => bullets(item.stem).every((clue) => holds(clue, place)));
      expect(allowed.every((place) => holds(keyText(item), place))).toBe(true);
      for (const text of wrongTexts(item))
        expect(
          allowed.every((place) => holds(text, place)),
          text,
        ).toBe(false);
    });
  });

  it("Pernyataan benar dan salah: key found independently", () => {
    each("Pernyataan benar dan salah", 3, (item) => {
      const claims = bullets(item.stem).map((line) => /^(\w+): “(.+)\.”$/.exec(line) ?? []);
      const isTrue = ([, speaker, claim = ""]: string[], guilty: string): boolean => {
        if (claim === "Bukan saya pelakunya") return guilty !== speaker;
        return claim.startsWith("Pelakunya bukan ") ? guilty !== claim.slice(16) : guilty === claim.slice(10);
      };
      const honest = ["nol", "satu", "dua", "tiga", "empat"].indexOf(/tepat (\w+) orang/.exec(item.stem)?.[1] ?? "");
      const guilty = item.options
        .map(({ text }) => text)
        .filter((name) => claims.filter((c) => isTrue(c, name)).length === honest);
      expect(guilty, item.stem).toEqual([keyText(item)]);
    });
  });

  it("Membaca tabel: key found independently", () => {
    each("Membaca tabel", 12, (item) => {
      const [head = [], , ...body] = (item.passage?.text ?? "").split("\n").map((l) =>
        l
          .split("|")
          .slice(1, -1)
          .map((c) => c.trim()),
      );
      const column = (name: string): number[] => body.map((row) => value(row[head.indexOf(name)] ?? ""));
      const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
      const inStem = head.slice(1).filter((name) => item.stem.includes(name));
      const first = column(inStem[0] ?? "");
      const answer = (): string | number | undefined => {
        if (item.stem.startsWith("Persentase")) {
          const growth = column(inStem[1] ?? "").map((v, i) => v / n(first, i));
          return body[growth.indexOf(Math.max(...growth))]?.[0];
        }
        if (item.stem.startsWith("Rata-rata")) return sum(first) / 5;
        if (item.stem.startsWith("Bagian")) {
          const row = body.findIndex((cells) => item.stem.startsWith(`Bagian ${cells[0]?.toLowerCase()} `));
          return (n(first, row) * 100) / sum(first);
        }
        const totals = head.slice(1).map((name) => sum(column(name)));
        return item.stem.startsWith("Selisih") ? Math.max(...totals) - Math.min(...totals) : undefined;
      };
      expect(answer(), item.stem).toBe(item.stem.startsWith("Persentase") ? keyText(item) : value(keyText(item)));
    });
  });

  const defined: Readonly<Record<string, (a: number, b: number) => number>> = {
    "a^2 - 2b": (a, b) => a ** 2 - 2 * b,
    "2a + 3b": (a, b) => 2 * a + 3 * b,
    "ab - a": (a, b) => a * (b - 1),
    "(a + b)^2 - ab": (a, b) => a * a + a * b + b * b,
    "3a - b^2": (a, b) => 3 * a - b ** 2,
  };
  it("Operasi yang didefinisikan: key found independently", () => {
    each("Operasi yang didefinisikan", 5, (item) => {
      const [, text = "", x, y, z] =
        /a \* b = (.+)\$\. Nilai dari \$\((\d+) \* (\d+)\) \* (\d+)\$/.exec(item.stem) ?? [];
      const apply = defined[text];
      expect(apply?.(apply(Number(x), Number(y)), Number(z))).toBe(value(keyText(item)));
    });
  });

  it("Pola tabel bilangan: key found independently", () => {
    each("Pola tabel bilangan", 4, (item) => {
      const rows = item.stem
        .split("\n")
        .filter((l) => /^\| \d/.test(l))
        .map((l) => l.split("|").slice(1, -1).map(Number));
      const laws: ((a: number, b: number) => number)[] = [];
      // Linear, product, square and difference laws with small whole coefficients.
      for (let p = -3; p <= 3; p += 1)
        for (let q = -3; q <= 3; q += 1) {
          for (let k = -3; k <= 3; k += 1)
            laws.push(
              (a, b) => p * a + q * b + k,
              (a, b) => a * b + p * a + q * b + k,
              (a, b) => a * a + p * a + q * b + k,
            );
        }
      const [a = 0, b = 0] = rows.at(-1) ?? [];
      const fitting = laws.filter((law) => rows.slice(0, -1).every(([x = 0, y = 0, z]) => law(x, y) === z));
      expect(fitting.length).toBeGreaterThan(0);
      expect(new Set(fitting.map((law) => law(a, b))), item.stem).toEqual(new Set([value(keyText(item))]));
    });
  });

  it("Sandi: key found independently", () => {
    each("Sandi", 4, (item) => {
      const [, plain = "", coded = "", word = ""] =
        /kata (\w+) disandikan menjadi (\w+), .* kata (\w+) /.exec(item.stem) ?? [];
      const at = (text: string, i: number): number => text.charCodeAt(i) - 65;
      const shifts = [...plain].map((_, i) => (at(coded, i) - at(plain, i) + 26) % 26);
      expect(constant(shifts) || constant(diffs(shifts)), item.stem).toBe(true);
      expect(word).toHaveLength(plain.length);
      expect([...word].map((_, i) => String.fromCharCode(65 + ((at(word, i) + n(shifts, i)) % 26))).join("")).toBe(
        keyText(item),
      );
    });
  });

  it("Himpunan: key found independently", () => {
    each("Himpunan", 5, (item) => {
      const [total = 0, a = 0, b = 0, none] = (item.stem.match(/\d+/g) ?? []).map(Number);
      const [, first = ""] = /siswa mengikuti (.+?) dan \d+/.exec(item.stem) ?? [];
      const overlaps = Array.from({ length: Math.min(a, b) + 1 }, (_, both) => both).filter((both) => {
        const outside = total - (a + b - both);
        return outside >= 0 && (none === undefined || outside === none);
      });
      expect(overlaps.length === 1 || none === undefined, item.stem).toBe(true);
      const both = Math.min(...overlaps);
      const answer = item.stem.includes("tepat satu")
        ? a + b - 2 * both
        : item.stem.includes(`${first} saja`)
          ? a - both
          : both;
      expect(answer, item.stem).toBe(value(keyText(item)));
    });
  });

  it("written arguments do not give the key away by its length", () => {
    const found = topic("Kekuatan argumen");
    const longest = found.filter((item) => wrongTexts(item).every((text) => text.length < keyText(item).length));
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(longest.length / found.length).toBeLessThanOrEqual(0.3);
  });

  it("leaves only written topics without an independent check", () => {
    const rest = new Set(items.map((item) => item.topic.split("/")[1] ?? "").filter((name) => !CHECKED.includes(name)));
    expect(rest).toEqual(new Set(["Kekuatan argumen", "Analogi", "Sebab dan akibat"]));
  });
});
