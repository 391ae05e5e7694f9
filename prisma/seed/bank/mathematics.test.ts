import { describe, expect, it } from "vitest";
import type { BankItem } from "./item.js";
import { mathematicsItems } from "./mathematics.js";

const items = mathematicsItems();
const keyText = (item: BankItem): string => item.options.find(({ key }) => key === item.correct)?.text ?? "";
const number = (text: string): number => Number(text.replaceAll(".", "").replace(",", "."));
/** Value of an option: fraction, time of day or duration in minutes, or a number with a unit. */
function value(text: string): number {
  const fraction = /\\frac\{(\d+)\}\{(\d+)\}/.exec(text);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  const clock = /^pukul (\d\d)\.(\d\d)$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  if (/ (jam|menit)$/.test(text)) {
    return 60 * number(/([\d,]+) jam/.exec(text)?.[1] ?? "0") + number(/([\d.]+) menit/.exec(text)?.[1] ?? "0");
  }
  return number(/\d[\d.]*(,\d+)?/.exec(text)?.[0] ?? "NaN");
}
/** Numbers in the groups of a pattern, which must match. */
function get(pattern: RegExp, text: string): number[] {
  const match = pattern.exec(text);
  expect(match, `${pattern} in ${text}`).not.toBeNull();
  return (match ?? []).slice(1).map((group) => number(group.replace(/\.$/, "")));
}
const one = (pattern: RegExp, text: string): number => get(pattern, text)[0] ?? Number.NaN;
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const only = <T>(found: readonly T[]): T => {
  expect(found).toHaveLength(1);
  return found[0] as T;
};
const first = (test: (n: number) => boolean): number => range(1, 500).find(test) ?? Number.NaN;

type Solver = (stem: string, passage: string) => number;
const RP = "Rp([\\d.]+)";
const re = (source: string): RegExp => new RegExp(source.replaceAll("RP", RP).replaceAll("N", "([\\d.]+(?:,\\d+)?)"));

function batik(p: string) {
  const [t1 = 0, c1 = 0] = get(re("batik tulis memerlukan N hari kerja seorang pembatik dan biaya bahan RP"), p);
  const [t2 = 0, c2 = 0] = get(re("batik cap memerlukan N hari kerja seorang pembatik dan biaya bahan RP"), p);
  const [p1 = 0, p2 = 0] = get(re("jualnya RP per lembar untuk batik tulis dan RP per"), p);
  const [w = 0, d = 0] = get(re("mempunyai N pembatik .* bekerja N hari"), p);
  return { t1, t2, c1, c2, p1, p2, days: w * d };
}
function data(p: string) {
  const [flat = 0, quota = 0] = get(re("Hemat berharga RP dengan kuota N GB"), p);
  const extra = one(re("tambahan RP"), p);
  const [base = 0, per = 0] = get(re("tetap RP ditambah RP untuk"), p);
  return { hemat: (x: number) => flat + Math.max(0, x - quota) * extra, lentur: (x: number) => base + per * x, quota };
}
function travel(p: string) {
  const [far = 0, d1 = 0, v1 = 0, v2 = 0] = get(
    re("jauhnya N km\\. Sejauh N km .* kecepatan N km/jam, .* kecepatan N km/jam\\. M"),
    p,
  );
  const [economy = 0, price = 0] = get(re("rata-rata N km untuk .* RP per liter"), p);
  const [h = 0, m = 0] = (/pukul (\d\d)\.(\d\d)/.exec(p) ?? []).slice(1).map(Number);
  return { far, d1, d2: far - d1, v1, v2, economy, price, start: 60 * h + m, time: 60 * (d1 / v1 + (far - d1) / v2) };
}
const rain = (p: string): number[] => [...p.matchAll(/\| [A-Z]\w+ \| ([\d.]+) \|/g)].map((m) => number(m[1] ?? ""));
function savings(p: string) {
  const [a = 0, d = 0] = get(re("minggu: RP pada minggu pertama, lalu setoran setiap minggu RP lebih"), p);
  const [b = 0, c = 0] = get(re("mempunyai RP dan menambah tabungannya RP setiap"), p);
  const sekar = (n: number): number => sum(range(0, n - 1).map((k) => a + k * d));
  return {
    deposit: (n: number) => a + (n - 1) * d,
    sekar,
    bagas: (n: number) => b + n * c,
    goal: one(re("seharga RP"), p),
  };
}
function field(p: string) {
  const [l = 0, w = 0] = get(re("panjang N m dan lebar N m"), p);
  const [dose = 0, sack = 0, price = 0] = get(re("dianjurkan N kg per .* berisi N kg seharga RP per"), p);
  const [crop = 0, milled = 0] = get(re("menghasilkan N ton gabah per hektare, dan N% berat"), p);
  const [workers = 0, days = 0] = get(re("oleh N orang dalam N hari"), p);
  return { area: (l * w) / 10000, dose, sack, price, crop, milled, workers, days };
}
function market(p: string) {
  const [crates = 0, weight = 0, price = 0, transport = 0, rotten = 0, sell = 0] = get(
    /membeli (\d+) peti jeruk, masing-masing berisi (\d+) kg, seharga Rp([\d.]+) per .* seluruhnya Rp([\d.]+)\. Setelah disortir, (\d+)% .* harga Rp([\d.]+) per kg/,
    p,
  );
  const good = crates * weight - (crates * weight * rotten) / 100;
  return { good, capital: crates * price + transport, income: good * sell };
}
function hall(p: string) {
  const [rows = 0, seats = 0, more = 0, vip = 0, high = 0, low = 0] = get(
    re("memiliki N baris kursi.* berisi N kursi, .* berisi N kursi lebih .* N baris terdepan dijual RP, .* lainnya RP"),
    p,
  );
  const list = range(0, rows - 1).map((i) => seats + i * more);
  return {
    list,
    vip: sum(list.slice(0, vip)),
    all: sum(list),
    income: sum(list.map((s, i) => s * (i < vip ? high : low))),
  };
}

