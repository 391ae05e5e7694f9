import {
  at,
  buildBank,
  fixed,
  fractions,
  gcd,
  math,
  num,
  numeric,
  plus,
  tex,
  verbal,
  type BankItem,
  type Draft,
  type Group,
} from "./item.js";
import type { Random } from "./random.js";

type Errors = Readonly<Record<string, number>>;

const FREE = -Infinity;
const percent = (value: number): string => `${num(value)}%`;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
/** Coefficient before a variable: "" for 1, "-" for -1. */
const coefficient = (value: number): string => (value === 1 ? "" : value === -1 ? "-" : tex(value));

// ── Algebra ───────────────────────────────────────────────────────────────

function linear(random: Random): Draft | undefined {
  const [a, c, b, x] = [random.integer(5, 9), random.integer(2, 4), random.integer(-6, 6), random.integer(-6, 9)];
  const d = a * (x + b) - c * x;
  if (b === 0 || d === 0 || x === 0) return undefined;
  return {
    topic: "Aljabar/Persamaan linear",
    level: "APPLY",
    stem: `Nilai $x$ yang memenuhi $${a}(x ${plus(b)}) = ${c}x ${plus(d)}$ adalah …`,
    choices: numeric(
      x,
      math,
      {
        "lupa mengalikan ke dalam kurung": (d - b) / (a - c),
        "salah tanda saat memindah ruas": (d + a * b) / (a - c),
        "menjumlahkan koefisien": (d - a * b) / (a + c),
        "salah tanda akhir": -x,
        "salah hitung satu": x + 1,
        "salah hitung satu ke bawah": x - 1,
        "lupa mengurangi konstanta": x + b,
        "salah hitung dua": x - 2,
      },
      FREE,
    ),
    explanation: `$${a}x ${plus(a * b)} = ${c}x ${plus(d)}$, sehingga $${a - c}x = ${tex(d - a * b)}$ dan $x = ${x}$.`,
  };
}

function system(random: Random, variant: number): Draft | undefined {
  const [x, y] = [random.integer(-3, 9), random.integer(-4, 7)];
  const [a, b, c, d] = [random.integer(2, 5), random.integer(2, 5), random.integer(2, 5), random.integer(2, 5)];
  const [k, m] = at(
    [
      [1, 1],
      [1, -1],
      [2, 1],
      [3, -2],
    ] as const,
    variant,
  );
  const key = k * x + m * y;
  if (x === y || x * y === 0 || a === b || c === d) return undefined;
  return {
    topic: "Aljabar/Sistem persamaan linear",
    level: "APPLY",
    hardness: at([-1.3, -1, -0.5, 0], variant),
    stem: `Diketahui sistem persamaan $${a}x + ${b}y = ${a * x + b * y}$ dan $${c}x - ${d}y = ${c * x - d * y}$. Nilai $${coefficient(k)}x ${m < 0 ? "-" : "+"} ${coefficient(Math.abs(m))}y$ adalah …`,
    choices: numeric(
      key,
      math,
      {
        "hanya nilai x": x,
        "hanya nilai y": y,
        "salah tanda y": k * x - m * y,
        "menukar x dan y": k * y + m * x,
        "salah tanda hasil": -key,
        "lebih satu": key + 1,
        "kurang satu": key - 1,
      },
      FREE,
    ),
    explanation: `Dengan eliminasi diperoleh $x = ${x}$ dan $y = ${y}$, sehingga nilainya $${key}$.`,
  };
}

function quadratic(random: Random, variant: number): Draft | undefined {
  const [p, q] = [random.integer(-4, 7), random.integer(2, 8)];
  const [s, t] = [p + q, p * q];
  if (p === q || p === 0 || s === 0) return undefined;
  const asks: readonly { text: string; value: number; wrong: Errors }[] = [
    {
      text: "\\alpha^2 + \\beta^2",
      value: s * s - 2 * t,
      wrong: { "salah tanda": s * s + 2 * t, "lupa suku silang": s * s, "lupa faktor dua": s * s - t },
    },
    {
      text: "(\\alpha + 1)(\\beta + 1)",
      value: t + s + 1,
      wrong: { "salah tanda jumlah akar": t - s + 1, "lupa suku tengah": t + 1, "lupa konstanta": t + s },
    },
    {
      text: "(\\alpha - \\beta)^2",
      value: s * s - 4 * t,
      wrong: { "memakai dua kali hasil kali": s * s - 2 * t, "salah tanda": s * s + 4 * t, "lupa suku silang": s * s },
    },
  ];
  const { text, value, wrong } = at(asks, variant);
  return {
    topic: "Aljabar/Persamaan kuadrat",
    level: "ANALYZE",
    hardness: 0.8 + variant * 0.3,
    stem: `Akar-akar persamaan $x^2 ${s > 0 ? "-" : "+"} ${coefficient(Math.abs(s))}x ${plus(t)} = 0$ adalah $\\alpha$ dan $\\beta$. Nilai $${text}$ adalah …`,
    choices: numeric(
      value,
      math,
      { ...wrong, "jumlah akar": s, "hasil kali akar": t, "lebih satu": value + 1, "kurang satu": value - 1 },
      FREE,
    ),
    explanation: `$\\alpha + \\beta = ${s}$ dan $\\alpha\\beta = ${t}$, sehingga $${text} = ${value}$.`,
  };
}

function composite(random: Random, variant: number): Draft | undefined {
  const [a, b, c, k] = [random.integer(2, 5), random.integer(-5, 7), random.integer(-4, 5), random.integer(2, 4)];
  const f = (x: number): number => a * x + b;
  const g = (x: number): number => x * x + c;
  const outer = variant % 2 === 0;
  const key = outer ? f(g(k)) : g(f(k));
  if (b === 0 || c === 0) return undefined;
  return {
    topic: "Fungsi/Komposisi fungsi",
    level: "APPLY",
    stem: `Diketahui $f(x) = ${a}x ${plus(b)}$ dan $g(x) = x^2 ${plus(c)}$. Nilai $${outer ? "(f \\circ g)" : "(g \\circ f)"}(${k})$ adalah …`,
    choices: numeric(
      key,
      math,
      {
        "urutan komposisi terbalik": outer ? g(f(k)) : f(g(k)),
        "mengalikan kedua fungsi": f(k) * g(k),
        "menjumlahkan kedua fungsi": f(k) + g(k),
        "berhenti pada fungsi dalam": outer ? g(k) : f(k),
        "lupa konstanta luar": key - (outer ? b : c),
        "salah tanda konstanta": key - 2 * (outer ? b : c),
      },
      FREE,
    ),
    explanation: outer
      ? `$g(${k}) = ${g(k)}$, lalu $f(${g(k)}) = ${key}$.`
      : `$f(${k}) = ${f(k)}$, lalu $g(${f(k)}) = ${key}$.`,
  };
}

