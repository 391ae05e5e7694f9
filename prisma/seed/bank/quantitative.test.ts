import { describe, expect, it } from "vitest";
import type { BankItem } from "./item.js";
import { quantitativeItems } from "./quantitative.js";

const items = quantitativeItems();
const keyText = (item: BankItem): string => item.options.find(({ key }) => key === item.correct)?.text ?? "";
const plain = (text: string): string => text.replaceAll("{,}", ",");
const number = (text: string): number =>
  Number(
    text
      .replaceAll(" ", "")
      .replaceAll(/\.(?=\d{3})/g, "")
      .replace(",", "."),
  );
/** Value of an option: a number, or a fraction in LaTeX. */
function value(text: string): number {
  const fraction = /\\frac\{(\d+)\}\{(\d+)\}/.exec(text);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  return number(/-?\d[\d.]*(,\d+)?/.exec(plain(text))?.[0] ?? "NaN");
}
/** Numbers in the groups of a pattern; a sign may be apart, and a missing coefficient is 1. */
const numbers = (pattern: RegExp, text: string): number[] =>
  (pattern.exec(plain(text)) ?? [])
    .slice(1)
    .map((g) => (/\d/.test(g) ? number(g.replace("+", "")) : /-/.test(g) ? -1 : 1));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const pairs = (from: number, to: number): [number, number][] =>
  range(from, to).flatMap((x) => range(from, to).map((y): [number, number] => [x, y]));
