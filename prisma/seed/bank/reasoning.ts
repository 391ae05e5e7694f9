import {
  at,
  buildBank,
  fixed,
  math,
  num,
  numeric,
  tex,
  unit,
  verbal,
  type BankItem,
  type Draft,
  type Group,
} from "./item.js";
import type { Random } from "./random.js";

type Named = Readonly<Record<string, number>>;

// ── Series ────────────────────────────────────────────────────────────────

interface SeriesRule {
  readonly shown: number;
  readonly hardness: number;
  readonly why: string;
  /** The term after the given ones. */
  readonly start: (random: Random) => { first: number[]; next: (terms: readonly number[]) => number };
}

const last = (terms: readonly number[], back = 1): number => at(terms, terms.length - back);

const SERIES: readonly SeriesRule[] = [
  {
    shown: 6,
    hardness: -1.6,
    why: "Selisih antarsuku bertambah dengan bilangan yang tetap.",
    start: (r) => {
      const d = r.integer(2, 6);
      const growth = r.integer(2, 4);
      return { first: [r.integer(3, 12)], next: (t) => last(t) + d + growth * (t.length - 1) };
    },
  },
  {
    shown: 6,
    hardness: -0.4,
    why: "Operasi berselang-seling: dikali dengan bilangan tetap, lalu dikurangi bilangan tetap.",
    start: (r) => {
      const factor = r.integer(2, 3);
      const minus = r.integer(2, 5);
      return { first: [r.integer(4, 9)], next: (t) => (t.length % 2 === 1 ? last(t) * factor : last(t) - minus) };
    },
  },
  {
    shown: 7,
    hardness: 0.2,
    why: "Ada dua barisan yang berselang-seling, masing-masing dengan beda tetap.",
    start: (r) => {
      const up = r.integer(3, 6);
      const down = r.integer(2, 5);
      return {
        first: [r.integer(2, 9), r.integer(40, 55)],
        next: (t) => last(t, 2) + (t.length % 2 === 0 ? up : -down),
      };
    },
  },
  {
    shown: 6,
    hardness: -0.7,
    why: "Setiap suku adalah jumlah dua suku sebelumnya.",
    start: (r) => ({ first: [r.integer(2, 6), r.integer(7, 11)], next: (t) => last(t) + last(t, 2) }),
  },
  {
    shown: 5,
    hardness: 0.6,
    why: "Setiap suku diperoleh dengan mengalikan suku sebelumnya dengan bilangan tetap, lalu menambah bilangan tetap.",
    start: (r) => {
      const factor = r.integer(2, 3);
      const add = r.integer(1, 4);
      return { first: [r.integer(2, 5)], next: (t) => last(t) * factor + add };
    },
  },
  {
    shown: 6,
    hardness: 0.4,
    why: "Selisih antarsuku adalah bilangan kuadrat berurutan: 1, 4, 9, 16, dan seterusnya.",
    start: (r) => ({ first: [r.integer(3, 20)], next: (t) => last(t) + t.length ** 2 }),
  },
  {
    shown: 6,
    hardness: 0.9,
    why: "Selisih antarsuku adalah bilangan prima berurutan: 2, 3, 5, 7, 11, dan seterusnya.",
    start: (r) => ({
      first: [r.integer(4, 20)],
      next: (t) => last(t) + at([2, 3, 5, 7, 11, 13, 17, 19], t.length - 1),
    }),
  },
  {
    shown: 5,
    hardness: -0.1,
    why: "Suku pertama dikali 2, hasilnya dikali 3, lalu dikali 4, dan seterusnya.",
    start: (r) => ({ first: [r.integer(2, 5)], next: (t) => last(t) * (t.length + 1) }),
  },
];