/** How each kind of question is solved from its text alone; the first pattern that matches decides. */
const SOLVERS: readonly (readonly [kind: RegExp, solve: Solver])[] = [
  [
    /hanya membuat batik tulis/,
    (_, p) => {
      const b = batik(p);
      return b.days / b.t1;
    },
  ],
  [
    /^Jika sanggar menyelesaikan/,
    (s, p) => {
      const b = batik(p);
      const n = one(re("N lembar"), s);
      return first((k) => n * b.t1 + (k + 1) * b.t2 > b.days);
    },
  ],
  [
    /batik cap terhadap biaya/,
    (_, p) => {
      const b = batik(p);
      return (b.p2 / b.c2 - 1) * 100;
    },
  ],
  [
    /^Jika terjual/,
    (s, p) => {
      const b = batik(p);
      const [x = 0, y = 0] = get(re("N lembar batik tulis dan N"), s);
      return x * b.p1 + y * b.p2 - x * b.c1 - y * b.c2;
    },
  ],
  [
    /^Sanggar harus membuat/,
    (s, p) => {
      const b = batik(p);
      const least = one(re("sedikitnya N"), s);
      const plans = range(least, 200)
        .flatMap((x) => range(0, 200).map((y) => [x, y] as const))
        .filter(([x, y]) => x * b.t1 + y * b.t2 <= b.days);
      return Math.max(...plans.map(([x, y]) => x * (b.p1 - b.c1) + y * (b.p2 - b.c2)));
    },
  ],
  [/^Biaya Paket Hemat untuk/, (s, p) => data(p).hemat(one(re("N GB"), s))],
  [
    /Hemat lebih mahal/,
    (s, p) => {
      const x = one(re("N GB"), s);
      return data(p).hemat(x) - data(p).lentur(x);
    },
  ],
  [
    /biaya kedua paket sama/,
    (_, p) => {
      const d = data(p);
      return only(range(d.quota + 1, 500).filter((x) => d.hemat(x) === d.lentur(x)));
    },
  ],
  [
    /Sebuah video/,
    (s, p) => {
      const mb = one(re("N MB"), s);
      return first((m) => (m + 1) * mb * 30 > data(p).quota * 1000);
    },
  ],
  [/lama perjalanan seluruhnya/, (_, p) => travel(p).time],
  [/^Kecepatan rata-rata untuk/, (_, p) => travel(p).far / (travel(p).time / 60)],
  [/beristirahat/, (s, p) => travel(p).start + travel(p).time + one(re("selama N menit"), s)],
  [/^Biaya bensin/, (_, p) => (travel(p).far / travel(p).economy) * travel(p).price],
  [
    /berkurang 30 menit/,
    (_, p) => {
      const t = travel(p);
      return only(range(1, 200).filter((v) => Math.abs(60 * (t.d1 / t.v1 + t.d2 / v) - (t.time - 30)) < 1e-9));
    },
  ],
  [/^Rata-rata curah hujan/, (_, p) => sum(rain(p)) / rain(p).length],
  [
    /^Median curah hujan/,
    (_, p) => {
      const r = rain(p).toSorted((a, b) => a - b);
      return ((r[2] ?? 0) + (r[3] ?? 0)) / 2;
    },
  ],
  [/dari Oktober ke Januari/, (_, p) => ((rain(p)[3] ?? 0) / (rain(p)[0] ?? 0) - 1) * 100],
  [
    /^Atap sebuah rumah/,
    (s, p) => {
      const [area = 0, share = 0] = get(re("seluas N m².* N% air"), s);
      return Math.max(...rain(p)) * area * (share / 100);
    },
  ],
  [
    /Oktober sampai April/,
    (s, p) => {
      const t = one(re("menjadi N mm"), s);
      return only(range(0, 900).filter((x) => (sum(rain(p)) + x) / 7 === t));
    },
  ],
  [/^Setoran Sekar/, (s, p) => savings(p).deposit(one(/minggu ke-(\d+)/, s))],
  [/^Jumlah tabungan Sekar/, (s, p) => savings(p).sekar(one(/setelah (\d+) minggu/, s))],
  [/^Tabungan Sekar pertama kali cukup/, (_, p) => first((n) => savings(p).sekar(n) >= savings(p).goal)],
  [/^Tabungan Bagas/, (_, p) => first((n) => savings(p).bagas(n) >= savings(p).goal)],
  [/melebihi tabungan Bagas/, (_, p) => first((n) => savings(p).sekar(n) > savings(p).bagas(n))],
  [/^Luas sawah/, (_, p) => field(p).area],
  [
    /^Biaya pembelian pupuk/,
    (_, p) => {
      const f = field(p);
      return first((n) => n * f.sack >= f.area * f.dose) * f.price;
    },
  ],
  [
    /^Berat beras/,
    (_, p) => {
      const f = field(p);
      return f.area * f.crop * 1000 * (f.milled / 100);
    },
  ],
  [
    /^Agar panen/,
    (s, p) => {
      const f = field(p);
      return only(range(1, 300).filter((n) => n * (f.days - one(re("N hari"), s)) === f.workers * f.days));
    },
  ],
  [/^Berat jeruk/, (_, p) => market(p).good],
  [/^Keuntungan Bu Ningsih/, (_, p) => market(p).income - market(p).capital],
  [/^Persentase keuntungan terhadap modal/, (_, p) => (market(p).income / market(p).capital - 1) * 100],
  [/jeruk yang layak jual/, (s, p) => (market(p).capital * (1 + one(re("tepat N%"), s) / 100)) / market(p).good],
  [/baris paling belakang/, (_, p) => hall(p).list.at(-1) ?? Number.NaN],
  [/^Banyak kursi seluruhnya/, (_, p) => hall(p).all],
  [/semua tiket terjual, pendapatan/, (_, p) => hall(p).income],
  [/^Nomor baris/, (s, p) => hall(p).list.indexOf(one(re("tepat N kursi"), s)) + 1],
  [/satu penonton dipilih/, (_, p) => hall(p).vip / hall(p).all],
  [
    /diskon/,
    (s) => {
      const [p = 0, q = 0] = get(re("diskon N%, kemudian diskon tambahan N%"), s);
      const pay = (price: number): number => {
        const once = price - (price * p) / 100;
        return once - (once * q) / 100;
      };
      const amount = one(re("RP"), s);
      return s.includes("sebelum diskon")
        ? only(
            range(1, 3000)
              .map((k) => k * 500)
              .filter((k) => Math.abs(pay(k) - amount) < 1e-6),
          )
        : pay(amount);
    },
  ],
  [
    /mencampur/,
    (s) => {
      const [x = 0, a = 0, b = 0, mix = 0] = get(
        re("mencampur N kg .* seharga RP per kg dengan .* seharga RP per .* campurannya RP per"),
        s,
      );
      return only(range(1, 500).filter((k) => x * a + k * b === mix * (x + k)));
    },
  ],
  [
    /mengecat|tandon/,
    (s) => {
      const [a = 0, b = 0] = get(re("dalam N jam.* dalam N jam"), s);
      const done = (minutes: number): number => minutes / a + (s.includes("tandon") ? -minutes : minutes) / b;
      return only(range(1, 9000).filter((t) => Math.abs(done(t) - 60) < 1e-9));
    },
  ],
  [
    /berpapasan/,
    (s) => {
      const [d = 0, v1 = 0, v2 = 0] = get(re("desa N km.* kecepatan N km/jam dan .* kecepatan N km/jam"), s);
      const start = value(`pukul ${/Pukul (\d\d\.\d\d)/.exec(s)?.[1]}`);
      return start + first((t) => ((v1 + v2) * t) / 60 >= d - 1e-9);
    },
  ],
  [
    /tersusul/,
    (s) => {
      const [v1 = 0, lead = 0, v2 = 0] = get(re("kecepatan N km/jam\\. Tepat N menit .* kecepatan N km/jam"), s);
      return value(/pukul \d\d\.\d\d/.exec(s)?.[0] ?? "") + first((t) => t > lead && v2 * (t - lead) >= v1 * t - 1e-9);
    },
  ],
  [
    /Keuntungan maksimum/,
    (s) => {
      const [a1 = 0, b1 = 0, a2 = 0, b2 = 0, stock = 0, time = 0, px = 0, py = 0] = get(
        re(
          "memerlukan N [a-z ]+ dan N menit kerja; .* memerlukan N [a-z ]+ dan N menit kerja\\. Tersedia N [a-z ]+ dan N menit .*nya RP per .* dan RP per",
        ),
        s,
      );
      const plans = range(0, 200)
        .flatMap((x) => range(0, 200).map((y) => [x, y] as const))
        .filter(([x, y]) => a1 * x + a2 * y <= stock && b1 * x + b2 * y <= time);
      return Math.max(...plans.map(([x, y]) => x * px + y * py));
    },
  ],
  [
    /menyusut|bunga majemuk/,
    (s) => {
      const [amount = 0, rate = 0, years = 0] = get(/Rp([\d.]+).* (\d+)% .* (\d+) tahun adalah/, s);
      return range(1, years).reduce((v) => v + ((s.includes("menyusut") ? -1 : 1) * v * rate) / 100, amount);
    },
  ],
  [
    /bakteri/,
    (s) => {
      const [start = 0, every = 0, hours = 0] = get(re("berisi N bakteri .* setiap N menit.* setelah N jam"), s);
      return range(1, (hours * 60) / every).reduce((v) => v + v, start);
    },
  ],
  [
    /jalan dari pasar/,
    (s) => {
      const [scale = 0, cm = 0, speed = 0] = get(re("1 : N, .* terminal N cm\\. Dengan kecepatan N km"), s);
      return (cm * scale) / ((speed * 100_000) / 60);
    },
  ],
  [
    /perkebunan/,
    (s) => {
      const [scale = 0, a = 0, b = 0] = get(re("1 : N, .* N cm × N cm"), s);
      return ((a * scale) / 10_000) * ((b * scale) / 10_000);
    },
  ],
  [
    /taman bermain/,
    (s) => {
      const [price = 0, people = 0, rise = 0, lost = 0] = get(
        re("bermain RP dan rata-rata N orang .* harga RP mengurangi pengunjung N orang"),
        s,
      );
      const income = (n: number): number => (price + n * rise) * (people - n * lost);
      const best = Math.max(...range(0, 200).map(income));
      return price + only(range(0, 200).filter((n) => income(n) === best)) * rise;
    },
  ],
  [
    /tepi sungai/,
    (s) => {
      const f = one(re("sepanjang N m"), s);
      return Math.max(...range(1, f * 5).map((x) => (x / 10) * (f - (2 * x) / 10)));
    },
  ],
  [
    /tongkat/,
    (s) => {
      const [h = 0, a = 0, b = 0] = get(re("setinggi N m .* bayangan N m .* bayangan N m"), s);
      return only(range(1, 200).filter((t) => Math.abs(t / b - h / a) < 1e-9));
    },
  ],
  [
    /Tangga/,
    (s) => {
      const [r = 0, p = 0] = get(re("sepanjang N m .* berjarak N m"), s);
      return r - only(range(1, 99).filter((q) => q * q + p * p === r * r));
    },
  ],
  [
    /^Harga tiket/,
    (s) => {
      const [a = 0, b = 0, n = 0, income = 0] = get(
        /Rp([\d.]+) untuk .* dan Rp([\d.]+) untuk .* terjual (\d+) tiket dengan pendapatan Rp([\d.]+)\. /,
        s,
      );
      const x = only(range(0, n).filter((k) => k * a + (n - k) * b === income));
      return s.includes("Selisih") ? Math.abs(n - 2 * x) : x;
    },
  ],
  [
    /^Mesin A/,
    (s) => {
      const [share = 0, d1 = 0, d2 = 0] = get(/menghasilkan (\d+)% .* Sebanyak (\d+)% .* dan (\d+)% botol/, s);
      const bottles = 100_000;
      const [bad1, bad2] = [((bottles * share) / 100) * (d1 / 100), ((bottles * (100 - share)) / 100) * (d2 / 100)];
      return s.includes("peluang") ? bad1 / (bad1 + bad2) : ((bad1 + bad2) / bottles) * 100;
    },
  ],
  [
    /^Kode loker/,
    (s) => {
      const [letters = 0, digits = 0] = get(/dari (\d+) huruf, .* dari (\d+) angka/, s);
      return range(1, letters).flatMap(() => range(1, digits).flatMap((i) => range(1, digits).filter((j) => i !== j)))
        .length;
    },
  ],
  [
    /^Turnamen/,
    (s) => {
      const n = one(/diikuti (\d+) tim/, s);
      return range(1, n).flatMap((i) => range(i + 1, n)).length;
    },
  ],
  [
    /empat ulangan/,
    (s) => {
      const known = (/adalah ([\d, ]+)\. Agar/.exec(s)?.[1] ?? "").split(", ").map(Number);
      return first((x) => (sum(known) + x) / 5 >= one(/kurang dari (\d+)/, s));
    },
  ],
  [
    /bobot/,
    (s) => {
      const [w1 = 0, w2 = 0, a = 0, b = 0] = get(
        /bobot (\d+) : (\d+)\. Jika .* Seto (\d+) dan nilai ujiannya (\d+)/,
        s,
      );
      return sum([...range(1, w1).map(() => a), ...range(1, w2).map(() => b)]) / (w1 + w2);
    },
  ],
  [
    /^Pak Ujang/,
    (s) => {
      const [loan = 0, rate = 0, months = 0] = get(/Rp([\d.]+) .* tunggal ([\d,]+)% .* dalam (\d+) bulan/, s);
      const interest = sum(range(1, months).map(() => (loan * rate) / 100));
      return s.includes("angsuran setiap") ? (loan + interest) / months : interest;
    },
  ],
];