function inverse(random: Random): Draft | undefined {
  const [a, b, d, x] = [random.integer(2, 6), random.integer(-7, 9), random.integer(2, 5), random.integer(-4, 8)];
  const value = a * x + b;
  if (b === 0 || x === 0) return undefined;
  return {
    topic: "Fungsi/Fungsi invers",
    level: "APPLY",
    stem: `Diketahui $f(x) = ${a}x ${plus(b)}$. Nilai $f^{-1}(${value}) + ${d}$ adalah …`,
    choices: numeric(
      x + d,
      math,
      {
        "lupa menambah": x,
        "menghitung f, bukan invers": a * value + b + d,
        "salah tanda konstanta": (value + b) / a + d,
        "lupa membagi": value - b + d,
        mengurangi: x - d,
        "lebih satu": x + d + 1,
        "kurang satu": x + d - 1,
      },
      FREE,
    ),
    explanation: `$${a}x ${plus(b)} = ${value}$ memberikan $x = ${x}$, sehingga nilainya $${x} + ${d} = ${x + d}$.`,
  };
}

function absolute(random: Random): Draft | undefined {
  const [a, b] = [random.integer(1, 9), random.integer(4, 13)];
  const low = (a - b) / 2;
  const high = (a + b) / 2;
  const inside = Array.from({ length: 60 }, (_, i) => i - 30).filter((x) => Math.abs(2 * x - a) < b);
  const key = inside.length;
  return {
    topic: "Aljabar/Pertidaksamaan nilai mutlak",
    level: "ANALYZE",
    stem: `Banyak bilangan bulat $x$ yang memenuhi $|2x - ${a}| < ${b}$ adalah …`,
    choices: numeric(key, math, {
      "menghitung kedua ujung": key + 2,
      "satu ujung ikut terhitung": key + 1,
      "satu ujung terlewat": key - 1,
      "hanya yang positif": inside.filter((x) => x > 0).length,
      "lupa membagi dua": 2 * b - 1,
      "memakai selang sebelah": Math.floor(high),
      "kedua ujung terlewat": key - 2,
    }),
    explanation: `Pertidaksamaan itu setara dengan $${tex(low)} < x < ${tex(high)}$. Bilangan bulatnya dari $${at(inside, 0)}$ sampai $${at(inside, key - 1)}$, ada $${key}$.`,
  };
}

function line(random: Random, variant: number): Draft | undefined {
  const [m, n, x1, gap] = [random.integer(-4, 5), random.integer(-6, 8), random.integer(1, 3), random.integer(2, 4)];
  const x2 = x1 + gap;
  const [y1, y2] = [m * x1 + n, m * x2 + n];
  if (m === 0 || n === 0) return undefined;
  const x3 = x2 + random.integer(2, 4);
  const asks = [
    { text: "Gradien garis itu adalah", value: m },
    { text: "Ordinat titik potong garis itu dengan sumbu $y$ adalah", value: n },
    { text: `Jika garis itu juga melalui titik $(${x3}, k)$, nilai $k$ adalah`, value: m * x3 + n },
  ];
  const { text, value } = at(asks, variant);
  return {
    topic: "Aljabar/Persamaan garis",
    level: "APPLY",
    hardness: -1.3 + variant * 0.6,
    stem: `Sebuah garis melalui titik $(${x1}, ${y1})$ dan $(${x2}, ${y2})$. ${text} …`,
    choices: numeric(
      value,
      math,
      {
        "salah tanda": -value,
        "selisih ordinat tanpa dibagi": y2 - y1,
        "memakai ordinat titik pertama": y1,
        "salah tanda gradien": -m * (variant === 2 ? x3 : 1) + n,
        "menukar gradien dan konstanta": variant === 0 ? n : m,
        "lebih satu": value + 1,
        "kurang satu": value - 1,
      },
      FREE,
    ),
    explanation: `Gradien $m = \\frac{${y2} - ${y1 < 0 ? `(${y1})` : y1}}{${x2} - ${x1}} = ${m}$, sehingga garisnya $y = ${coefficient(m)}x ${plus(n)}$ dan jawabannya $${value}$.`,
  };
}

function arithmetic(random: Random, variant: number): Draft {
  const [first, d] = [random.integer(3, 15), random.integer(2, 7)];
  const [i, j, n] = [random.integer(3, 5), random.integer(7, 9), random.integer(12, 20)];
  const u = (k: number): number => first + (k - 1) * d;
  const total = (n * (first + u(n))) / 2;
  const asksSum = variant === 2;
  const key = asksSum ? total : u(n);
  return {
    topic: "Barisan dan deret/Aritmetika",
    level: "APPLY",
    hardness: asksSum ? 0.4 : -0.4,
    stem: `Suku ke-${i} dan suku ke-${j} suatu barisan aritmetika berturut-turut adalah ${u(i)} dan ${u(j)}. ${asksSum ? `Jumlah ${n} suku pertama` : `Suku ke-${n}`} barisan itu adalah …`,
    choices: numeric(
      key,
      math,
      asksSum
        ? {
            "lupa membagi dua": 2 * total,
            "beda satu suku": total + u(n + 1),
            "kurang satu suku": total - u(n),
            "memakai suku terakhir saja": n * u(n),
            "memakai n + 1 suku": ((n + 1) * (first + u(n))) / 2,
            "memakai n - 1 suku": ((n - 1) * (first + u(n))) / 2,
          }
        : {
            "memakai n kali beda": first + n * d,
            "memakai n - 2 kali beda": u(n - 1),
            "lupa suku pertama": (n - 1) * d,
            "beda tanpa dibagi": first + (n - 1) * (u(j) - u(i)),
            "mulai dari suku yang diketahui": u(i) + (n - 1) * d,
            "salah hitung satu": key + 1,
            "kurang satu": key - 1,
          },
    ),
    explanation: `Beda $= \\frac{${u(j)} - ${u(i)}}{${j} - ${i}} = ${d}$ dan suku pertama $${first}$. ${asksSum ? `Jumlahnya $\\frac{${n}}{2}(${first} + ${u(n)}) = ${tex(total)}$.` : `Suku ke-${n} $= ${first} + ${n - 1} \\times ${d} = ${key}$.`}`,
  };
}