function numberSeries(random: Random, variant: number): Draft {
  const rule = at(SERIES, variant % SERIES.length);
  const { first, next } = rule.start(random);
  const terms = [...first];
  while (terms.length < rule.shown + 2) terms.push(next(terms));
  const shown = terms.slice(0, rule.shown);
  const key = at(terms, rule.shown);
  const step = last(shown) - last(shown, 2);
  const errors: Named = {
    "mengulang selisih terakhir": last(shown) + step,
    "mengulang selisih sebelum terakhir": last(shown) + last(shown, 2) - last(shown, 3),
    "melompati satu suku": at(terms, rule.shown + 1),
    "salah hitung satu ke atas": key + 1,
    "salah hitung satu ke bawah": key - 1,
    "menjumlahkan dua suku terakhir": last(shown) + last(shown, 2),
    "salah tanda selisih": last(shown) - step,
    "salah hitung dua ke atas": key + 2,
    "salah hitung dua ke bawah": key - 2,
  };
  return {
    topic: "Penalaran induktif/Barisan bilangan",
    level: "ANALYZE",
    hardness: rule.hardness,
    stem: `Perhatikan barisan bilangan berikut.\n\n$${shown.join(", ")}, \\ldots$\n\nBilangan yang tepat untuk melanjutkan barisan tersebut adalah …`,
    choices: numeric(key, math, errors, -Infinity),
    explanation: `${rule.why} Suku berikutnya adalah ${math(key)}.`,
  };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const letter = (index: number): string => ALPHABET[index] ?? "";

function letterSeries(random: Random, variant: number): Draft | undefined {
  const a = random.integer(2, 4);
  const b = random.integer(1, 3);
  const s = random.integer(0, 5);
  const rules = [
    { start: [s], why: "Lompatan antarhuruf bertambah satu setiap kali.", next: (t: number[]) => last(t) + t.length },
    {
      start: [s, 25 - s],
      why: "Dua barisan huruf berselang-seling: satu maju dan satu mundur.",
      next: (t: number[]) => last(t, 2) + (t.length % 2 === 0 ? a : -b),
    },
    {
      start: [s],
      why: `Pola berselang-seling: maju ${num(a + 2)} huruf, lalu mundur ${num(b)} huruf.`,
      next: (t: number[]) => last(t) + (t.length % 2 === 1 ? a + 2 : -b),
    },
  ];
  const { start, why, next } = at(rules, variant % rules.length);
  const terms = [...start];
  while (terms.length < 8) terms.push(next(terms));
  const shown = terms.slice(0, 6);
  const key = at(terms, 6);
  if (terms.slice(0, 7).some((t) => letter(t) === "") || key === last(shown)) return undefined;
  return {
    topic: "Penalaran induktif/Barisan huruf",
    level: "ANALYZE",
    hardness: at([-0.6, 0.3, 0], variant % 3),
    stem: `Perhatikan deret huruf berikut.\n\n${shown.map(letter).join(" – ")} – …\n\nHuruf berikutnya adalah …`,
    choices: numeric(
      key,
      letter,
      {
        "mengulang lompatan terakhir": 2 * last(shown) - last(shown, 2),
        "maju satu terlalu jauh": key + 1,
        "maju satu terlalu dekat": key - 1,
        "melompati satu huruf dalam deret": at(terms, 7),
        "meneruskan abjad biasa": last(shown) + 1,
        "terlalu jauh dua": key + 2,
        "terlalu dekat dua": key - 2,
      },
      -1,
    ),
    explanation: `${why} Huruf berikutnya adalah ${letter(key)}.`,
  };
}

// ── Syllogisms ────────────────────────────────────────────────────────────

/** Categorical statement: form (A, E, I, O), subject, predicate; for instance "A SM". */
type Categorical = string;
const FORMS: Readonly<Record<string, (x: string, y: string) => string>> = {
  A: (x, y) => `Semua ${x} adalah ${y}.`,
  E: (x, y) => `Tidak ada ${x} yang merupakan ${y}.`,
  I: (x, y) => `Sebagian ${x} adalah ${y}.`,
  O: (x, y) => `Sebagian ${x} bukan ${y}.`,
};

interface Syllogism {
  readonly premises: readonly Categorical[];
  /** Empty when nothing certain follows about S and P. */
  readonly key: Categorical;
  readonly wrong: readonly Categorical[];
  readonly why: string;
  readonly hardness: number;
  readonly terms: Readonly<Record<string, string>>;
}

const SYLLOGISMS: readonly Syllogism[] = [
  {
    premises: ["A SM", "A MP"],
    key: "A SP",
    wrong: ["A PS", "E SP", "O SP", "A MS"],
    hardness: -1.7,
    why: "S termuat dalam M dan M termuat dalam P, sehingga S termuat dalam P.",
    terms: { S: "pengurus OSIS", M: "anggota perpustakaan", P: "pemegang kartu pelajar digital" },
  },
  {
    premises: ["A SM", "E MP"],
    key: "E SP",
    wrong: ["A SP", "I SP", "A MS", "I PM"],
    hardness: -0.8,
    why: "S termuat dalam M, sedangkan M terpisah dari P, sehingga S juga terpisah dari P.",
    terms: { S: "karyawan bagian gudang", M: "penerima tunjangan transportasi", P: "penghuni mes perusahaan" },
  },
  {
    premises: ["A MP", "I SM"],
    key: "I SP",
    wrong: ["A SP", "O SP", "E SP", "A PM"],
    hardness: -0.3,
    why: "Ada S yang termasuk M, dan setiap M termasuk P, sehingga ada S yang termasuk P.",
    terms: { S: "pedagang kue di pasar itu", M: "anggota koperasi", P: "peserta pelatihan keuangan" },
  },
  {
    premises: ["E MP", "I SM"],
    key: "O SP",
    wrong: ["E SP", "I SP", "A SP", "A SM"],
    hardness: 0.7,
    why: "Ada S yang termasuk M. Karena M terpisah dari P, S yang itu pasti bukan P.",
    terms: { S: "peserta lomba pidato", M: "siswa kelas bahasa", P: "anggota klub teater" },
  },
  {
    premises: ["A PM", "E SM"],
    key: "E SP",
    wrong: ["I SP", "A MP", "I SM", "A SP"],
    hardness: 0.1,
    why: "Semua P termasuk M, sedangkan tidak ada S yang termasuk M, sehingga tidak ada S yang termasuk P.",
    terms: { S: "petani di lereng utara", M: "pengguna pupuk organik", P: "penerima bantuan benih" },
  },
  {
    premises: ["A PM", "O SM"],
    key: "O SP",
    wrong: ["E SP", "I SP", "A MP", "A SM"],
    hardness: 1.1,
    why: "Ada S yang berada di luar M. Karena semua P berada di dalam M, S yang itu pasti bukan P.",
    terms: { S: "perawat di klinik itu", M: "penutur bahasa daerah", P: "relawan penyuluhan desa" },
  },
  {
    premises: ["A MP", "I MS"],
    key: "I SP",
    wrong: ["A SP", "O SP", "E SP", "A PS"],
    hardness: 0.5,
    why: "Ada M yang termasuk S. Karena setiap M termasuk P, ada S yang termasuk P.",
    terms: { S: "nelayan di kampung itu", M: "pemilik perahu motor", P: "anggota kelompok arisan" },
  },
  {
    premises: ["A SM", "A PM"],
    key: "",
    wrong: ["A SP", "I SP", "E SP", "A PS"],
    hardness: 1.3,
    why: "S dan P sama-sama termuat dalam M, tetapi keduanya dapat beririsan atau terpisah.",
    terms: { S: "buku di rak merah", M: "buku terbitan lama", P: "buku yang boleh dipinjam" },
  },
  {
    premises: ["A SM", "E MN", "A PN"],
    key: "E SP",
    wrong: ["A SP", "I SP", "I SN", "A MS"],
    hardness: 0.9,
    why: "S termuat dalam M, M terpisah dari N, dan P termuat dalam N; jadi S terpisah dari P.",
    terms: { S: "pemain futsal", M: "siswa kelas XII", N: "penghuni asrama", P: "penerima paket sarapan" },
  },
];

function syllogism(_: Random, variant: number): Draft {
  const { premises, key, wrong, why, hardness, terms } = at(SYLLOGISMS, variant);
  const word = (symbol: string): string => terms[symbol] ?? "";
  const say = (c: Categorical): string => FORMS[c.charAt(0)]?.(word(c.charAt(2)), word(c.charAt(3))) ?? "";
  const unknown = `Tidak ada simpulan pasti tentang hubungan ${word("S")} dan ${word("P")}.`;
  const legend = Object.entries(terms)
    .map(([symbol, text]) => `${symbol} = ${text}`)
    .join(", ");
  return {
    topic: "Penalaran deduktif/Silogisme",
    level: "ANALYZE",
    hardness,
    stem: `Perhatikan pernyataan berikut.\n\n${premises.map((p, i) => `(${i + 1}) ${say(p)}`).join("\n")}\n\nSimpulan yang PASTI benar berdasarkan pernyataan tersebut adalah …`,
    choices: verbal(key === "" ? unknown : say(key), wrong.map(say)),
    explanation: `Misalkan ${legend}. ${why}`,
  };
}

// ── Conditional logic ─────────────────────────────────────────────────────

/** Clauses used in conditional items, each with its negation. */
export const CLAUSES: readonly (readonly [holds: string, fails: string])[] = [
  ["hujan turun sejak subuh", "hujan tidak turun sejak subuh"],
  ["jalan desa becek", "jalan desa tidak becek"],
  ["Pak Karto menunda panen", "Pak Karto tidak menunda panen"],
  ["listrik padam", "listrik tidak padam"],
  ["mesin jahit berhenti", "mesin jahit tidak berhenti"],
  ["pesanan seragam terlambat", "pesanan seragam tidak terlambat"],
  ["Rina lulus seleksi", "Rina tidak lulus seleksi"],
  ["Rina pindah ke asrama", "Rina tidak pindah ke asrama"],
  ["Rina menjual sepedanya", "Rina tidak menjual sepedanya"],
  ["harga cabai naik", "harga cabai tidak naik"],
  ["warung itu menaikkan harga", "warung itu tidak menaikkan harga"],
  ["jumlah pembeli berkurang", "jumlah pembeli tidak berkurang"],
  ["kapal berangkat tepat waktu", "kapal tidak berangkat tepat waktu"],
  ["gelombang laut tinggi", "gelombang laut tidak tinggi"],
  ["ikan segar tiba di pasar", "ikan segar tidak tiba di pasar"],
];

interface Conditional {
  /** Symbols: p q r are clauses, "-" negates, ">" is jika–maka, "&" dan, "|" atau. */
  readonly premises: readonly string[];
  readonly key: string;
  readonly wrong: readonly string[];
  /** Position in CLAUSES of p, q and r. */
  readonly clauses: readonly [number, number, number];
  readonly question: "simpulan" | "setara" | "ingkaran" | "tidak pasti";
  readonly why: string;
  readonly hardness: number;
}

const CONDITIONALS: readonly Conditional[] = [
  {
    premises: ["p>q", "q>r", "p"],
    key: "r",
    wrong: ["-r", "-q", "p>-r", "-p"],
    clauses: [0, 1, 2],
    question: "simpulan",
    hardness: -1.9,
    why: "Dari (1) dan (3) diperoleh akibat pertama, lalu dari (2) diperoleh akibat kedua.",
  },
  {
    premises: ["p>q", "q>r", "-r"],
    key: "-p",
    wrong: ["p", "q", "p&-r", "-p&q"],
    clauses: [3, 4, 5],
    question: "simpulan",
    hardness: -0.5,
    why: "Modus tollens dua kali: akibat (2) tidak terjadi, maka sebabnya tidak terjadi, demikian pula sebab pada (1).",
  },
  {
    premises: ["p>q", "q>r"],
    key: "-r>-p",
    wrong: ["r>p", "-p>-r", "p>-r", "q>p"],
    clauses: [6, 7, 8],
    question: "simpulan",
    hardness: 0.3,
    why: "Rangkaian jika–maka menghasilkan satu implikasi, dan implikasi setara dengan kontraposisinya.",
  },
  {
    premises: ["p|q", "-p", "q>r"],
    key: "r",
    wrong: ["-q", "-r", "p", "p&r"],
    clauses: [9, 10, 11],
    question: "simpulan",
    hardness: -0.6,
    why: "Karena bagian pertama (1) tidak terjadi, bagian kedua pasti terjadi; lalu (3) memberikan simpulan.",
  },
  {
    premises: ["p>-q", "r>q", "p"],
    key: "-r",
    wrong: ["r", "q", "q&r", "p&q"],
    clauses: [13, 12, 14],
    question: "simpulan",
    hardness: 0.5,
    why: "Dari (1) dan (3), akibat pada (2) tidak terjadi; jadi sebab pada (2) juga tidak terjadi.",
  },
  {
    premises: ["p&q>r", "-r", "p"],
    key: "-q",
    wrong: ["q", "-p", "p&q", "r"],
    clauses: [9, 0, 11],
    question: "simpulan",
    hardness: 0.8,
    why: "Karena akibat (1) tidak terjadi, kedua syaratnya tidak mungkin terpenuhi bersama. Syarat pertama terpenuhi, jadi syarat kedua tidak.",
  },
  {
    premises: ["p|q>r", "-r"],
    key: "-p&-q",
    wrong: ["-p&q", "p&-q", "p|q", "p&q"],
    clauses: [3, 0, 5],
    question: "simpulan",
    hardness: 0.6,
    why: "Akibat tidak terjadi, maka “p atau q” salah; menurut De Morgan kedua syarat tidak terjadi.",
  },
  {
    premises: ["p>q"],
    key: "-q>-p",
    wrong: ["q>p", "-p>-q", "p&-q", "-q>p"],
    clauses: [12, 14, 0],
    question: "setara",
    hardness: -0.2,
    why: "Implikasi setara dengan kontraposisinya; konvers dan invers tidak setara dengannya.",
  },
  {
    premises: ["p>q"],
    key: "p&-q",
    wrong: ["p>-q", "-p>-q", "-p&q", "-q>-p"],
    clauses: [9, 10, 0],
    question: "ingkaran",
    hardness: 0.7,
    why: "Ingkaran “jika p, maka q” adalah “p dan bukan q”.",
  },
  {
    premises: ["p&q"],
    key: "-p|-q",
    wrong: ["-p&-q", "-p&q", "p|q", "p>q"],
    clauses: [3, 4, 0],
    question: "ingkaran",
    hardness: 1.0,
    why: "Menurut De Morgan, ingkaran “p dan q” adalah “bukan p atau bukan q”.",
  },
  {
    premises: ["p|q"],
    key: "-p>q",
    wrong: ["p>-q", "q>p", "p&q", "-q>-p"],
    clauses: [6, 8, 0],
    question: "setara",
    hardness: 1.4,
    why: "“p atau q” berarti bila p tidak terjadi, q pasti terjadi.",
  },
  {
    premises: ["p>q", "q"],
    key: "?p",
    wrong: ["p", "-p", "-q", "q>p"],
    clauses: [1, 2, 0],
    question: "tidak pasti",
    hardness: 0.9,
    why: "Membenarkan akibat tidak membuktikan sebab: akibat itu dapat muncul karena hal lain.",
  },
];

const QUESTIONS: Readonly<Record<Conditional["question"], string>> = {
  simpulan: "Simpulan yang PASTI benar adalah …",
  "tidak pasti": "Simpulan yang tepat adalah …",
  setara: "Pernyataan yang setara dengan pernyataan tersebut adalah …",
  ingkaran: "Ingkaran (negasi) pernyataan tersebut adalah …",
};

function conditional(_: Random, variant: number): Draft {
  const { premises, key, wrong, clauses, question, why, hardness } = at(CONDITIONALS, variant);
  const clause = (symbol: string): string =>
    at(at(CLAUSES, at(clauses, "pqr".indexOf(symbol.slice(-1)))), symbol.startsWith("-") ? 1 : 0);
  const join = (formula: string): string =>
    formula
      .split("|")
      .map((part) => part.split("&").map(clause).join(" dan "))
      .join(" atau ");
  const say = (formula: string): string => {
    const [left = "", right] = formula.split(">");
    const text = formula.startsWith("?")
      ? `tidak dapat dipastikan apakah ${clause(formula.slice(1))}`
      : right === undefined
        ? join(left)
        : `jika ${join(left)}, maka ${join(right)}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const lines = premises.length === 1 ? premises.map(say) : premises.map((p, i) => `(${i + 1}) ${say(p)}`);
  return {
    topic: "Penalaran deduktif/Logika implikasi",
    level: "ANALYZE",
    hardness,
    stem: `Perhatikan pernyataan berikut.\n\n${lines.join("\n")}\n\n${QUESTIONS[question]}`,
    choices: verbal(say(key), wrong.map(say)),
    explanation: `${why} Jawaban yang tepat: “${say(key)}”`,
  };
}

// ── Puzzles: orders, culprits ─────────────────────────────────────────────

function permutations(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((v) => permutations(values.filter((w) => w !== v)).map((rest) => [v, ...rest]));
}
/** Every way to give persons 0..4 a place 0..4. */
const PLACINGS = permutations([0, 1, 2, 3, 4]);
const COUNT_WORDS = ["nol", "satu", "dua", "tiga", "empat"];

interface Theme {
  readonly setting: string;
  readonly names: readonly string[];
  readonly slots: readonly string[];
  readonly before: (x: string, y: string) => string;
  readonly next: (x: string, y: string) => string;
  readonly gap: (x: string, y: string, count: string) => string;
  readonly not: (x: string, slot: string) => string;
  readonly whoIs: (slot: string) => string;
  readonly whereIs: (x: string) => string;
}

const ORDINALS = ["pertama", "kedua", "ketiga", "keempat", "kelima"].map((word) => `urutan ${word}`);
const THEMES: readonly Theme[] = [
  {
    setting: "Lima orang, yaitu Ayu, Bima, Citra, Damar, dan Eka, mengantre di loket pembayaran.",
    names: ["Ayu", "Bima", "Citra", "Damar", "Eka"],
    slots: ORDINALS,
    before: (x, y) => `${x} mengantre di depan ${y}.`,
    next: (x, y) => `${x} mengantre tepat di depan ${y}.`,
    gap: (x, y, n) => `Ada tepat ${n} orang di antara ${x} dan ${y}.`,
    not: (x, s) => `${x} tidak berada pada ${s}.`,
    whoIs: (s) => `Orang yang mengantre pada ${s} adalah …`,
    whereIs: (x) => `Posisi ${x} dalam antrean adalah …`,
  },
  {
    setting:
      "Ujian praktik Biologi, Ekonomi, Fisika, Musik, dan Sejarah dijadwalkan dari Senin sampai Jumat, satu ujian setiap hari.",
    names: ["Biologi", "Ekonomi", "Fisika", "Musik", "Sejarah"],
    slots: ["hari Senin", "hari Selasa", "hari Rabu", "hari Kamis", "hari Jumat"],
    before: (x, y) => `Ujian ${x} lebih awal daripada ujian ${y}.`,
    next: (x, y) => `Ujian ${x} tepat sehari sebelum ujian ${y}.`,
    gap: (x, y, n) => `Ada tepat ${n} hari di antara ujian ${x} dan ujian ${y}.`,
    not: (x, s) => `Ujian ${x} tidak diadakan pada ${s}.`,
    whoIs: (s) => `Ujian yang diadakan pada ${s} adalah …`,
    whereIs: (x) => `Ujian ${x} diadakan pada …`,
  },
  {
    setting: "Lima kios di pasar, yaitu kios sayur, ikan, beras, bumbu, dan buah, berjajar dari kiri ke kanan.",
    names: ["sayur", "ikan", "beras", "bumbu", "buah"],
    slots: ORDINALS.map((o) => `${o} dari kiri`),
    before: (x, y) => `Kios ${x} berada di sebelah kiri kios ${y}.`,
    next: (x, y) => `Kios ${x} berada tepat di sebelah kiri kios ${y}.`,
    gap: (x, y, n) => `Ada tepat ${n} kios di antara kios ${x} dan kios ${y}.`,
    not: (x, s) => `Kios ${x} tidak berada pada ${s}.`,
    whoIs: (s) => `Kios yang berada pada ${s} adalah kios …`,
    whereIs: (x) => `Kios ${x} berada pada …`,
  },
];

interface Clue {
  readonly text: string;
  readonly holds: (place: readonly number[]) => boolean;
}

function allClues(theme: Theme): Clue[] {
  const clues: Clue[] = [];
  theme.names.forEach((x, i) => {
    theme.slots.forEach((slot, s) => clues.push({ text: theme.not(x, slot), holds: (p) => p[i] !== s }));
    theme.names.forEach((y, j) => {
      if (i === j) return;
      const distance = (p: readonly number[]): number => at(p, j) - at(p, i);
      clues.push({ text: theme.before(x, y), holds: (p) => distance(p) > 0 });
      clues.push({ text: theme.next(x, y), holds: (p) => distance(p) === 1 });
      for (const n of i < j ? [1, 2] : []) {
        clues.push({ text: theme.gap(x, y, at(COUNT_WORDS, n)), holds: (p) => Math.abs(distance(p)) === n + 1 });
      }
    });
  });
  return clues;
}

const solve = (clues: readonly Clue[]): number[][] => PLACINGS.filter((p) => clues.every((c) => c.holds(p)));

/** Adds true clues until one order is left, then drops those not needed. */
function chooseClues(theme: Theme, truth: readonly number[], random: Random): Clue[] {
  let chosen: Clue[] = [];
  for (const clue of random.shuffle(allClues(theme).filter((c) => c.holds(truth)))) {
    if (solve([...chosen, clue]).length < solve(chosen).length) chosen.push(clue);
    if (solve(chosen).length === 1) break;
  }
  for (const clue of chosen) {
    const rest = chosen.filter((c) => c !== clue);
    if (solve(rest).length === 1) chosen = rest;
  }
  return chosen;
}

function arrangement(random: Random, variant: number): Draft | undefined {
  const theme = at(THEMES, variant % THEMES.length);
  const truth = random.pick(PLACINGS);
  const clues = chooseClues(theme, truth, random);
  if (clues.length < 3 || clues.length > 5) return undefined;
  const slot = random.integer(1, 4);
  const person = truth.indexOf(slot);
  const order = theme.slots.map((_, s) => at(theme.names, truth.indexOf(s)));
  const byName = variant % 2 === 0;
  const lines = clues.map((c) => `- ${c.text}`).join("\n");
  return {
    topic: "Penalaran deduktif/Penyusunan urutan",
    level: "ANALYZE",
    hardness: (clues.length - 4) * 0.6 + 0.2,
    stem: `${theme.setting} Diketahui hal-hal berikut.\n\n${lines}\n\n${byName ? theme.whoIs(at(theme.slots, slot)) : theme.whereIs(at(theme.names, person))}`,
    choices: byName ? verbal(at(theme.names, person), theme.names) : fixed(theme.slots, at(theme.slots, slot)),
    explanation: `Satu-satunya susunan yang memenuhi semua petunjuk adalah ${order.join(", ")}.`,
  };
}

const COMPARISONS = [
  {
    setting: "Tinggi badan lima siswa dibandingkan; tidak ada yang sama tinggi.",
    word: "lebih tinggi daripada",
    names: ["Gilang", "Hana", "Intan", "Joko", "Kirana"],
  },
  {
    setting: "Usia lima bersaudara berbeda-beda.",
    word: "lebih tua daripada",
    names: ["Laras", "Mega", "Nanda", "Oki", "Putri"],
  },
  {
    setting: "Lima pelari mencapai garis akhir pada waktu yang berbeda-beda.",
    word: "lebih cepat daripada",
    names: ["Raka", "Sari", "Tegar", "Umi", "Wawan"],
  },
  {
    setting: "Harga per kilogram lima bahan dapur berbeda-beda.",
    word: "lebih mahal daripada",
    names: ["bawang", "cabai", "jahe", "kencur", "lada"],
  },
];

function ranking(random: Random, variant: number): Draft | undefined {
  const { setting, word, names } = at(COMPARISONS, variant);
  const truth = random.pick(PLACINGS);
  const pairs = names.flatMap((_, i) => names.map((__, j) => [i, j] as const)).filter(([i, j]) => i !== j);
  const above = (p: readonly number[], [i, j]: readonly [number, number]): boolean => at(p, i) < at(p, j);
  const given = random.shuffle(pairs.filter((pair) => above(truth, pair))).slice(0, 5);
  const possible = PLACINGS.filter((p) => given.every((pair) => above(p, pair)));
  const derived = pairs.filter((pair) => !given.includes(pair) && possible.every((p) => above(p, pair)));
  const open = pairs.filter((pair) => possible.some((p) => above(p, pair)) && possible.some((p) => !above(p, pair)));
  const say = ([i, j]: readonly [number, number]): string => {
    const text = `${at(names, i)} ${word} ${at(names, j)}.`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  if (derived.length === 0 || open.length < 4) return undefined;
  const key = random.pick(derived);
  const reversed = random.pick(derived);
  return {
    topic: "Penalaran deduktif/Perbandingan",
    level: "ANALYZE",
    stem: `${setting} Diketahui hal-hal berikut.\n\n${given.map((g) => `- ${say(g)}`).join("\n")}\n\nPernyataan yang PASTI benar adalah …`,
    choices: verbal(say(key), [...random.shuffle(open).slice(0, 3), [reversed[1], reversed[0]] as const].map(say)),
    explanation: `Dengan merangkai perbandingan yang diketahui, hanya pernyataan “${say(key)}” yang berlaku pada setiap urutan yang mungkin.`,
  };
}

const CULPRITS = [
  {
    event: "Kunci ruang musik terbawa pulang oleh salah seorang dari lima siswa.",
    names: ["Adi", "Beni", "Caca", "Dewi", "Edo"],
  },
  {
    event: "Salah seorang dari lima sepupu menghabiskan kue di meja.",
    names: ["Fajar", "Gita", "Hadi", "Ika", "Jaya"],
  },
  { event: "Pot di teras pecah oleh salah seorang dari lima anak.", names: ["Kiki", "Lina", "Miko", "Nia", "Oka"] },
];

function culprit(random: Random, variant: number): Draft | undefined {
  const { event, names } = at(CULPRITS, variant);
  const honest = at([1, 2, 4], variant);
  const claims = names.map((_, speaker) => {
    const target = random.integer(0, 4);
    return { target, accuses: target !== speaker && random.chance(0.5) };
  });
  const truths = (guilty: number): number => claims.filter((c) => (c.target === guilty) === c.accuses).length;
  const guilty = [0, 1, 2, 3, 4].filter((g) => truths(g) === honest);
  if (guilty.length !== 1 || new Set(claims.map((c) => c.target)).size < 3) return undefined;
  const name = at(names, at(guilty, 0));
  const lines = claims.map(({ target, accuses }, s) => {
    const speech = accuses
      ? `Pelakunya ${at(names, target)}.`
      : target === s
        ? "Bukan saya pelakunya."
        : `Pelakunya bukan ${at(names, target)}.`;
    return `- ${at(names, s)}: “${speech}”`;
  });
  return {
    topic: "Penalaran deduktif/Pernyataan benar dan salah",
    level: "EVALUATE",
    stem: `${event} Ketika ditanya, mereka berkata sebagai berikut.\n\n${lines.join("\n")}\n\nJika tepat ${at(COUNT_WORDS, honest)} orang berkata benar, pelakunya adalah …`,
    choices: verbal(name, names),
    explanation: `Periksa setiap kemungkinan pelaku: hanya jika pelakunya ${name}, banyaknya pernyataan yang benar tepat ${at(COUNT_WORDS, honest)}.`,
  };
}

// ── Quantitative reasoning: tables, operations, grids, codes, sets ────────

const TABLES = [
  {
    title: "Penjualan buah di sebuah kios (kg)",
    what: "Penjualan",
    unit: "kg",
    rows: ["Apel", "Jeruk", "Mangga", "Pisang", "Salak"],
    columns: ["Januari", "Februari", "Maret", "April"],
  },
  {
    title: "Buku yang dipinjam dari perpustakaan sekolah (eksemplar)",
    what: "Peminjaman buku",
    unit: "eksemplar",
    rows: ["Novel", "Komik", "Sejarah", "Sains", "Biografi"],
    columns: ["minggu ke-1", "minggu ke-2", "minggu ke-3", "minggu ke-4"],
  },
  {
    title: "Bibit yang terjual di kebun pembibitan (batang)",
    what: "Penjualan bibit",
    unit: "batang",
    rows: ["Cabai", "Tomat", "Terung", "Bayam", "Sawi"],
    columns: ["Mei", "Juni", "Juli", "Agustus"],
  },
];

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function table(random: Random, variant: number): Draft[] | undefined {
  const { title, what, unit: name, rows, columns } = at(TABLES, variant);
  const cells = rows.map(() => columns.map(() => random.integer(4, 18) * 5));
  const column = (c: number): number[] => cells.map((row) => at(row, c));
  const totals = columns.map((_, c) => sum(column(c)));
  const growth = cells.map((row) => at(row, 3) / at(row, 0));
  const increase = cells.map((row) => at(row, 3) - at(row, 0));
  const fastest = growth.indexOf(Math.max(...growth));
  const largest = increase.indexOf(Math.max(...increase));
  const tie = growth.filter((g) => g === at(growth, fastest)).length > 1;
  if (tie || fastest === largest || at(growth, fastest) <= 1) return undefined;
  const [c, d, r] = [random.integer(0, 3), random.integer(0, 3), random.integer(0, 4)];
  const value = at(at(cells, r), d);
  const share = (value * 100) / at(totals, d);
  const range = Math.max(...totals) - Math.min(...totals);
  if (!Number.isInteger(share) || c === d || range === 0) return undefined;
  const sorted = column(c).toSorted((a, b) => a - b);
  const [col, other, row] = [at(columns, c), at(columns, d), at(rows, r).toLowerCase()];
  const passage = {
    code: `PU-T${variant + 1}`,
    title,
    text: [
      ["Jenis", ...columns],
      columns.concat("").map(() => "---"),
      ...cells.map((line, i) => [at(rows, i), ...line.map(num)]),
    ]
      .map((line) => `| ${line.join(" | ")} |`)
      .join("\n"),
  };
  const base = { topic: "Penalaran kuantitatif/Membaca tabel", level: "ANALYZE" as const, passage };
  const mean = at(totals, c) / 5;
  return [
    {
      ...base,
      hardness: 0.2,
      stem: `Persentase kenaikan tertinggi dari ${at(columns, 0)} ke ${at(columns, 3)} pada data “${title}” terjadi pada jenis …`,
      choices: verbal(at(rows, fastest), rows),
      explanation: `Persentase kenaikan dihitung terhadap nilai awal. ${at(rows, fastest)} naik dari ${num(at(at(cells, fastest), 0))} menjadi ${num(at(at(cells, fastest), 3))}, persentasenya paling tinggi walaupun kenaikan terbesar dalam ${name} ada pada ${at(rows, largest).toLowerCase()}.`,
    },
    {
      ...base,
      hardness: -1.3,
      level: "APPLY",
      stem: `Rata-rata ${what.toLowerCase()} pada ${col} untuk kelima jenis adalah …`,
      choices: numeric(mean, unit(name), {
        "memakai median": at(sorted, 2),
        "membagi dengan banyak kolom": at(totals, c) / 4,
        "rata-rata kolom lain": at(totals, d) / 5,
        "rata-rata nilai terkecil dan terbesar": (at(sorted, 0) + at(sorted, 4)) / 2,
        "satu nilai terlewat": (at(totals, c) - at(sorted, 0)) / 5,
        "lupa satu jenis": (at(totals, c) - at(sorted, 4)) / 4,
        "kelebihan satu": mean + 1,
        "kekurangan satu": mean - 1,
      }),
      explanation: `Jumlahnya ${num(at(totals, c))}, dibagi 5 menghasilkan ${num(mean)} ${name}.`,
    },
    {
      ...base,
      hardness: -0.2,
      level: "APPLY",
      stem: `Bagian ${row} dalam total ${what.toLowerCase()} pada ${other} adalah …`,
      choices: numeric(share, (v) => `${num(v)}%`, {
        "memakai nilai mutlak sebagai persen": value,
        "terhadap kolom lain": Math.round((value * 100) / at(totals, c)),
        "terhadap total baris": Math.round((value * 100) / sum(at(cells, r))),
        "jenis lain": Math.round((at(column(d), (r + 1) % 5) * 100) / at(totals, d)),
        "dibagi rata": 20,
        "lebih lima": share + 5,
        "kurang lima": share - 5,
      }),
      explanation: `$\\frac{${num(value)}}{${num(at(totals, d))}} \\times 100\\% = ${num(share)}\\%$.`,
    },
    {
      ...base,
      hardness: -0.5,
      level: "APPLY",
      stem: `Selisih antara total ${what.toLowerCase()} tertinggi dan terendah di antara ${at(columns, 0)} sampai ${at(columns, 3)} adalah …`,
      choices: numeric(range, unit(name), {
        "awal dan akhir saja": Math.abs(at(totals, 3) - at(totals, 0)),
        "dua kolom pertama": Math.abs(at(totals, 1) - at(totals, 0)),
        "dua kolom terakhir": Math.abs(at(totals, 3) - at(totals, 2)),
        "lebih lima": range + 5,
        "kurang lima": range - 5,
        "lebih sepuluh": range + 10,
        "kurang sepuluh": range - 10,
      }),
      explanation: `Total tiap kolom berturut-turut ${totals.map(num).join(", ")}. Selisihnya ${num(range)} ${name}.`,
    },
  ];
}

const OPERATIONS: readonly { text: string; apply: (a: number, b: number) => number }[] = [
  { text: "a^2 - 2b", apply: (a, b) => a * a - 2 * b },
  { text: "2a + 3b", apply: (a, b) => 2 * a + 3 * b },
  { text: "ab - a", apply: (a, b) => a * b - a },
  { text: "(a + b)^2 - ab", apply: (a, b) => (a + b) ** 2 - a * b },
  { text: "3a - b^2", apply: (a, b) => 3 * a - b * b },
];

function operation(random: Random, variant: number): Draft {
  const { text, apply } = at(OPERATIONS, variant);
  const [x = 0, y = 0, z = 0] = random.shuffle([1, 2, 3, 4, 5]);
  const inner = apply(x, y);
  const key = apply(inner, z);
  return {
    topic: "Penalaran kuantitatif/Operasi yang didefinisikan",
    level: "APPLY",
    stem: `Operasi $*$ didefinisikan sebagai $a * b = ${text}$. Nilai dari $(${x} * ${y}) * ${z}$ adalah …`,
    choices: numeric(
      key,
      math,
      {
        "mengubah letak tanda kurung": apply(x, apply(y, z)),
        "menukar urutan akhir": apply(z, inner),
        "menukar urutan awal": apply(apply(y, x), z),
        "berhenti di langkah pertama": inner,
        "salah tanda": -key,
        "mengalikan biasa pada langkah kedua": inner * z,
        "menjumlah hasilnya": inner + z,
      },
      -Infinity,
    ),
    explanation: `$${x} * ${y} = ${tex(inner)}$, lalu $${inner < 0 ? `(${tex(inner)})` : tex(inner)} * ${z} = ${tex(key)}$.`,
  };
}

const GRID_RULES: readonly { why: string; apply: (a: number, b: number) => number }[] = [
  { why: "Bilangan ketiga adalah dua kali bilangan pertama ditambah bilangan kedua.", apply: (a, b) => 2 * a + b },
  { why: "Bilangan ketiga adalah hasil kali kedua bilangan dikurangi bilangan pertama.", apply: (a, b) => a * b - a },
  { why: "Bilangan ketiga adalah kuadrat bilangan pertama dikurangi bilangan kedua.", apply: (a, b) => a * a - b },
  { why: "Bilangan ketiga adalah tiga kali selisih bilangan pertama dan kedua.", apply: (a, b) => 3 * (a - b) },
];

function grid(random: Random, variant: number): Draft | undefined {
  const { why, apply } = at(GRID_RULES, variant);
  const rows = [0, 1, 2, 3].map(() => [random.integer(5, 12), random.integer(2, 7)] as const);
  if (new Set(rows.map(([a]) => a)).size < 4 || new Set(rows.map(([, b]) => b)).size < 3) return undefined;
  if (rows.some(([a, b]) => apply(a, b) <= 0)) return undefined;
  const lines = rows.map(([a, b], i) => `| ${a} | ${b} | ${i === 3 ? "?" : apply(a, b)} |`);
  const [a, b] = at(rows, 3);
  const key = apply(a, b);
  return {
    topic: "Penalaran induktif/Pola tabel bilangan",
    level: "ANALYZE",
    stem: `Setiap baris pada tabel berikut mengikuti pola yang sama.\n\n| I | II | III |\n| --- | --- | --- |\n${lines.join("\n")}\n\nBilangan yang tepat untuk menggantikan tanda tanya adalah …`,
    choices: numeric(key, math, {
      "menjumlah saja": a + b,
      "mengalikan saja": a * b,
      "menukar peran kedua bilangan": apply(b, a),
      "salah tanda": key + 2 * b,
      "lupa satu langkah": key - b,
      "salah hitung satu": key + 1,
      "kurang satu": key - 1,
      "lebih dua": key + 2,
      "kurang dua": key - 2,
    }),
    explanation: `${why} Jadi, nilainya ${math(key)}.`,
  };
}

const WORDS = [
  ["PADI", "BATU"],
  ["LADANG", "SUNGAI"],
  ["PASAR", "KEBUN"],
  ["RAKIT", "DAHAN"],
] as const;

function cipher(random: Random, variant: number): Draft {
  const [example, word] = at(WORDS, variant);
  const shift = random.integer(2, 4);
  const growing = variant % 2 === 1;
  const encode = (text: string, step: number, grows: boolean): string =>
    [...text].map((ch, i) => letter((ALPHABET.indexOf(ch) + (grows ? step * (i + 1) : step) + 260) % 26)).join("");
  const step = growing ? 1 : shift;
  const key = encode(word, step, growing);
  const wrong = [
    encode(word, -step, growing), // arah geser terbalik
    encode(word, step + 1, growing), // geser kelebihan satu
    encode(word, growing ? 1 : step - 1, false), // geser kurang satu atau tidak bertambah
    [...key].toReversed().join(""), // urutan huruf terbalik
    encode(word, growing ? 2 : 1, !growing), // tertukar antara geser tetap dan geser bertambah
  ];
  const rule = growing
    ? "huruf pertama digeser 1, huruf kedua digeser 2, dan seterusnya"
    : `setiap huruf digeser ${shift} langkah ke depan`;
  return {
    topic: "Penalaran induktif/Sandi",
    level: "ANALYZE",
    stem: `Jika kata ${example} disandikan menjadi ${encode(example, step, growing)}, dengan pola yang sama kata ${word} disandikan menjadi …`,
    choices: verbal(key, wrong),
    hardness: growing ? 0.7 : -0.9,
    explanation: `Pada contoh, ${rule} dalam abjad. Dengan pola itu, ${word} menjadi ${key}.`,
  };
}

const CLUBS = [
  ["pramuka", "paduan suara"],
  ["futsal", "karawitan"],
  ["robotika", "jurnalistik"],
  ["tari saman", "pencak silat"],
  ["teater", "fotografi"],
] as const;

function sets(random: Random, variant: number): Draft | undefined {
  const [x, y] = at(CLUBS, variant);
  const [onlyX, onlyY, both, none] = [
    random.integer(6, 15),
    random.integer(6, 15),
    random.integer(3, 9),
    random.integer(2, 8),
  ];
  const [a, b, total] = [onlyX + both, onlyY + both, onlyX + onlyY + both + none];
  const topic = "Penalaran kuantitatif/Himpunan";
  const intro = `Di sebuah kelas terdapat ${total} siswa. Sebanyak ${a} siswa mengikuti ${x} dan ${b} siswa mengikuti ${y}`;
  const siswa = unit("siswa");
  if (variant >= 3) {
    const least = a + b - total;
    if (least < 3) return undefined;
    return {
      topic,
      level: "EVALUATE",
      hardness: 1.2,
      stem: `${intro}. Banyak siswa yang mengikuti kedua kegiatan paling sedikit adalah …`,
      choices: numeric(least, siswa, {
        "memakai kelompok terkecil": Math.min(a, b),
        "selisih kelompok": Math.abs(a - b),
        "di luar kelompok pertama": total - a,
        "di luar kelompok kedua": total - b,
        "kurang satu": least - 1,
        "lebih satu": least + 1,
        "irisan yang dikira tetap": both,
      }),
      explanation: `Irisan paling kecil terjadi jika semua siswa ikut setidaknya satu kegiatan: $${a} + ${b} - ${total} = ${least}$.`,
    };
  }
  const [asked, key] = at(
    [
      ["kedua kegiatan", both],
      [`${x} saja`, onlyX],
      ["tepat satu kegiatan", onlyX + onlyY],
    ] as const,
    variant,
  );
  return {
    topic,
    level: "APPLY",
    hardness: at([-1, -0.6, 0], variant),
    stem: `${intro}, sedangkan ${none} siswa tidak mengikuti keduanya. Banyak siswa yang mengikuti ${asked} adalah …`,
    choices: numeric(key, siswa, {
      "lupa siswa yang tidak ikut": a + b - total,
      "mengurangi semua dari total": total - a,
      "selisih kelompok": Math.abs(a - b),
      irisan: both,
      "hanya yang pertama": onlyX,
      "hanya yang kedua": onlyY,
      gabungan: total - none,
      "salah hitung satu": key + 1,
      "kurang satu": key - 1,
    }),
    explanation: `Yang mengikuti setidaknya satu kegiatan ada ${total - none} siswa, sehingga irisannya $${a} + ${b} - ${total - none} = ${both}$. Jadi, jawabannya ${key} siswa.`,
  };
}

// ── Written items: arguments, analogies, causes ───────────────────────────

interface Written {
  readonly stem: string;
  readonly key: string;
  readonly wrong: readonly string[];
  readonly why: string;
  readonly hardness: number;
}

const STRENGTHEN = "Pernyataan yang paling MEMPERKUAT argumen tersebut adalah …";
const WEAKEN = "Pernyataan yang paling MEMPERLEMAH argumen tersebut adalah …";
const ASSUMPTION = "Asumsi yang mendasari argumen tersebut adalah …";

const ARGUMENTS: readonly Written[] = [
  {
    stem: `Sebulan setelah jalur sepeda dibuka di jalan utama, waktu tempuh mobil pada jam sibuk berkurang. Dinas setempat menyimpulkan bahwa jalur sepeda mengurangi kemacetan.\n\n${WEAKEN}`,
    key: "Pada bulan yang sama, sebagian besar sekolah dan kantor di kawasan itu sedang libur panjang.",
    wrong: [
      "Menurut survei, separuh pengguna jalur sepeda itu sebelumnya pergi bekerja dengan mobil pribadi.",
      "Jalur sepeda dicat hijau agar mudah terlihat oleh pengemudi mobil.",
      "Kota tetangga juga berencana membuka jalur sepeda pada tahun depan.",
      "Penjualan sepeda di kota itu meningkat dua kali lipat sejak jalur dibuka.",
    ],
    why: "Libur panjang memberi penjelasan lain atas lalu lintas yang lebih lancar.",
    hardness: -1,
  },
  {
    stem: `Siswa yang membawa bekal dari rumah memperoleh nilai rata-rata lebih tinggi daripada siswa yang tidak membawa bekal. Jadi, membawa bekal meningkatkan nilai siswa.\n\n${WEAKEN}`,
    key: "Siswa yang membawa bekal umumnya juga didampingi orang tua ketika belajar di rumah.",
    wrong: [
      "Bekal dari rumah biasanya mengandung gizi yang lebih seimbang daripada makanan di kantin sekolah.",
      "Nilai siswa yang mulai membawa bekal naik setelah dua bulan.",
      "Harga makanan di kantin lebih mahal daripada biaya menyiapkan bekal.",
      "Sebagian siswa yang membawa bekal tetap membeli minuman di kantin.",
    ],
    why: "Pendampingan belajar adalah faktor lain yang dapat menjelaskan nilai tinggi itu.",
    hardness: -0.4,
  },
  {
    stem: `Seorang petani memberi kompos pada satu petak sawahnya dan panen petak itu naik seperlima dibandingkan musim lalu. Ia menyimpulkan bahwa kompos meningkatkan panen.\n\n${STRENGTHEN}`,
    key: "Petak lain tanpa kompos, dengan benih dan pengairan yang sama, panennya tidak berubah.",
    wrong: [
      "Petak yang diberi kompos itu juga ditanami benih varietas baru yang lebih tahan terhadap hama.",
      "Curah hujan pada musim ini lebih merata daripada musim lalu.",
      "Kompos tersebut dibuat dari sisa dapur warga di sekitar sawah.",
      "Harga gabah pada musim ini lebih tinggi daripada musim lalu.",
    ],
    why: "Petak pembanding yang sama dalam hal lain menyingkirkan penjelasan selain kompos.",
    hardness: -0.8,
  },
  {
    stem: `Setelah puskesmas mengirim pesan pengingat, lebih banyak pasien datang tepat waktu untuk pemeriksaan ulang. Pesan pengingat dianggap sebagai penyebabnya.\n\n${STRENGTHEN}`,
    key: "Kehadiran hanya meningkat pada pasien yang nomornya tercatat sebagai penerima pesan.",
    wrong: [
      "Pada waktu yang sama, puskesmas menambah jam pelayanan sampai sore hari bagi semua pasien.",
      "Biaya pengiriman pesan lebih murah daripada biaya mencetak surat.",
      "Sebagian pasien mengatakan bahwa mereka jarang membuka pesan.",
      "Jumlah pasien baru yang terdaftar tidak berubah sejak tahun lalu.",
    ],
    why: "Kenaikan hanya pada penerima pesan menghubungkan akibat langsung dengan sebab yang dikemukakan.",
    hardness: 0,
  },
  {
    stem: `Penjualan buku cetak di toko-toko buku kota itu menurun selama tiga tahun. Jadi, minat baca warga kota itu menurun.\n\n${ASSUMPTION}`,
    key: "Warga yang tidak membeli buku cetak di toko tidak menggantinya dengan sumber bacaan lain.",
    wrong: [
      "Harga buku cetak di kota itu tidak pernah turun selama tiga tahun.",
      "Jumlah toko buku di kota itu tetap lebih banyak daripada jumlah toko buku di kota-kota sekitarnya.",
      "Semua warga kota itu pernah membeli buku setidaknya satu kali.",
      "Minat baca warga hanya dapat ditingkatkan oleh pemerintah kota.",
    ],
    why: "Simpulan hanya berlaku jika berkurangnya pembelian tidak diimbangi bacaan digital, pinjaman, atau sumber lain.",
    hardness: 0.3,
  },
  {
    stem: `Setelah lampu jalan dipasang di Gang Kenanga, laporan kehilangan sepeda motor berkurang. Ketua RT menyimpulkan bahwa penerangan mencegah pencurian.\n\n${STRENGTHEN}`,
    key: "Di gang-gang lain yang belum berlampu, laporan kehilangan tidak berkurang.",
    wrong: [
      "Pada minggu lampu dipasang, warga juga memulai ronda malam setiap hari.",
      "Lampu yang dipasang menggunakan tenaga surya sehingga hemat biaya.",
      "Sebagian besar sepeda motor di gang itu dibeli secara angsuran.",
      "Beberapa warga malas melapor karena pengurusan laporan terlalu lama.",
    ],
    why: "Gang pembanding tanpa lampu menunjukkan bahwa penurunan itu bukan gejala umum.",
    hardness: -0.2,
  },
  {
    stem: `Peserta yang menyelesaikan pelatihan daring memperoleh nilai ujian lebih tinggi daripada peserta pelatihan tatap muka. Jadi, pelatihan daring lebih efektif.\n\n${WEAKEN}`,
    key: "Banyak peserta pelatihan daring yang tertinggal berhenti sebelum ujian, sedangkan peserta tatap muka hampir semuanya ikut ujian.",
    wrong: [
      "Soal ujian bagi kedua kelompok disusun dan dinilai oleh tim yang sama tanpa mengetahui asal kelompok peserta.",
      "Peserta pelatihan daring dapat mengulang rekaman materi kapan saja sampai mereka memahaminya dengan baik.",
      "Biaya pelatihan tatap muka dua kali lipat biaya pelatihan daring karena memerlukan ruang dan konsumsi.",
      "Nilai ujian awal kedua kelompok sebelum pelatihan dimulai kurang lebih sama menurut catatan panitia.",
    ],
    why: "Kelompok daring yang diuji tinggal peserta terbaik, sehingga perbandingannya tidak seimbang.",
    hardness: 0.9,
  },
  {
    stem: `Sejak kantong plastik belanja dilarang, pemakaian plastik di kota itu pasti berkurang karena toko tidak lagi membagikan kantong plastik.\n\n${WEAKEN}`,
    key: "Sejak larangan itu, warga membeli lebih banyak kantong sampah plastik yang lebih tebal.",
    wrong: [
      "Sebagian besar toko menyediakan kantong kertas yang dapat didaur ulang sebagai pengganti kantong plastik.",
      "Warga mulai terbiasa membawa tas kain ketika berbelanja.",
      "Larangan itu diumumkan tiga bulan sebelum mulai berlaku.",
      "Toko yang melanggar larangan itu dikenai denda oleh pemerintah kota.",
    ],
    why: "Penggantian dengan plastik yang lebih tebal dapat meniadakan pengurangan tersebut.",
    hardness: 0.2,
  },
  {
    stem: `Untuk menambah jumlah pengunjung, pengelola museum berencana menurunkan harga tiket hingga separuhnya.\n\nAsumsi yang mendasari rencana tersebut adalah …`,
    key: "Harga tiket selama ini menjadi alasan sebagian orang tidak berkunjung.",
    wrong: [
      "Koleksi museum itu lebih lengkap daripada koleksi museum lain di provinsi yang sama.",
      "Pendapatan museum akan naik dua kali lipat setelah harga turun.",
      "Pengunjung museum lebih menyukai tiket cetak daripada tiket digital.",
      "Semua pengunjung museum adalah pelajar yang berasal dari luar kota.",
    ],
    why: "Penurunan harga hanya efektif jika harga memang menjadi penghalang.",
    hardness: -0.6,
  },
  {
    stem: `Karyawan yang tidur siang selama dua puluh menit membuat lebih sedikit kesalahan pada sore hari. Perusahaan menyimpulkan bahwa tidur siang meningkatkan ketelitian.\n\n${STRENGTHEN}`,
    key: "Karyawan yang tidur siang dipilih secara acak, dan tugas semua karyawan pada sore hari sama.",
    wrong: [
      "Karyawan yang tidur siang adalah karyawan yang mendaftar secara sukarela setelah membaca pengumuman.",
      "Karyawan yang tidur siang mendapat tugas sore yang lebih ringan.",
      "Ruang tidur siang dilengkapi pendingin udara dan tirai tebal.",
      "Sebagian karyawan lebih suka minum kopi daripada tidur siang.",
    ],
    why: "Pemilihan acak dan tugas yang sama menyingkirkan perbedaan lain di antara kedua kelompok.",
    hardness: 0.6,
  },
];

const analogy = (pair: string, key: string, wrong: readonly string[], why: string, hardness: number): Written => ({
  stem: `Pilihlah kata yang paling tepat untuk melengkapi analogi berikut.\n\n${pair} : …`,
  key,
  wrong,
  why,
  hardness,
});

const ANALOGIES: readonly Written[] = [
  analogy(
    "dokter : stetoskop = petani",
    "cangkul",
    ["sawah", "padi", "panen", "desa"],
    "Hubungannya adalah pekerjaan dan alat kerjanya.",
    -2.2,
  ),
  analogy(
    "benang : kain = tanah liat",
    "gerabah",
    ["sawah", "perajin", "tungku", "lumpur"],
    "Hubungannya adalah bahan dan hasil olahannya.",
    -1.6,
  ),
  analogy(
    "nakhoda : kapal = masinis",
    "kereta api",
    ["stasiun", "rel", "penumpang", "peron"],
    "Hubungannya adalah pengemudi dan kendaraannya.",
    -1.8,
  ),
  analogy(
    "kemarau panjang : kekeringan = hujan lebat berkepanjangan",
    "banjir",
    ["mendung", "payung", "musim", "sungai"],
    "Hubungannya adalah sebab dan akibat.",
    -2,
  ),
  analogy(
    "bab : buku = babak",
    "drama",
    ["panggung", "aktor", "penonton", "tepuk tangan"],
    "Hubungannya adalah bagian dan keseluruhannya.",
    -1,
  ),
  analogy(
    "derajat Celsius : suhu = pascal",
    "tekanan",
    ["gaya", "volume", "ketinggian", "cuaca"],
    "Hubungannya adalah satuan dan besaran yang diukur.",
    -0.3,
  ),
  analogy(
    "hangat : panas = sejuk",
    "dingin",
    ["segar", "nyaman", "lembap", "teduh"],
    "Kata kedua menyatakan tingkat yang lebih kuat daripada kata pertama.",
    -0.9,
  ),
  analogy(
    "kikir : dermawan = ceroboh",
    "cermat",
    ["lambat", "malas", "pandai", "ramah"],
    "Kedua kata berlawanan makna.",
    -1.2,
  ),
  analogy(
    "ulat : kupu-kupu = berudu",
    "katak",
    ["kolam", "ikan", "telur", "nyamuk"],
    "Hubungannya adalah tahap muda dan tahap dewasa hewan yang sama.",
    -1.5,
  ),
];

const CAUSES = [
  "Pernyataan (1) adalah penyebab dan pernyataan (2) adalah akibatnya.",
  "Pernyataan (2) adalah penyebab dan pernyataan (1) adalah akibatnya.",
  "Pernyataan (1) dan (2) adalah dua penyebab yang tidak saling berhubungan.",
  "Pernyataan (1) dan (2) adalah akibat dari dua penyebab yang tidak saling berhubungan.",
  "Pernyataan (1) dan (2) adalah akibat dari satu penyebab yang sama.",
] as const;

const CAUSE_PAIRS: readonly (readonly [first: string, second: string, key: number, why: string, hardness: number])[] = [
  [
    "Abu letusan gunung menutupi landasan pacu bandara.",
    "Seluruh penerbangan di bandara itu dibatalkan pada pagi hari.",
    0,
    "Landasan yang tertutup abu menyebabkan pembatalan penerbangan.",
    -1.4,
  ],
  [
    "Harga bawang merah di pasar naik tajam.",
    "Sebagian besar tanaman bawang merah di daerah pemasok gagal panen karena hama.",
    1,
    "Gagal panen mengurangi pasokan sehingga harga naik.",
    -0.9,
  ],
  [
    "Sungai di tengah kota meluap.",
    "Jalan di daerah perbukitan tertutup longsor setelah hujan semalaman.",
    4,
    "Luapan sungai dan longsor sama-sama akibat hujan lebat semalaman.",
    0.3,
  ],
  [
    "Dodi terlambat tiba di sekolah karena ban sepedanya bocor.",
    "Warung di depan sekolah tutup karena pemiliknya mudik.",
    3,
    "Keduanya akibat dari dua penyebab berbeda yang tidak berkaitan: ban bocor dan mudik.",
    -0.2,
  ],
  [
    "Jumlah penumpang kapal penyeberangan turun separuhnya.",
    "Jembatan baru yang menghubungkan kedua pulau mulai dibuka untuk umum.",
    1,
    "Pembukaan jembatan menyebabkan orang beralih dari kapal penyeberangan.",
    -0.5,
  ],
];

const written =
  (topic: string, level: Draft["level"], list: readonly Written[]) =>
  (_: Random, variant: number): Draft => {
    const { stem, key, wrong, why, hardness } = at(list, variant);
    return { topic, level, stem, hardness, choices: verbal(key, wrong), explanation: why };
  };

function cause(_: Random, variant: number): Draft {
  const [first, second, key, why, hardness] = at(CAUSE_PAIRS, variant);
  return {
    topic: "Penalaran induktif/Sebab dan akibat",
    level: "ANALYZE",
    hardness,
    stem: `(1) ${first}\n(2) ${second}\n\nHubungan yang paling tepat antara kedua pernyataan tersebut adalah …`,
    choices: fixed(CAUSES, at(CAUSES, key)),
    explanation: why,
  };
}

const GROUPS: readonly Group[] = [
  { name: "number-series", hardness: 0, variants: 10, make: numberSeries },
  { name: "letter-series", hardness: 0, variants: 5, make: letterSeries },
  { name: "syllogism", hardness: 0, variants: SYLLOGISMS.length, make: syllogism },
  { name: "conditional", hardness: 0, variants: CONDITIONALS.length, make: conditional },
  { name: "arrangement", hardness: 0.6, variants: 6, make: arrangement },
  { name: "ranking", hardness: 0.4, variants: COMPARISONS.length, make: ranking },
  { name: "culprit", hardness: 1.5, variants: CULPRITS.length, make: culprit },
  { name: "table", hardness: 0, variants: TABLES.length, make: table },
  { name: "operation", hardness: -0.6, variants: OPERATIONS.length, make: operation },
  { name: "grid", hardness: 0.8, variants: GRID_RULES.length, make: grid },
  { name: "cipher", hardness: 0, variants: WORDS.length, make: cipher },
  { name: "sets", hardness: 0, variants: CLUBS.length, make: sets },
  {
    name: "argument",
    hardness: 0,
    variants: ARGUMENTS.length,
    make: written("Penalaran induktif/Kekuatan argumen", "EVALUATE", ARGUMENTS),
  },
  {
    name: "analogy",
    hardness: -1,
    variants: ANALOGIES.length,
    make: written("Penalaran induktif/Analogi", "UNDERSTAND", ANALOGIES),
  },
  { name: "cause", hardness: -0.5, variants: CAUSE_PAIRS.length, make: cause },
];

/** Items of Penalaran Umum (PU): inductive, deductive and quantitative reasoning. */
export function reasoningItems(): BankItem[] {
  return buildBank("PU", GROUPS);
}