const only = <T>(found: readonly T[]): T => {
  expect(found).toHaveLength(1);
  return found[0] as T;
};
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** One solver for each topic, working from the text of the item alone, by search where possible. */
const SOLVERS: Readonly<Record<string, (stem: string) => number>> = {
  "Persamaan linear": (s) => {
    const [a = 0, b = 0, c = 0, d = 0] = numbers(/\$(\d+)\(x ([+-] \d+)\) = (\d+)x ([+-] [\d.]+)\$/, s);
    return only(range(-300, 300).filter((x) => a * (x + b) === c * x + d));
  },
  "Sistem persamaan linear": (s) => {
    const [a = 0, b = 0, p, c = 0, d = 0, q] = numbers(
      /\$(\d+)x \+ (\d+)y = (-?\d+)\$ dan \$(\d+)x - (\d+)y = (-?\d+)\$/,
      s,
    );
    const [k = 0, m = 0] = numbers(/Nilai \$(\d*)x ([+-] \d*)y\$/, s.replace("+ y", "+ 1y").replace("- y", "- 1y"));
    const [x, y] = only(pairs(-30, 30).filter(([u, v]) => a * u + b * v === p && c * u - d * v === q));
    return k * x + m * y;
  },
  "Persamaan kuadrat": (s) => {
    const [b = 0, c = 0] = numbers(/\$x\^2 ([+-] \d*)x ([+-] \d+) = 0\$/, s);
    const roots = range(-60, 60).filter((x) => x * x + b * x + c === 0);
    expect(roots).toHaveLength(2);
    const [p = 0, q = 0] = roots;
    return s.includes("+ 1)") ? (p + 1) * (q + 1) : s.includes("- \\beta)^2") ? (p - q) ** 2 : p * p + q * q;
  },
  "Komposisi fungsi": (s) => {
    const [a = 0, b = 0, c = 0] = numbers(/f\(x\) = (\d+)x ([+-] \d+)\$ dan \$g\(x\) = x\^2 ([+-] \d+)\$/, s);
    const [k = 0] = numbers(/circ [fg]\)\((\d+)\)/, s);
    return s.includes("f \\circ g") ? a * (k * k + c) + b : (a * k + b) ** 2 + c;
  },
  "Fungsi invers": (s) => {
    const [a = 0, b = 0, v, d = 0] = numbers(
      /f\(x\) = (\d+)x ([+-] \d+)\$\. Nilai \$f\^\{-1\}\((-?\d+)\) \+ (\d+)\$/,
      s,
    );
    return only(range(-100, 100).filter((x) => a * x + b === v)) + d;
  },
  "Pertidaksamaan nilai mutlak": (s) => {
    const [a = 0, b = 0] = numbers(/\|2x - (\d+)\| < (\d+)/, s);
    return range(-100, 100).filter((x) => Math.abs(2 * x - a) < b).length;
  },
  "Persamaan garis": (s) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0] = numbers(
      /\((-?\d+), (-?\d+)\)\$ dan \$\((-?\d+), (-?\d+)\)\$(?:.*\((\d+), k\))?/,
      s,
    );
    const on = (x: number): number => ((x - x2) * y1 - (x - x1) * y2) / (x1 - x2);
    return s.includes("Gradien") ? on(x1 + 1) - on(x1) : s.includes("sumbu") ? on(0) : on(x3);
  },
  Aritmetika: (s) => {
    const [i = 0, j = 0, u, v] = numbers(/Suku ke-(\d+) dan suku ke-(\d+) .* adalah (\d+) dan (\d+)\./, s);
    const [total, term] = [/Jumlah (\d+) suku/.exec(s)?.[1], / Suku ke-(\d+) barisan/.exec(s)?.[1]];
    const [first, d] = only(pairs(0, 40).filter(([a, b]) => a + (i - 1) * b === u && a + (j - 1) * b === v));
    const terms = range(0, Number(total ?? term) - 1).map((k) => first + k * d);
    return total ? sum(terms) : (terms.at(-1) ?? Number.NaN);
  },
  Perbandingan: (s) => {
    const [m = 0, n = 0, p = 0, q = 0, total] = numbers(
      /a : b = (\d+) : (\d+)\$, \$b : c = (\d+) : (\d+)\$, dan \$a \+ b \+ c = ([\d.]+)\$/,
      s,
    );
    const triple = only(range(1, 2000).filter((b) => b + (b * m) / n + (b * q) / p === total));
    return { a: (triple * m) / n, b: triple, c: (triple * q) / p }[/Nilai \$(\w)\$/.exec(s)?.[1] ?? ""] ?? Number.NaN;
  },
  Persentase: (s) => {
    const [p = 0, q = 0] = numbers(/naik (\d+)%, kemudian (?:naik lagi|turun) (\d+)%/, s);
    const once = 100 + 100 * (p / 100);
    return once + (s.includes("turun") ? -1 : 1) * once * (q / 100);
  },
  Pangkat: (s) => {
    const [b = 0, a = 0, b2 = 0, e = 0, b3 = 0, c = 0] = numbers(
      /frac\{(\d+)\^\{(\d+)\} \\cdot (\d+)\^\{(\d+)\}\}\{(\d+)\^\{(\d+)\}\}/,
      s,
    );
    return only(range(-20, 30).filter((n) => Math.abs((b ** a * b2 ** e) / b3 ** c / b ** n - 1) < 1e-9));
  },
  Keterbagian: (s) => {
    const [r = 0, d = 0, k = 0, m = 0] = numbers(/bersisa (\d+) jika dibagi (\d+)\. .* \$(\d+)n \+ (\d+)\$/, s);
    return only([
      ...new Set(
        range(1, 500)
          .filter((n) => n % d === r)
          .map((n) => (k * n + m) % d),
      ),
    ]);
  },
  "KPK dan FPB": (s) => {
    const divisors = numbers(/dibagi (\d+), (\d+), dan (\d+)/, s);
    const [limit = 0, r = 0] = s.includes("bersisa") ? numbers(/lebih dari (\d+) dan bersisa (\d+)/, s) : [99, 0];
    const found = range(limit + 1, s.includes("bersisa") ? 5000 : 999).filter((n) =>
      divisors.every((d) => n % d === r),
    );
    return (s.includes("bersisa") ? found[0] : found.at(-1)) ?? Number.NaN;
  },
  "Rata-rata gabungan": (s) => {
    const list = (s.match(/\d+/g) ?? []).map(Number);
    const [n1 = 0, a = 0] = list;
    const join = (n2: number, b: number): number =>
      sum([...range(1, n1).map(() => a), ...range(1, n2).map(() => b)]) / (n1 + n2);
    if (!s.includes("digabung"))
      return join(...(/rata-rata (\d+) data lain adalah (\d+)/.exec(s)?.slice(1).map(Number) as [number, number]));
    return only(range(1, 200).filter((b) => join(list[2] ?? 0, b) === list[3]));
  },
  "Perubahan rata-rata": (s) => {
    const [n = 0, mean = 0, old = 0, fresh = 0] = (s.match(/\d+/g) ?? []).map(Number);
    const rest = range(1, n - 1).map(() => (n * mean - old) / (n - 1));
    return sum([...rest, fresh]) / n;
  },
  Median: (s) => {
    const known = (/data ([\d, ]+), \$p/.exec(s)?.[1] ?? "").split(", ").map(Number);
    const mean = Number(/adalah (\d+)\. Median/.exec(s)?.[1]);
    const p = only(range(-100, 200).filter((v) => sum([...known, v]) / 7 === mean));
    return [...known, p].toSorted((a, b) => a - b)[3] ?? Number.NaN;
  },
  "Teorema Pythagoras": (s) => {
    const [d = 0, a = 0] = numbers(/adalah (\d+) cm dan lebarnya (\d+) cm/, s);
    const b = only(range(1, 200).filter((x) => x * x + a * a === d * d));
    return s.includes("Luas") ? a * b : a + b + a + b;
  },
  Lingkaran: (s) => {
    const [r = 0, outer = 0] = numbers(/berjari-jari (\d+) cm dan (\d+) cm/, s);
    return (Math.PI * outer ** 2 - Math.PI * r ** 2) / Math.PI;
  },
  "Sudut segitiga": (s) => {
    const parts = numbers(/berbanding (\d+) : (\d+) : (\d+)/, s);
    const degrees = parts.map((p) => (p / sum(parts)) * 180);
    return s.includes("Selisih") ? Math.max(...degrees) - Math.min(...degrees) : Math.max(...degrees);
  },
  Balok: (s) => {
    const [p = 0, q = 0, r = 0] = numbers(/adalah (\d+) cm², (\d+) cm², dan (\d+) cm²/, s);
    const [a, b, c] = only(
      pairs(1, 60)
        .map(([x, y]) => [x, y, q / y] as const)
        .filter(([x, y, z]) => x * y === p && x * z === r),
    );
    return s.includes("Volume") ? a * b * c : a + b + c;
  },
  "Pengambilan tanpa pengembalian": (s) => {
    const [r = 0, w = 0] = numbers(/(\d+) bola merah dan (\d+) bola putih/, s);
    const balls = range(0, r + w - 1).map((i) => i < r);
    const outcomes = balls.flatMap((a, i) => balls.flatMap((b, j) => (i < j ? [[a, b] as const] : [])));
    const wanted = outcomes.filter(([a, b]) =>
      s.includes("kedua bola merah") ? a && b : s.includes("berbeda") ? a !== b : a === b,
    );
    return wanted.length / outcomes.length;
  },
  "Dua dadu": (s) => {
    const limit = Number(/(?:lebih dari|tepat|kelipatan) (\d+)/.exec(s)?.[1]);
    const wanted = pairs(1, 6).filter(([a, b]) =>
      s.includes("jumlah") ? a + b > limit : s.includes("selisih") ? Math.abs(a - b) === limit : (a * b) % limit === 0,
    );
    return wanted.length / 36;
  },
  Kombinasi: (s) => {
    const [m = 0, w = 0] = numbers(/Dari (\d+) siswa putra dan (\d+) siswa putri/, s);
    const teams = range(0, 2 ** (m + w) - 1).map((mask) => range(0, m + w - 1).filter((i) => (mask >> i) & 1));
    return teams.filter((team) => team.length === 3 && team.filter((i) => i < m).length === 2).length;
  },
};