// ── Numbers: ratios, percentages, powers, divisibility ────────────────────

function ratio(random: Random, variant: number): Draft | undefined {
  const [m, n, p, q] = [random.integer(2, 5), random.integer(2, 5), random.integer(2, 5), random.integer(2, 5)];
  const parts = [m * p, n * p, n * q];
  const unitValue = random.integer(2, 9);
  if (m === n || p === q || n === p || m === p || gcd(m, n) > 1 || gcd(p, q) > 1) return undefined;
  const total = sum(parts) * unitValue;
  const part = at(parts, variant);
  const key = part * unitValue;
  const simple = m + n + q;
  return {
    topic: "Bilangan/Perbandingan",
    level: "APPLY",
    stem: `Diketahui $a : b = ${m} : ${n}$, $b : c = ${p} : ${q}$, dan $a + b + c = ${tex(total)}$. Nilai $${"abc".charAt(variant)}$ adalah …`,
    choices: numeric(key, math, {
      "tidak menyamakan b": (total / simple) * at([m, n, q], variant),
      "suku lain pertama": at(parts, (variant + 1) % 3) * unitValue,
      "suku lain kedua": at(parts, (variant + 2) % 3) * unitValue,
      "dibagi rata": total / 3,
      "lupa satu bagian": key - unitValue,
      "lebih satu bagian": key + unitValue,
      "hanya satuan": unitValue,
    }),
    explanation: `$a : b : c = ${parts.join(" : ")}$, jumlah bagiannya ${sum(parts)}, sehingga satu bagian bernilai ${unitValue} dan nilainya $${part} \\times ${unitValue} = ${key}$.`,
  };
}

function percentChange(random: Random, variant: number): Draft | undefined {
  const [p, q] = [random.integer(1, 8) * 5, random.integer(1, 6) * 5];
  const rises = variant === 1;
  const key = ((100 + p) * (rises ? 100 + q : 100 - q)) / 100;
  if (p === q) return undefined;
  const second = rises ? `naik lagi ${q}%` : `turun ${q}%`;
  return {
    topic: "Bilangan/Persentase",
    level: "APPLY",
    stem: `Suatu besaran naik ${p}%, kemudian ${second} dari nilai yang baru. Persentase nilai akhir terhadap nilai semula adalah …`,
    choices: numeric(key, percent, {
      "menjumlahkan persentase": 100 + p + (rises ? q : -q),
      "hanya perubahan pertama": 100 + p,
      "hanya perubahan kedua": 100 + (rises ? q : -q),
      "salah tanda": 200 - key,
      "salah arah perubahan kedua": ((100 + p) * (rises ? 100 - q : 100 + q)) / 100,
      "urutan tanda tertukar": ((100 - p) * (100 + q)) / 100,
      "lebih dari hasil": key + 5,
      "kurang dari hasil": key - 5,
    }),
    explanation: `$\\frac{${100 + p}}{100} \\times \\frac{${rises ? 100 + q : 100 - q}}{100} = ${tex(key)}\\%$ dari nilai semula; persentase bertahap tidak boleh dijumlahkan.`,
  };
}

function powers(random: Random, variant: number): Draft {
  const base = at([2, 3, 5], variant);
  const [a, b, c] = [random.integer(2, 6), random.integer(2, 5), random.integer(1, 3)];
  const key = a + 2 * b - 3 * c;
  return {
    topic: "Bilangan/Pangkat",
    level: "APPLY",
    stem: `Jika $\\frac{${base}^{${a}} \\cdot ${base ** 2}^{${b}}}{${base ** 3}^{${c}}} = ${base}^n$, nilai $n$ adalah …`,
    choices: numeric(
      key,
      math,
      {
        "tidak mengubah basis": a + b - c,
        "mengalikan pangkat pada perkalian": a * 2 * b - 3 * c,
        "menambah pangkat penyebut": a + 2 * b + 3 * c,
        "menambah pangkat dari pangkat": a + (b + 2) - (c + 3),
        "hanya pembilang": a + 2 * b,
        "lebih satu": key + 1,
        "kurang satu": key - 1,
      },
      FREE,
    ),
    explanation: `Ubah ke basis ${base}: pangkatnya $${a} + 2 \\cdot ${b} - 3 \\cdot ${c} = ${key}$.`,
  };
}

function rootSum(random: Random): Draft | undefined {
  const radicand = random.pick([2, 3, 5, 6, 7]);
  const [a, b, c] = [random.integer(2, 6), random.integer(2, 6), random.integer(2, 5)];
  const key = a + b - c;
  if (a === b || b === c || a === c || key < 2) return undefined;
  const root = (k: number): string => `\\sqrt{${k * k * radicand}}`;
  const show = (k: number): string => `$${coefficient(k)}\\sqrt{${radicand}}$`;
  return {
    topic: "Bilangan/Bentuk akar",
    level: "APPLY",
    stem: `Bentuk sederhana dari $${root(a)} + ${root(b)} - ${root(c)}$ adalah …`,
    choices: numeric(key, show, {
      "semua dijumlahkan": a + b + c,
      "lupa mengambil akar koefisien": a * a + b * b - c * c,
      "mengalikan koefisien": a * b - c,
      "lupa suku terakhir": a + b,
      "salah tanda suku kedua": a - b + c,
      "lebih satu": key + 1,
      "kurang satu": key - 1,
    }),
    explanation: `$${a}\\sqrt{${radicand}} + ${b}\\sqrt{${radicand}} - ${c}\\sqrt{${radicand}} = ${key}\\sqrt{${radicand}}$.`,
  };
}