describe("mathematics items", () => {
  const formula = items.filter((item) => item.stem.includes("dinyatakan oleh"));
  const computed = items.filter((item) => !formula.includes(item));

  it.each(computed.map((item) => [item.code, item] as const))(
    "%s: key found independently, and no other option equals it",
    (_, item) => {
      const solver = SOLVERS.find(([kind]) => kind.test(item.stem));
      expect(solver, item.stem).toBeDefined();
      const answer = solver?.[1](item.stem, item.passage?.text ?? "") ?? Number.NaN;
      expect(value(keyText(item)), item.stem).toBeCloseTo(answer, 6);
      expect(item.options.filter(({ text }) => Math.abs(value(text) - answer) < 1e-6)).toHaveLength(1);
    },
  );

  it("uses every solver", () => {
    const used = new Set(computed.map((item) => SOLVERS.findIndex(([kind]) => kind.test(item.stem))));
    expect(used.size).toBe(SOLVERS.length);
  });

  it("gives the cost function of the data package", () => {
    expect(formula).toHaveLength(1);
    for (const item of formula) {
      const { hemat, quota } = data(item.passage?.text ?? "");
      const cost = (text: string, x: number): number => {
        const [, c = "", m = "", inner = ""] = /^\$([\d.]+) \+ ([\d.]+)(x|\(.+\))\$$/.exec(text) ?? [];
        const factor = inner === "x" ? x : inner.startsWith("(x") ? x - quota : quota - x;
        expect(inner === "x" || inner === `(x - ${quota})` || inner === `(${quota} - x)`).toBe(true);
        return number(c) + number(m) * factor;
      };
      const right = item.options.filter(({ text }) =>
        range(quota + 1, quota + 20).every((x) => cost(text, x) === hemat(x)),
      );
      expect(right.map(({ key }) => key)).toEqual([item.correct]);
    }
  });

  it("has several situations shared by at least four items each", () => {
    const counts = new Map<string, number>();
    for (const { passage } of items) if (passage) counts.set(passage.code, (counts.get(passage.code) ?? 0) + 1);
    expect(counts.size).toBeGreaterThanOrEqual(8);
    for (const count of counts.values()) expect(count).toBeGreaterThanOrEqual(4);
  });
});