const byTopic = (name: string): BankItem[] => items.filter((item) => item.topic.endsWith(`/${name}`));

describe("quantitative items", () => {
  it.each(Object.keys(SOLVERS))("%s: key found independently", (name) => {
    expect(byTopic(name).length).toBeGreaterThan(0);
    for (const item of byTopic(name)) {
      const answer = SOLVERS[name]?.(item.stem) ?? Number.NaN;
      expect(answer, item.stem).toBeCloseTo(value(keyText(item)), 9);
      const close = item.options.filter(({ text }) => Math.abs(value(text) - answer) < 1e-9);
      expect(close, item.stem).toHaveLength(1);
    }
  });

  /** Numeric value of a LaTeX expression with roots, such as 3\sqrt{5} or 2(\sqrt{7} + \sqrt{3}). */
  function surd(text: string): number {
    const tex = text.replaceAll("$", "");
    const fraction = /^\\frac\{(\d+)\}\{(.+)\}$/.exec(tex);
    if (fraction) return Number(fraction[1]) / surd(fraction[2] ?? "");
    const bracket = /^(\d*)\((.+)\)$/.exec(tex);
    if (bracket) return Number(bracket[1] || 1) * surd(bracket[2] ?? "");
    const terms = [...tex.matchAll(/([+-]?) ?(\d*)\\sqrt\{(\d+)\}/g)];
    expect(terms.length).toBeGreaterThan(0);
    return sum(terms.map(([, sign, k, r]) => (sign === "-" ? -1 : 1) * Number(k || 1) * Math.sqrt(Number(r))));
  }
  it.each(["Bentuk akar", "Merasionalkan penyebut"])("%s: only the key has the same value", (name) => {
    expect(byTopic(name).length).toBeGreaterThan(1);
    for (const item of byTopic(name)) {
      const target = surd(/\$(.+?)\$/.exec(item.stem)?.[1] ?? "");
      const equal = item.options.filter(({ text }) => Math.abs(surd(text) - target) < 1e-9);
      expect(
        equal.map(({ key }) => key),
        item.stem,
      ).toEqual([item.correct]);
    }
  });

  /** Pairs (P, Q) over many situations that satisfy what is given. */
  function situations(stem: string): [number, number][] {
    const [p = "", q = ""] = (stem.split("\n").find((l) => l.startsWith("| ") && !/\$P\$|---/.test(l)) ?? "")
      .split("|")
      .slice(1, 3)
      .map((c) => c.trim());
    if (stem.includes("x^2 = ")) {
      const square = Number(/x\^2 = (\d+)/.exec(stem)?.[1]);
      return range(-99, 99)
        .filter((x) => x * x === square)
        .map((x) => [x, value(q)]);
    }
    if (stem.includes("0 < x < 1")) return range(1, 999).map((i) => [(i / 1000) ** 2, i / 1000]);
    if (stem.includes("xy = ")) {
      const product = Number(/xy = (\d+)/.exec(stem)?.[1]);
      return pairs(1, 99)
        .filter(([x, y]) => x * y === product)
        .map(([x, y]) => [x + y, value(q)]);
    }
    if (p.includes("% dari")) {
      const part = (text: string): number => {
        const [a = 0, b = 0] = (text.match(/\d+/g) ?? []).map(Number);
        return (a * b) / 100;
      };
      return [[part(p), part(q)]];
    }
    if (stem.includes("lingkaran")) {
      const side = value(/sisinya (\d+) cm/.exec(stem)?.[1] ?? "");
      return [[side * side, (Math.PI * side * side) / 4]];
    }
    if (stem.includes("kecepatan rata-rata")) {
      const [v1 = 0, v2 = 0] = [...stem.matchAll(/kecepatan (\d+) km/g)].map((m) => Number(m[1]));
      return [60, 120, 500].map((d) => [(2 * d) / (d / v1 + d / v2), value(q)]);
    }
    const list = range(1, Number(/sampai (\d+)/.exec(p)?.[1]));
    return [[sum(list) / list.length, list[(list.length - 1) / 2] ?? Number.NaN]];
  }
  it("Membandingkan kuantitas: the key is the only statement true in every situation", () => {
    const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;
    const relations: ((p: number, q: number) => boolean)[] = [
      (p, q) => p > q && !near(p, q),
      (p, q) => p < q && !near(p, q),
      near,
      (p, q) => near(p, 2 * q),
    ];
    expect(byTopic("Membandingkan kuantitas")).toHaveLength(7);
    for (const item of byTopic("Membandingkan kuantitas")) {
      const cases = situations(item.stem);
      expect(cases.length, item.stem).toBeGreaterThan(0);
      const always = relations.flatMap((relation, i) =>
        cases.every(([p, q]) => relation(p, q)) ? ["ABCD".charAt(i)] : [],
      );
      expect(always.length > 0 ? always : ["E"], item.stem).toEqual([item.correct]);
    }
  });

  it("Kecukupan data: key found by enumerating models", () => {
    interface Puzzle {
      models: readonly unknown[];
      first: (m: never) => boolean;
      second: (m: never) => boolean;
      answer: (m: never) => unknown;
    }
    const puzzle = <M>(
      models: readonly M[],
      first: (m: M) => boolean,
      second: (m: M) => boolean,
      answer: (m: M) => unknown,
    ): Puzzle => ({ models, first, second, answer });
    const puzzles: Readonly<Record<string, Puzzle>> = {
      "2x + y": puzzle(
        pairs(-20, 20),
        ([x, y]) => 2 * x + y === 10,
        ([, y]) => y === 4,
        ([x]) => x,
      ),
      "habis dibagi 6": puzzle(
        range(1, 400),
        (n) => n % 12 === 0,
        (n) => n % 3 === 0,
        (n) => n % 6 === 0,
      ),
      persegi: puzzle(
        range(1, 200),
        (s) => 4 * s === 36,
        (s) => Math.abs(s * Math.SQRT2 - 9 * Math.SQRT2) < 1e-9,
        (s) => s * s,
      ),
      Rani: puzzle(
        pairs(1, 60),
        ([r, b]) => r === b + 4,
        ([r, b]) => 2 * r === 2 * b + 8,
        ([r]) => r,
      ),
      "x^3": puzzle(
        range(-60, 60),
        (x) => x * x === 49,
        (x) => x ** 3 === -343,
        (x) => x,
      ),
      "x > y": puzzle(
        pairs(-8, 8),
        ([x, y]) => x * x > y * y,
        ([x, y]) => x > 0 && y > 0,
        ([x, y]) => x > y,
      ),
    };
    const found = byTopic("Kecukupan data");
    expect(found).toHaveLength(Object.keys(puzzles).length);
    for (const item of found) {
      const { models, first, second, answer } = only(
        Object.entries(puzzles).filter(([mark]) => item.stem.includes(mark)),
      )[1];
      const settled = (...rules: ((m: never) => boolean)[]): boolean =>
        new Set(models.filter((m) => rules.every((rule) => rule(m as never))).map((m) => answer(m as never))).size ===
        1;
      const [one, other] = [settled(first), settled(second)];
      const key = one ? (other ? "D" : "A") : other ? "B" : settled(first, second) ? "C" : "E";
      expect(key, item.stem).toBe(item.correct);
    }
  });

  it("checks every topic", () => {
    const checked = [
      ...Object.keys(SOLVERS),
      "Bentuk akar",
      "Merasionalkan penyebut",
      "Membandingkan kuantitas",
      "Kecukupan data",
    ];
    expect(new Set(items.map((item) => item.topic.split("/")[1]))).toEqual(new Set(checked));
  });
});