function rationalise(random: Random): Draft | undefined {
  const [a, b, k] = [random.integer(5, 11), random.integer(2, 6), random.integer(2, 5)];
  if (a - b < 2 || [8, 9].includes(a) || b === 4) return undefined;
  const form = (outer: number, sign: string): string => `$${coefficient(outer)}(\\sqrt{${a}} ${sign} \\sqrt{${b}})$`;
  return {
    topic: "Bilangan/Merasionalkan penyebut",
    level: "APPLY",
    stem: `Bentuk $\\frac{${k * (a - b)}}{\\sqrt{${a}} - \\sqrt{${b}}}$ senilai dengan …`,
    choices: verbal(form(k, "+"), [
      form(k, "-"), // lupa mengubah tanda sekawan
      form(k * (a - b), "+"), // lupa membagi dengan penyebut baru
      form(k + 1, "+"), // salah membagi
      `$${k}\\sqrt{${a + b}}$`, // menggabungkan akar
    ]),
    explanation: `Kalikan pembilang dan penyebut dengan $\\sqrt{${a}} + \\sqrt{${b}}$; penyebutnya menjadi $${a} - ${b} = ${a - b}$, sehingga hasilnya ${form(k, "+")}.`,
  };
}

function remainder(random: Random): Draft | undefined {
  const d = random.integer(7, 13);
  const [r, k, m] = [random.integer(2, d - 1), random.integer(2, 6), random.integer(1, 9)];
  const key = (k * r + m) % d;
  if (key === 0) return undefined;
  return {
    topic: "Bilangan/Keterbagian",
    level: "ANALYZE",
    stem: `Bilangan bulat positif $n$ bersisa ${r} jika dibagi ${d}. Sisa pembagian $${k}n + ${m}$ oleh ${d} adalah …`,
    choices: numeric(
      key,
      math,
      {
        "lupa mengalikan": (r + m) % d,
        "lupa menambah": (k * r) % d,
        "mengambil pelengkapnya": d - key,
        "sisa semula": r,
        "lebih satu": (key + 1) % d,
        "kurang satu": key - 1,
        "lebih dua": (key + 2) % d,
      },
      -1,
    ),
    explanation: `Ganti $n$ dengan sisanya: $${k} \\cdot ${r} + ${m} = ${k * r + m}$, yang bersisa ${key} jika dibagi ${d}.`,
  };
}

function commonMultiple(random: Random, variant: number): Draft | undefined {
  const [a = 0, b = 0, c = 0] = random.shuffle([4, 5, 6, 8, 9, 10, 12]);
  const r = random.integer(1, 3);
  const lcm = (x: number, y: number): number => (x * y) / gcd(x, y);
  const all = lcm(lcm(a, b), c);
  const key = variant === 0 ? all + r : Math.floor(999 / all) * all;
  if (all > 180) return undefined;
  const stem =
    variant === 0
      ? `Bilangan bulat terkecil yang lebih dari ${Math.max(a, b, c)} dan bersisa ${r} jika dibagi ${a}, ${b}, dan ${c} adalah …`
      : `Bilangan tiga angka terbesar yang habis dibagi ${a}, ${b}, dan ${c} adalah …`;
  return {
    topic: "Bilangan/KPK dan FPB",
    level: "ANALYZE",
    stem,
    choices: numeric(key, math, {
      "mengalikan ketiganya": a * b * c + (variant === 0 ? r : 0),
      "lupa sisa": all,
      "mengurangi sisa": all - r,
      "hanya dua pembagi": lcm(a, b) + (variant === 0 ? r : 0),
      "satu kelipatan terlalu jauh": key - all,
      "setengah kelipatan": key - all / 2,
      "menjumlahkan pembagi": key - a - b - c,
      "kelipatan kedua": 2 * all + r,
      "bukan kelipatan": 999 - r,
    }),
    explanation:
      variant === 0
        ? `KPK dari ${a}, ${b}, dan ${c} adalah ${all}. Jadi, bilangannya $${all} + ${r} = ${key}$.`
        : `KPK dari ${a}, ${b}, dan ${c} adalah ${all}. Kelipatan ${all} terbesar yang kurang dari 1.000 adalah ${key}.`,
  };
}

// ── Statistics ────────────────────────────────────────────────────────────

function combinedMean(random: Random, variant: number): Draft | undefined {
  const [n1, n2] = [random.integer(2, 6) * 5, random.integer(2, 6) * 5];
  const [m1, m2] = [random.integer(60, 74), random.integer(76, 90)];
  const mean = (n1 * m1 + n2 * m2) / (n1 + n2);
  if (n1 === n2 || !Number.isInteger(mean)) return undefined;
  const asksSecond = variant === 2;
  return {
    topic: "Statistika/Rata-rata gabungan",
    level: "APPLY",
    hardness: asksSecond ? 0.2 : -0.5,
    stem: asksSecond
      ? `Rata-rata ${n1} data adalah ${m1}. Setelah digabung dengan ${n2} data lain, rata-ratanya menjadi ${mean}. Rata-rata ${n2} data tersebut adalah …`
      : `Rata-rata ${n1} data adalah ${m1}, sedangkan rata-rata ${n2} data lain adalah ${m2}. Rata-rata seluruh data adalah …`,
    choices: asksSecond
      ? numeric(m2, math, {
          "rata-rata sederhana": 2 * mean - m1,
          "selisih ditambahkan sekali": mean + 1,
          "tertukar bobot": mean + ((mean - m1) * n2) / n1,
          "lebih dua": m2 + 2,
          "kurang dua": m2 - 2,
          "lebih satu": m2 + 1,
          "kurang satu": m2 - 1,
        })
      : numeric(mean, math, {
          "rata-rata sederhana": (m1 + m2) / 2,
          "bobot tertukar": (n2 * m1 + n1 * m2) / (n1 + n2),
          "lebih satu": mean + 1,
          "kurang satu": mean - 1,
          "rata-rata kelompok pertama": m1,
          "rata-rata kelompok kedua": m2,
          "lebih dua": mean + 2,
          "kurang dua": mean - 2,
        }),
    explanation: `$${n1} \\cdot ${m1} + ${n2} \\cdot ${m2} = ${tex(n1 * m1 + n2 * m2)}$; dibagi ${n1 + n2} menghasilkan ${mean}.${asksSecond ? ` Jadi, rata-rata kelompok kedua ${m2}.` : ""}`,
  };
}

function replacedMean(random: Random): Draft | undefined {
  const [n, mean, change] = [random.integer(5, 9), random.integer(20, 45), random.integer(-4, 5)];
  const old = random.integer(10, 60);
  const fresh = old + n * change;
  const key = mean + change;
  if (change === 0 || fresh <= 0) return undefined;
  return {
    topic: "Statistika/Perubahan rata-rata",
    level: "APPLY",
    stem: `Rata-rata ${n} bilangan adalah ${mean}. Jika bilangan ${old} diganti dengan ${fresh}, rata-ratanya menjadi …`,
    choices: numeric(key, math, {
      "arah perubahan terbalik": mean - change,
      "selisih tidak dibagi": mean + fresh - old,
      "rata-rata tidak berubah": mean,
      "dibagi n - 1": mean + (fresh - old) / (n - 1),
      "lebih satu": key + 1,
      "kurang satu": key - 1,
      "lebih dua": key + 2,
      "kurang dua": key - 2,
    }),
    explanation: `Jumlah berubah sebesar $${fresh} - ${old} = ${fresh - old}$, sehingga rata-rata berubah $\\frac{${fresh - old}}{${n}} = ${change}$ menjadi ${key}.`,
  };
}

function median(random: Random): Draft | undefined {
  const known = Array.from({ length: 6 }, () => random.integer(3, 20));
  const mean = random.integer(8, 15);
  const missing = mean * 7 - sum(known);
  if (missing < 2 || missing > 25 || new Set([...known, missing]).size < 6) return undefined;
  const sorted = [...known, missing].toSorted((a, b) => a - b);
  const key = at(sorted, 3);
  const unsorted = at([...known, missing], 3);
  if (key === mean) return undefined;
  return {
    topic: "Statistika/Median",
    level: "ANALYZE",
    stem: `Rata-rata data ${known.join(", ")}, $p$ adalah ${mean}. Median data tersebut adalah …`,
    choices: numeric(key, math, {
      "tidak mengurutkan data": unsorted,
      "memakai rata-rata": mean,
      "mengambil p": missing,
      "satu posisi di bawah": at(sorted, 2),
      "satu posisi di atas": at(sorted, 4),
      "lebih satu": key + 1,
      "kurang satu": key - 1,
    }),
    explanation: `$p = 7 \\cdot ${mean} - ${sum(known)} = ${missing}$. Data terurut: ${sorted.join(", ")}; nilai tengahnya ${key}.`,
  };
}

// ── Geometry ──────────────────────────────────────────────────────────────

const TRIPLES = [
  [3, 4, 5],
  [5, 12, 13],
  [8, 15, 17],
  [7, 24, 25],
] as const;

function rectangle(random: Random, variant: number): Draft {
  const [p, q, r] = random.pick(TRIPLES);
  const scale = random.integer(1, 3);
  const [a, b, c] = [p * scale, q * scale, r * scale];
  const asksArea = variant % 2 === 0;
  const key = asksArea ? a * b : 2 * (a + b);
  return {
    topic: "Geometri/Teorema Pythagoras",
    level: "APPLY",
    stem: `Panjang diagonal sebuah persegi panjang adalah ${c} cm dan lebarnya ${a} cm. ${asksArea ? "Luas" : "Keliling"} persegi panjang itu adalah …`,
    choices: numeric(key, (v) => `${num(v)} cm${asksArea ? "²" : ""}`, {
      "memakai diagonal sebagai panjang": asksArea ? a * c : 2 * (a + c),
      "setengah hasil": key / 2,
      "dua kali hasil": key * 2,
      "panjang sebagai selisih": asksArea ? a * (c - a) : 2 * c,
      "keliling dan luas tertukar": asksArea ? 2 * (a + b) : a * b,
      "memakai segitiga": a + b + c,
      "panjang kali diagonal": asksArea ? b * c : 2 * (b + c),
    }),
    explanation: `Panjangnya $\\sqrt{${c}^2 - ${a}^2} = ${b}$ cm, sehingga ${asksArea ? `luasnya $${a} \\times ${b} = ${tex(key)}$ cm²` : `kelilingnya $2(${a} + ${b}) = ${tex(key)}$ cm`}.`,
  };
}

function ring(random: Random): Draft {
  const inner = random.integer(3, 8);
  const outer = inner + random.integer(2, 6);
  const key = outer * outer - inner * inner;
  return {
    topic: "Geometri/Lingkaran",
    level: "APPLY",
    stem: `Dua lingkaran sepusat berjari-jari ${inner} cm dan ${outer} cm. Luas daerah di antara kedua lingkaran itu adalah …`,
    choices: numeric(key, (v) => `$${tex(v)}\\pi$ cm²`, {
      "menguadratkan selisih": (outer - inner) ** 2,
      "memakai keliling": 2 * (outer - inner),
      "menjumlahkan luas": outer * outer + inner * inner,
      "luas lingkaran besar saja": outer * outer,
      "luas lingkaran kecil saja": inner * inner,
      "mengalikan jari-jari": outer * inner,
      "lupa mengurangi jari-jari": 2 * (outer + inner),
    }),
    explanation: `$\\pi(${outer}^2 - ${inner}^2) = ${key}\\pi$ cm².`,
  };
}

function angles(random: Random, variant: number): Draft | undefined {
  const parts = [random.integer(1, 4), random.integer(2, 6), random.integer(4, 9)].toSorted((a, b) => a - b);
  const [a = 0, b = 0, c = 0] = parts;
  const total = sum(parts);
  if (180 % total !== 0 || a === b || b === c || gcd(gcd(a, b), c) > 1) return undefined;
  const one = 180 / total;
  const largest = variant === 0;
  const key = largest ? c * one : (c - a) * one;
  return {
    topic: "Geometri/Sudut segitiga",
    level: "APPLY",
    stem: `Besar sudut-sudut sebuah segitiga berbanding ${a} : ${b} : ${c}. ${largest ? "Besar sudut terbesarnya" : "Selisih sudut terbesar dan terkecilnya"} adalah …`,
    choices: numeric(key, (v) => `$${tex(v)}^\\circ$`, {
      "memakai jumlah sudut 360°": key * 2,
      "sudut tengah": b * one,
      "sudut terkecil": a * one,
      "sudut terbesar": c * one,
      "satu bagian kurang": key - one,
      "satu bagian lebih": key + one,
      "selisih sudut terbesar dan tengah": (c - b) * one,
      "memakai 90°": key / 2,
    }),
    explanation: `Satu bagian sama dengan $\\frac{180}{${total}} = ${one}$ derajat, sehingga jawabannya $${tex(key)}^\\circ$.`,
  };
}

function cuboid(random: Random, variant: number): Draft | undefined {
  const [a, b, c] = [random.integer(3, 8), random.integer(4, 10), random.integer(5, 12)];
  if (a === b || b === c || a === c) return undefined;
  const [ab, bc, ca] = [a * b, b * c, c * a];
  const asksVolume = variant === 0;
  const key = asksVolume ? a * b * c : a + b + c;
  return {
    topic: "Geometri/Balok",
    level: "ANALYZE",
    hardness: asksVolume ? 1.4 : 1.8,
    stem: `Luas tiga sisi sebuah balok yang bertemu pada satu titik sudut adalah ${ab} cm², ${bc} cm², dan ${ca} cm². ${asksVolume ? "Volume balok itu" : "Jumlah panjang ketiga rusuk yang bertemu pada titik sudut itu"} adalah …`,
    choices: numeric(
      key,
      (v) => `${num(v)} cm${asksVolume ? "³" : ""}`,
      asksVolume
        ? {
            "menjumlahkan luas": ab + bc + ca,
            "luas permukaan": 2 * (ab + bc + ca),
            "dua kali volume": key * 2,
            "setengah volume": key / 2,
            "salah satu rusuk berlebih": ab * (c + 1),
            "salah satu rusuk kurang": ab * (c - 1),
          }
        : {
            "dua rusuk saja": a + b,
            "empat kali jumlah": 4 * key,
            "dua kali jumlah": 2 * key,
            "lebih satu": key + 1,
            "kurang satu": key - 1,
            "lebih dua": key + 2,
            "kurang dua": key - 2,
          },
    ),
    explanation: `Hasil kali ketiga luas sama dengan kuadrat volume, jadi $V = \\sqrt{${ab} \\cdot ${bc} \\cdot ${ca}} = ${tex(a * b * c)}$ cm³ dan rusuknya ${a} cm, ${b} cm, dan ${c} cm.${asksVolume ? "" : ` Jumlahnya ${key} cm.`}`,
  };
}

// ── Probability and counting ──────────────────────────────────────────────

function draws(random: Random, variant: number): Draft | undefined {
  const [r, w] = [random.integer(3, 6), random.integer(4, 7)];
  const n = r + w;
  const pairs = n * (n - 1);
  if (r === w) return undefined;
  const red = [r * (r - 1), pairs] as const;
  const mixed = [2 * r * w, pairs] as const;
  const same = [r * (r - 1) + w * (w - 1), pairs] as const;
  const [text, key] = at(
    [
      ["kedua bola merah", red],
      ["kedua bola berbeda warna", mixed],
      ["kedua bola sewarna", same],
    ] as const,
    variant,
  );
  return {
    topic: "Peluang/Pengambilan tanpa pengembalian",
    level: "APPLY",
    hardness: at([-0.2, 0.4, 0.6], variant),
    stem: `Sebuah kotak berisi ${r} bola merah dan ${w} bola putih. Jika dua bola diambil sekaligus secara acak, peluang terambil ${text} adalah …`,
    choices: fractions(key, {
      "mengambil dengan pengembalian": at(
        [
          [r * r, n * n],
          [2 * r * w, n * n],
          [r * r + w * w, n * n],
        ] as const,
        variant,
      ),
      "lupa dua urutan": [r * w, pairs],
      "kejadian sewarna": same,
      "kejadian beda warna": mixed,
      "hanya merah": red,
      "peluang satu bola": [r, n],
      "hanya putih": [w * (w - 1), pairs],
      "peluang satu bola putih": [w, n],
    }),
    explanation: `Dari $${pairs / 2}$ pasangan bola yang mungkin, ada $${key[0] / 2}$ pasangan yang sesuai.`,
  };
}

function dice(random: Random, variant: number): Draft {
  const limit = random.integer(4, 9);
  const asks = [
    { text: `jumlah mata dadu lebih dari ${limit}`, test: (a: number, b: number) => a + b > limit },
    {
      text: `selisih mata dadu tepat ${limit - 3 > 4 ? 2 : limit - 3}`,
      test: (a: number, b: number) => Math.abs(a - b) === (limit - 3 > 4 ? 2 : limit - 3),
    },
    {
      text: `hasil kali mata dadu kelipatan ${limit > 6 ? 4 : limit}`,
      test: (a: number, b: number) => (a * b) % (limit > 6 ? 4 : limit) === 0,
    },
  ];
  const { text, test } = at(asks, variant);
  const faces = [1, 2, 3, 4, 5, 6];
  const key = sum(faces.map((a) => faces.filter((b) => test(a, b)).length));
  return {
    topic: "Peluang/Dua dadu",
    level: "APPLY",
    hardness: at([-0.7, 0, 0.5], variant),
    stem: `Dua dadu bermata enam dilempar bersama-sama. Peluang ${text} adalah …`,
    choices: fractions([key, 36], {
      "menganggap pasangan tidak berurutan": [key, 21],
      "menghitung komplemen": [36 - key, 36],
      "satu pasangan terlewat": [key - 1, 36],
      "satu pasangan berlebih": [key + 1, 36],
      "separuh pasangan": [key, 72],
      "dua pasangan berlebih": [key + 2, 36],
      "dua pasangan terlewat": [key - 2, 36],
    }),
    explanation: `Dari 36 pasangan mata dadu yang mungkin, ada ${key} pasangan yang memenuhi.`,
  };
}

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

function committee(random: Random): Draft {
  const [m, w, team] = [random.integer(4, 6), random.integer(3, 5), 3];
  const key = choose(m, 2) * w;
  return {
    topic: "Peluang/Kombinasi",
    level: "APPLY",
    stem: `Dari ${m} siswa putra dan ${w} siswa putri akan dipilih sebuah tim beranggotakan ${team} orang yang terdiri atas 2 putra dan 1 putri. Banyak tim yang mungkin adalah …`,
    choices: numeric(key, math, {
      "memakai permutasi putra": m * (m - 1) * w,
      "menjumlahkan, bukan mengalikan": choose(m, 2) + w,
      "tanpa syarat": choose(m + w, 3),
      "menukar peran putra dan putri": choose(w, 2) * m,
      "mengalikan langsung": m * w,
      memangkatkan: m * m * w,
      "hanya putra": choose(m, 2),
    }),
    explanation: `Pilih 2 dari ${m} putra: ${choose(m, 2)} cara; pilih 1 dari ${w} putri: ${w} cara. Banyak tim $${choose(m, 2)} \\times ${w} = ${key}$.`,
  };
}

// ── Comparisons and data sufficiency ──────────────────────────────────────

interface Comparison {
  readonly given: string;
  readonly p: string;
  readonly q: string;
  /** Values (P, Q) in some of the situations allowed; enough to settle the relation. */
  readonly cases: readonly (readonly [p: number, q: number])[];
  readonly why: string;
  readonly hardness: number;
}

const RELATIONS = [
  "$P > Q$",
  "$P < Q$",
  "$P = Q$",
  "$P = 2Q$",
  "Hubungan $P$ dan $Q$ tidak dapat ditentukan.",
] as const;

function comparisons(random: Random): readonly Comparison[] {
  const [k, a, b] = [random.integer(4, 9), random.integer(12, 45), random.integer(50, 90)];
  const side = random.integer(4, 12);
  const [go, back] = [random.integer(3, 5) * 10, random.integer(6, 8) * 10];
  const odd = random.integer(5, 9) * 2 + 1;
  const product = random.integer(6, 12) * 2;
  return [
    {
      given: `Diketahui $x^2 = ${k * k}$.`,
      p: "$x$",
      q: `$${k - 1}$`,
      cases: [
        [k, k - 1],
        [-k, k - 1],
      ],
      hardness: 0.3,
      why: `$x$ dapat bernilai $${k}$ atau $${-k}$, sehingga $P$ dapat lebih besar atau lebih kecil daripada $Q$.`,
    },
    {
      given: "Perhatikan dua kuantitas berikut.",
      p: `${a}% dari ${b}`,
      q: `${b}% dari ${a}`,
      cases: [[(a * b) / 100, (b * a) / 100]],
      hardness: -0.8,
      why: `Keduanya sama dengan $\\frac{${a} \\times ${b}}{100} = ${tex((a * b) / 100)}$.`,
    },
    {
      given: "Diketahui $0 < x < 1$.",
      p: "$x^2$",
      q: "$x$",
      cases: [
        [0.01, 0.1],
        [0.25, 0.5],
        [0.81, 0.9],
      ],
      hardness: 0,
      why: "Mengalikan bilangan positif dengan $x$ yang kurang dari 1 membuatnya lebih kecil.",
    },
    {
      given: `Sebuah lingkaran menyinggung keempat sisi persegi yang panjang sisinya ${side} cm.`,
      p: "luas persegi",
      q: "luas lingkaran",
      cases: [[side ** 2, Math.PI * (side / 2) ** 2]],
      hardness: -0.9,
      why: "Lingkaran itu terletak di dalam persegi, sehingga luasnya lebih kecil.",
    },
    {
      given: `Seseorang menempuh suatu jarak dengan kecepatan ${go} km/jam dan kembali melalui jalan yang sama dengan kecepatan ${back} km/jam.`,
      p: "kecepatan rata-rata pergi pulang (km/jam)",
      q: `$${(go + back) / 2}$`,
      cases: [[(2 * go * back) / (go + back), (go + back) / 2]],
      hardness: 1,
      why: "Waktu dengan kecepatan rendah lebih lama, sehingga kecepatan rata-rata kurang dari rata-rata kedua kecepatan.",
    },
    {
      given: "Perhatikan dua kuantitas berikut.",
      p: `rata-rata bilangan bulat dari 1 sampai ${odd}`,
      q: `median bilangan bulat dari 1 sampai ${odd}`,
      cases: [[(odd + 1) / 2, (odd + 1) / 2]],
      hardness: -0.6,
      why: `Bilangan-bilangan itu berjarak sama, sehingga rata-rata dan mediannya $${(odd + 1) / 2}$.`,
    },
    {
      given: `Diketahui $xy = ${product}$ dengan $x$ dan $y$ bilangan bulat positif.`,
      p: "$x + y$",
      q: `$${product / 2 + 2}$`,
      cases: [
        [product + 1, product / 2 + 2],
        [product / 2 + 2, product / 2 + 2],
      ],
      hardness: 0.8,
      why: `Jika $x = 1$, jumlahnya ${product + 1}; jika $x = 2$, jumlahnya ${product / 2 + 2}. Hubungannya berubah-ubah.`,
    },
  ];
}

function comparison(random: Random, variant: number): Draft {
  const { given, p, q, cases, why, hardness } = at(comparisons(random), variant);
  const signs = new Set(cases.map(([x, y]) => Math.sign(Math.round((x - y) * 1e9))));
  const index = signs.size > 1 ? 4 : signs.has(1) ? 0 : signs.has(-1) ? 1 : 2;
  return {
    topic: "Bilangan/Membandingkan kuantitas",
    level: "EVALUATE",
    hardness,
    stem: `${given}\n\n| $P$ | $Q$ |\n| --- | --- |\n| ${p} | ${q} |\n\nHubungan antara kuantitas $P$ dan $Q$ yang tepat adalah …`,
    choices: fixed(RELATIONS, at(RELATIONS, index)),
    explanation: why,
  };
}

const SUFFICIENCY = [
  "Pernyataan (1) SAJA cukup untuk menjawab pertanyaan, tetapi pernyataan (2) SAJA tidak cukup.",
  "Pernyataan (2) SAJA cukup untuk menjawab pertanyaan, tetapi pernyataan (1) SAJA tidak cukup.",
  "DUA pernyataan BERSAMA-SAMA cukup untuk menjawab pertanyaan, tetapi SATU pernyataan SAJA tidak cukup.",
  "Pernyataan (1) SAJA cukup dan pernyataan (2) SAJA cukup untuk menjawab pertanyaan.",
  "Pernyataan (1) dan pernyataan (2) tidak cukup untuk menjawab pertanyaan.",
] as const;

const QUESTIONS: readonly (readonly [
  question: string,
  first: string,
  second: string,
  key: number,
  why: string,
  hardness: number,
])[] = [
  [
    "Berapakah nilai $x$?",
    "$2x + y = 10$",
    "$y = 4$",
    2,
    "Dari (2) diperoleh $y = 4$, lalu (1) memberikan $x = 3$. Masing-masing pernyataan saja tidak menentukan $x$.",
    -0.7,
  ],
  [
    "Apakah bilangan bulat positif $n$ habis dibagi 6?",
    "$n$ habis dibagi 12",
    "$n$ habis dibagi 3",
    0,
    "Setiap kelipatan 12 adalah kelipatan 6, sedangkan kelipatan 3 belum tentu genap.",
    0.2,
  ],
  [
    "Berapakah luas persegi $ABCD$?",
    "Keliling persegi itu 36 cm.",
    "Panjang diagonal persegi itu $9\\sqrt{2}$ cm.",
    3,
    "Keliling maupun diagonal masing-masing menentukan sisi 9 cm.",
    -0.1,
  ],
  [
    "Berapakah umur Rani sekarang?",
    "Rani 4 tahun lebih tua daripada Beni.",
    "Dua kali umur Rani sama dengan dua kali umur Beni ditambah 8 tahun.",
    4,
    "Pernyataan (2) setara dengan pernyataan (1); selisih umur saja tidak menentukan umur Rani.",
    0.9,
  ],
  [
    "Berapakah nilai bilangan real $x$?",
    "$x^2 = 49$",
    "$x^3 = -343$",
    1,
    "Pernyataan (1) memberi dua nilai, 7 dan $-7$; pernyataan (2) memberi tepat satu nilai, $-7$.",
    0.4,
  ],
  [
    "Apakah $x > y$?",
    "$x^2 > y^2$",
    "$x > 0$ dan $y > 0$",
    2,
    "Untuk bilangan positif, kuadrat yang lebih besar berarti bilangan yang lebih besar; tanpa tanda bilangan, (1) tidak cukup.",
    1,
  ],
];

function sufficiency(_: Random, variant: number): Draft {
  const [question, first, second, key, why, hardness] = at(QUESTIONS, variant);
  const dot = (text: string): string => (text.endsWith(".") ? text : `${text}.`);
  return {
    topic: "Bilangan/Kecukupan data",
    level: "EVALUATE",
    hardness,
    stem: `${question}\n\n(1) ${dot(first)}\n(2) ${dot(second)}\n\nPutuskan apakah pernyataan (1) dan (2) cukup untuk menjawab pertanyaan tersebut.`,
    choices: fixed(SUFFICIENCY, at(SUFFICIENCY, key)),
    explanation: why,
  };
}

const GROUPS: readonly Group[] = [
  { name: "linear", hardness: -2.1, variants: 3, make: linear },
  { name: "system", hardness: -0.6, variants: 4, make: system },
  { name: "quadratic", hardness: 0.8, variants: 3, make: quadratic },
  { name: "composite", hardness: -0.3, variants: 3, make: composite },
  { name: "inverse", hardness: 0.2, variants: 2, make: inverse },
  { name: "absolute", hardness: 1.7, variants: 2, make: absolute },
  { name: "line", hardness: -0.5, variants: 3, make: line },
  { name: "arithmetic", hardness: -0.2, variants: 3, make: arithmetic },
  { name: "ratio", hardness: -0.2, variants: 3, make: ratio },
  { name: "percent-change", hardness: -0.5, variants: 3, make: percentChange },
  { name: "powers", hardness: -1.2, variants: 3, make: powers },
  { name: "root-sum", hardness: -0.6, variants: 2, make: rootSum },
  { name: "rationalise", hardness: 0.3, variants: 2, make: rationalise },
  { name: "remainder", hardness: 1.3, variants: 3, make: remainder },
  { name: "common-multiple", hardness: 0.5, variants: 2, make: commonMultiple },
  { name: "mean-of-groups", hardness: -0.3, variants: 3, make: combinedMean },
  { name: "replaced-mean", hardness: 0.2, variants: 2, make: replacedMean },
  { name: "median", hardness: 0.2, variants: 2, make: median },
  { name: "rectangle", hardness: -1.2, variants: 3, make: rectangle },
  { name: "ring", hardness: -1, variants: 2, make: ring },
  { name: "angles", hardness: -1.9, variants: 2, make: angles },
  { name: "cuboid", hardness: 1, variants: 2, make: cuboid },
  { name: "draws", hardness: 0.3, variants: 3, make: draws },
  { name: "dice", hardness: 0, variants: 3, make: dice },
  { name: "committee", hardness: 0.8, variants: 2, make: committee },
  { name: "comparison", hardness: 0, variants: 7, make: comparison },
  { name: "sufficiency", hardness: 0.3, variants: QUESTIONS.length, make: sufficiency },
];

/** Items of Pengetahuan Kuantitatif (PK): algebra, numbers, statistics, geometry, probability. */
export function quantitativeItems(): BankItem[] {
  return buildBank("PK", GROUPS);
}
