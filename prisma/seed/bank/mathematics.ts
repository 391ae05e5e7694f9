import {
  at,
  buildBank,
  fractions,
  gcd,
  math,
  num,
  numeric,
  rupiah,
  tex,
  unit,
  verbal,
  type BankItem,
  type Draft,
  type Group,
} from "./item.js";
import type { Random } from "./random.js";

const percent = (value: number): string => `${num(value)}%`;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const two = (value: number): string => String(value).padStart(2, "0");
/** Time of day from minutes since midnight, e.g. "pukul 09.30". */
const clock = (minutes: number): string => `pukul ${two(Math.floor(minutes / 60) % 24)}.${two(minutes % 60)}`;
/** Length of time from minutes, e.g. "2 jam 30 menit". */
const duration = (minutes: number): string =>
  [[Math.floor(minutes / 60), "jam"] as const, [minutes % 60, "menit"] as const]
    .filter(([value]) => value > 0)
    .map(([value, name]) => `${value} ${name}`)
    .join(" ");
/** Nearest multiple of `step`, as a price would be written. */
const round = (value: number, step: number): number => Math.round(value / step) * step;
/** Random multiple of `step` from `min` to `max`. */
const steps = (random: Random, min: number, max: number, step: number): number =>
  random.integer(min / step, max / step) * step;

type Errors = Readonly<Record<string, number>>;
interface Ask {
  readonly stem: string;
  readonly key: number;
  readonly format: (value: number) => string;
  readonly errors: Errors;
  readonly why: string;
  readonly hardness: number;
  readonly level?: Draft["level"];
}
/** Drafts about one situation; undefined when a key is not a clean positive number. */
function situation(
  code: string,
  title: string,
  text: string,
  topic: string,
  asks: readonly Ask[],
): Draft[] | undefined {
  if (asks.some(({ key }) => key <= 0 || Math.abs(key * 100 - Math.round(key * 100)) > 1e-6)) return undefined;
  const passage = { code, title, text };
  return asks.map(({ stem, key, format, errors, why, hardness, level = "APPLY" }) => ({
    topic,
    stem,
    level,
    hardness,
    passage,
    choices: numeric(key, format, errors),
    explanation: why,
  }));
}

// ── Situations with several items ─────────────────────────────────────────

function batik(random: Random): Draft[] | undefined {
  const [t1, t2, workers, days] = [random.pick([8, 10]), 2, random.integer(4, 8), random.integer(20, 25)];
  const [c1, c2] = [steps(random, 150, 250, 10) * 1000, steps(random, 80, 140, 5) * 1000];
  const [p1, p2] = [steps(random, 550, 750, 50) * 1000, steps(random, 180, 250, 5) * 1000];
  const [g1, g2] = [p1 - c1, p2 - c2];
  const total = workers * days;
  const [made, sold1, sold2, least] = [
    random.integer(4, 8),
    random.integer(5, 9),
    random.integer(10, 18),
    random.integer(3, 6),
  ];
  const rest = (total - made * t1) / t2;
  const best = least * g1 + ((total - least * t1) / t2) * g2;
  if (
    total % t1 !== 0 ||
    !Number.isInteger(rest) ||
    g2 / t2 <= g1 / t1 ||
    !Number.isInteger((g2 * 100) / c2) ||
    sold1 === sold2
  )
    return undefined;
  const lembar = unit("lembar");
  return situation(
    "PM-S1",
    "Sanggar batik",
    `Sebuah sanggar membuat batik tulis dan batik cap. Satu lembar batik tulis memerlukan ${t1} hari kerja seorang pembatik dan biaya bahan ${rupiah(c1)}. Satu lembar batik cap memerlukan ${t2} hari kerja seorang pembatik dan biaya bahan ${rupiah(c2)}. Harga jualnya ${rupiah(p1)} per lembar untuk batik tulis dan ${rupiah(p2)} per lembar untuk batik cap. Sanggar itu mempunyai ${workers} pembatik yang masing-masing bekerja ${days} hari dalam sebulan. Keuntungan dihitung sebagai harga jual dikurangi biaya bahan.`,
    "Aritmetika sosial/Produksi batik",
    [
      {
        stem: "Jika semua pembatik hanya membuat batik tulis, banyak batik tulis yang selesai dalam sebulan adalah …",
        key: total / t1,
        format: lembar,
        hardness: -1.3,
        errors: {
          "lupa banyak pembatik": days / t1,
          "memakai waktu batik cap": total / t2,
          "menjumlahkan waktu kedua jenis": total / (t1 + t2),
          "lebih satu": total / t1 + 1,
          "kurang satu": total / t1 - 1,
          "lebih dua": total / t1 + 2,
          "kurang dua": total / t1 - 2,
        },
        why: `Tersedia $${workers} \\times ${days} = ${total}$ hari kerja, sehingga selesai $\\frac{${total}}{${t1}} = ${total / t1}$ lembar.`,
      },
      {
        stem: `Jika sanggar menyelesaikan ${made} lembar batik tulis, banyak batik cap yang dapat dibuat dengan sisa hari kerja bulan itu adalah …`,
        key: rest,
        format: lembar,
        hardness: -0.5,
        errors: {
          "tidak mengurangi waktu batik tulis": total / t2,
          "mengurangi banyak lembar, bukan hari": (total - made) / t2,
          "lupa membagi": total - made * t1,
          "mengurangi dari hasil akhir": total / t2 - made,
          "lebih satu": rest + 1,
          "kurang satu": rest - 1,
        },
        why: `Sisa hari kerja $${total} - ${made} \\times ${t1} = ${total - made * t1}$, sehingga dapat dibuat $\\frac{${total - made * t1}}{${t2}} = ${rest}$ lembar.`,
      },
      {
        stem: "Persentase keuntungan satu lembar batik cap terhadap biaya bahannya adalah …",
        key: (g2 * 100) / c2,
        format: percent,
        hardness: -0.3,
        errors: {
          "dibandingkan dengan harga jual": Math.round((g2 * 100) / p2),
          "harga jual terhadap biaya": (p2 * 100) / c2,
          "biaya terhadap harga jual": Math.round((c2 * 100) / p2),
          "batik tulis": Math.round((g1 * 100) / c1),
          "kurang sepuluh": (g2 * 100) / c2 - 10,
          "lebih sepuluh": (g2 * 100) / c2 + 10,
        },
        why: `Keuntungannya ${rupiah(g2)}; terhadap biaya ${rupiah(c2)} besarnya ${percent((g2 * 100) / c2)}.`,
      },
      {
        stem: `Jika terjual ${sold1} lembar batik tulis dan ${sold2} lembar batik cap, keuntungan sanggar adalah …`,
        key: sold1 * g1 + sold2 * g2,
        format: rupiah,
        hardness: -0.7,
        errors: {
          "menghitung pendapatan": sold1 * p1 + sold2 * p2,
          "banyak lembar tertukar": sold2 * g1 + sold1 * g2,
          "hanya batik tulis": sold1 * g1,
          "hanya batik cap": sold2 * g2,
          "menghitung biaya": sold1 * c1 + sold2 * c2,
          "biaya satu kali saja": sold1 * p1 + sold2 * p2 - c1 - c2,
        },
        why: `$${sold1} \\times ${tex(g1)} + ${sold2} \\times ${tex(g2)} = ${tex(sold1 * g1 + sold2 * g2)}$ rupiah.`,
      },
      {
        stem: `Sanggar harus membuat sedikitnya ${least} lembar batik tulis dan semua batik terjual. Keuntungan terbesar yang mungkin dalam sebulan adalah …`,
        key: best,
        format: rupiah,
        hardness: 1.8,
        level: "EVALUATE",
        errors: {
          "semua hari untuk batik tulis": (total / t1) * g1,
          "mengabaikan batas batik tulis": (total / t2) * g2,
          "menghitung pendapatan": least * p1 + ((total - least * t1) / t2) * p2,
          "lupa mengurangi hari batik tulis": least * g1 + (total / t2) * g2,
          "hanya batik cap": ((total - least * t1) / t2) * g2,
          "satu batik tulis berlebih": best + g1 - (t1 / t2) * g2,
        },
        why: `Keuntungan per hari kerja batik cap, ${rupiah(g2 / t2)}, lebih besar daripada batik tulis, sekitar ${rupiah(Math.round(g1 / t1))}. Jadi, dibuat ${least} batik tulis dan ${(total - least * t1) / t2} batik cap; keuntungannya ${rupiah(best)}.`,
      },
    ],
  );
}

function mobileData(random: Random): Draft[] | undefined {
  const [quota, extra, per] = [
    random.pick([12, 15, 18, 20]),
    steps(random, 6, 9, 1) * 1000,
    steps(random, 2, 4, 0.5) * 1000,
  ];
  const [flat, base] = [steps(random, 50, 75, 5) * 1000, steps(random, 20, 40, 5) * 1000];
  const [use, low, rate] = [quota + random.integer(3, 9), quota - random.integer(3, 8), random.pick([10, 20])];
  const equal = (base - flat + quota * extra) / (extra - per);
  const gap = flat - (base + per * low);
  const minutes = (quota * 1000) / (rate * 30);
  if (!Number.isInteger(equal) || equal <= quota || equal === use || !Number.isInteger(minutes)) return undefined;
  const drafts = situation(
    "PM-S2",
    "Dua paket data",
    `Sebuah penyedia layanan menawarkan dua paket data bulanan. Paket Hemat berharga ${rupiah(flat)} dengan kuota ${quota} GB; setiap GB di atas kuota dikenai biaya tambahan ${rupiah(extra)}. Paket Lentur mengenakan biaya tetap ${rupiah(base)} ditambah ${rupiah(per)} untuk setiap GB yang dipakai, tanpa kuota. Anggap 1 GB = 1.000 MB.`,
    "Fungsi linear/Paket data",
    [
      {
        stem: `Biaya Paket Hemat untuk pemakaian ${use} GB dalam sebulan adalah …`,
        key: flat + (use - quota) * extra,
        format: rupiah,
        hardness: -1.2,
        errors: {
          "semua GB dikenai tambahan": flat + use * extra,
          "lupa biaya paket": (use - quota) * extra,
          "lupa biaya tambahan": flat,
          "lebih satu GB": flat + (use - quota + 1) * extra,
          "kurang satu GB": flat + (use - quota - 1) * extra,
          "memakai tarif Paket Lentur": flat + (use - quota) * per,
        },
        why: `${rupiah(flat)} ditambah $${use - quota} \\times ${tex(extra)}$ menghasilkan ${rupiah(flat + (use - quota) * extra)}.`,
      },
      {
        stem: `Untuk pemakaian ${low} GB dalam sebulan, Paket Hemat lebih mahal daripada Paket Lentur sebesar …`,
        key: gap,
        format: rupiah,
        hardness: -0.4,
        errors: {
          "lupa biaya tetap": Math.abs(flat - per * low),
          "hanya selisih biaya tetap": flat - base,
          "memakai kuota penuh": Math.abs(flat - base - per * quota),
          "kelebihan satu GB": gap - per,
          "kekurangan satu GB": gap + per,
          "biaya Paket Lentur": base + per * low,
        },
        why: `Paket Hemat ${rupiah(flat)}, sedangkan Paket Lentur ${rupiah(base + per * low)}. Selisihnya ${rupiah(gap)}.`,
      },
      {
        stem: "Pemakaian di atas kuota yang membuat biaya kedua paket sama adalah …",
        key: equal,
        format: unit("GB"),
        hardness: 1.1,
        level: "ANALYZE",
        errors: {
          "menghitung kelebihannya saja": equal - quota,
          "memakai kuota": quota,
          "lebih satu": equal + 1,
          "kurang satu": equal - 1,
          "lebih dua": equal + 2,
          "kurang dua": equal - 2,
          "mengabaikan kuota": (flat - base) / per,
        },
        why: `$${tex(flat)} + ${tex(extra)}(x - ${quota}) = ${tex(base)} + ${tex(per)}x$ memberikan $x = ${equal}$.`,
      },
      {
        stem: `Sebuah video menghabiskan ${rate} MB setiap menit. Agar kuota Paket Hemat cukup untuk 30 hari, lama menonton per hari paling banyak …`,
        key: minutes,
        format: unit("menit"),
        hardness: -0.1,
        errors: {
          "salah konversi": minutes / 10,
          "lupa pembagian hari": (quota * 1000) / rate,
          "sepuluh kali": minutes * 10,
          separuh: minutes / 2,
          "dua kali": minutes * 2,
          "lebih sepuluh": minutes + 10,
          "kurang sepuluh": minutes - 10,
        },
        why: `$\\frac{${tex(quota * 1000)}}{${rate} \\times 30} = ${tex(minutes)}$ menit.`,
      },
    ],
  );
  const passage = drafts?.[0]?.passage;
  if (!drafts || !passage) return undefined;
  const cost = (fixedCost: number, slope: number, inner: string): string =>
    `$${tex(fixedCost)} + ${tex(slope)}${inner}$`;
  return [
    ...drafts,
    {
      topic: "Fungsi linear/Paket data",
      level: "UNDERSTAND",
      hardness: 0.2,
      passage,
      stem: `Biaya Paket Hemat (dalam rupiah) untuk pemakaian $x$ GB dengan $x > ${quota}$ dinyatakan oleh …`,
      choices: verbal(cost(flat, extra, `(x - ${quota})`), [
        cost(flat, extra, "x"), // tambahan dikenakan pada semua GB
        cost(extra, flat, `(x - ${quota})`), // biaya tetap dan tarif tertukar
        cost(flat, extra, `(${quota} - x)`), // pengurangan terbalik
        cost(base, per, "x"), // memakai paket yang lain
      ]),
      explanation: `Hanya kelebihan sebesar $x - ${quota}$ GB yang dikenai ${rupiah(extra)} per GB, di samping biaya paket ${rupiah(flat)}.`,
    },
  ];
}

function travel(random: Random): Draft[] | undefined {
  const [v1, v2, economy] = [random.pick([80, 90, 100]), random.pick([40, 45, 50, 60]), random.integer(10, 15)];
  const [d1, d2, rest] = [steps(random, 100, 260, 10), steps(random, 60, 150, 10), random.pick([20, 30, 40])];
  const [start, price] = [random.integer(5, 8) * 60, steps(random, 10, 13, 0.5) * 1000];
  const far = d1 + d2;
  const [m1, m2] = [(d1 / v1) * 60, (d2 / v2) * 60];
  const time = m1 + m2;
  const faster = (d2 * 60) / (m2 - 30);
  const average = (far * 60) / time;
  if (
    ![m1, m2, average, far / economy, faster].every(Number.isInteger) ||
    faster > 90 ||
    m2 <= 30 ||
    average === (v1 + v2) / 2
  )
    return undefined;
  const speed = unit("km/jam");
  return situation(
    "PM-S3",
    "Perjalanan ke kota tujuan",
    `Keluarga Pak Darma bepergian dengan mobil ke kota tujuan yang jauhnya ${far} km. Sejauh ${d1} km pertama ditempuh melalui jalan tol dengan kecepatan ${v1} km/jam, sedangkan sisanya melalui jalan biasa dengan kecepatan ${v2} km/jam. Mobil itu menempuh rata-rata ${economy} km untuk setiap liter bensin, dan harga bensin ${rupiah(price)} per liter. Mereka berangkat ${clock(start)}.`,
    "Kecepatan/Perjalanan",
    [
      {
        stem: "Tanpa berhenti, lama perjalanan seluruhnya adalah …",
        key: time,
        format: duration,
        hardness: -0.9,
        errors: {
          "memakai rata-rata kecepatan": Math.round((far * 60) / ((v1 + v2) / 2)),
          "semua lewat tol": Math.round((far * 60) / v1),
          "hanya tol": m1,
          "hanya jalan biasa": m2,
          "lebih sepuluh menit": time + 10,
          "kurang sepuluh menit": time - 10,
          "semua jalan biasa": Math.round((far * 60) / v2),
        },
        why: `Jalan tol ${duration(m1)} dan jalan biasa ${duration(m2)}, seluruhnya ${duration(time)}.`,
      },
      {
        stem: "Kecepatan rata-rata untuk seluruh perjalanan tanpa berhenti adalah …",
        key: average,
        format: speed,
        hardness: 0.8,
        level: "ANALYZE",
        errors: {
          "rata-rata dua kecepatan": (v1 + v2) / 2,
          "kecepatan tol": v1,
          "kecepatan jalan biasa": v2,
          "lebih dua": average + 2,
          "kurang dua": average - 2,
          "bobot tertukar": Math.round((d1 * v2 + d2 * v1) / far),
          "selisih kecepatan": v1 - v2,
        },
        why: `Jarak ${far} km dibagi waktu ${duration(time)} menghasilkan ${average} km/jam, bukan rata-rata kedua kecepatan.`,
      },
      {
        stem: `Jika di perjalanan mereka beristirahat selama ${rest} menit, mereka tiba …`,
        key: start + time + rest,
        format: clock,
        hardness: -0.6,
        errors: {
          "lupa istirahat": start + time,
          "istirahat dikurangkan": start + time - rest,
          "istirahat dihitung dua kali": start + time + 2 * rest,
          "lupa jalan biasa": start + m1 + rest,
          "kelebihan satu jam": start + time + rest + 60,
          "kekurangan satu jam": start + time + rest - 60,
        },
        why: `${duration(time)} ditambah ${rest} menit setelah ${clock(start)} adalah ${clock(start + time + rest)}.`,
      },
      {
        stem: "Biaya bensin untuk sekali jalan adalah …",
        key: (far / economy) * price,
        format: rupiah,
        hardness: -1.1,
        errors: {
          "hanya jarak tol": Math.round(d1 / economy) * price,
          "hanya jalan biasa": Math.round(d2 / economy) * price,
          "lebih satu liter": (far / economy + 1) * price,
          "kurang satu liter": (far / economy - 1) * price,
          "pulang pergi": (far / economy) * price * 2,
          "tertukar jarak dan hemat": economy * price,
        },
        why: `Bensin yang diperlukan $\\frac{${far}}{${economy}} = ${far / economy}$ liter, biayanya ${rupiah((far / economy) * price)}.`,
      },
      {
        stem: "Agar lama perjalanan tanpa berhenti berkurang 30 menit dengan kecepatan di tol tetap, kecepatan di jalan biasa harus menjadi …",
        key: faster,
        format: speed,
        hardness: 1.2,
        level: "ANALYZE",
        errors: {
          "menambah 30": v2 + 30,
          "kecepatan tetap": v2,
          "menambah separuh": v2 * 1.5,
          "memakai jarak tol": Math.round((d1 * 60) / (m2 + 30)),
          "lebih lima": faster + 5,
          "kurang lima": faster - 5,
          "menambah sepuluh": faster + 10,
        },
        why: `Waktu di jalan biasa menjadi $${m2} - 30 = ${m2 - 30}$ menit, sehingga kecepatannya ${faster} km/jam.`,
      },
    ],
  );
}

function rainfall(random: Random): Draft[] | undefined {
  const months = ["Oktober", "November", "Desember", "Januari", "Februari", "Maret"];
  const lows = [80, 160, 220, 260, 220, 150];
  const rain = lows.map((low) => steps(random, low, low + 140, 10));
  const [first, second] = [at(rain, 0), at(rain, 3)];
  const sorted = [...rain].toSorted((a, b) => a - b);
  const [total, mean] = [sum(rain), sum(rain) / 6];
  const [roof, share] = [random.integer(6, 15) * 10, random.pick([75, 80, 90])];
  const middle = (at(sorted, 2) + at(sorted, 3)) / 2;
  const target = mean - random.integer(2, 8) * 5;
  const needed = target * 7 - total;
  const change = ((second - first) * 100) / first;
  const peak = at(sorted, 5);
  const litres = (roof * peak * share) / 100;
  if (
    !Number.isInteger(mean) ||
    !Number.isInteger(change) ||
    change < 20 ||
    change > 200 ||
    new Set(rain).size < 6 ||
    mean === middle ||
    needed < 20
  )
    return undefined;
  const mm = unit("mm");
  const table = `| Bulan | Curah hujan (mm) |\n| --- | --- |\n${months.map((month, i) => `| ${month} | ${num(at(rain, i))} |`).join("\n")}`;
  return situation(
    "PM-S4",
    "Curah hujan di sebuah desa",
    `Tabel berikut menunjukkan curah hujan bulanan di sebuah desa.\n\n${table}\n\nCurah hujan 1 mm berarti setiap meter persegi permukaan menerima 1 liter air.`,
    "Statistika/Curah hujan",
    [
      {
        stem: "Rata-rata curah hujan bulanan selama enam bulan itu adalah …",
        key: mean,
        format: mm,
        hardness: -1.5,
        errors: {
          "memakai median": middle,
          "satu bulan terlewat": (total - at(rain, 5)) / 5,
          "rata-rata terkecil dan terbesar": (at(sorted, 0) + peak) / 2,
          "dibagi lima": total / 5,
          "lebih sepuluh": mean + 10,
          "kurang sepuluh": mean - 10,
          "lebih lima": mean + 5,
          "kurang lima": mean - 5,
        },
        why: `Jumlahnya ${num(total)} mm, dibagi 6 menghasilkan ${num(mean)} mm.`,
      },
      {
        stem: "Median curah hujan bulanan pada data itu adalah …",
        key: middle,
        format: mm,
        hardness: -0.5,
        errors: {
          "tidak mengurutkan data": (at(rain, 2) + at(rain, 3)) / 2,
          "mengambil data ketiga": at(sorted, 2),
          "mengambil data keempat": at(sorted, 3),
          "memakai rata-rata": mean,
          "lebih sepuluh": middle + 10,
          "kurang sepuluh": middle - 10,
        },
        why: `Data terurut: ${sorted.map(num).join(", ")}. Mediannya $\\frac{${at(sorted, 2)} + ${at(sorted, 3)}}{2} = ${tex(middle)}$ mm.`,
      },
      {
        stem: "Persentase kenaikan curah hujan dari Oktober ke Januari adalah …",
        key: change,
        format: percent,
        hardness: 0,
        errors: {
          "dibandingkan dengan Januari": Math.round(((second - first) * 100) / second),
          "selisih sebagai persen": second - first,
          "nilai baru terhadap nilai lama": (second * 100) / first,
          "dibandingkan dengan rata-rata": Math.round(((second - first) * 100) / mean),
          "lebih sepuluh": change + 10,
          "kurang sepuluh": change - 10,
        },
        why: `$\\frac{${second} - ${first}}{${first}} \\times 100\\% = ${tex(change)}\\%$.`,
      },
      {
        stem: `Atap sebuah rumah berbentuk datar seluas ${roof} m². Jika ${share}% air hujan pada bulan dengan curah hujan tertinggi dapat ditampung, banyak air yang tertampung adalah …`,
        key: litres,
        format: unit("liter"),
        hardness: 0.5,
        errors: {
          "lupa persentase": roof * peak,
          "memakai bagian yang hilang": (roof * peak * (100 - share)) / 100,
          "memakai rata-rata": (roof * mean * share) / 100,
          "memakai bulan terendah": (roof * at(sorted, 0) * share) / 100,
          "salah konversi": litres / 10,
          "memakai bulan tertinggi kedua": (roof * at(sorted, 4) * share) / 100,
        },
        why: `$${roof} \\times ${peak} \\times ${share}\\% = ${tex(litres)}$ liter.`,
      },
      {
        stem: `Agar rata-rata curah hujan dari Oktober sampai April menjadi ${num(target)} mm, curah hujan pada April haruslah …`,
        key: needed,
        format: mm,
        hardness: 1.3,
        level: "ANALYZE",
        errors: {
          "sama dengan rata-rata sasaran": target,
          "memakai enam bulan": Math.abs(target * 6 - total),
          "dua kali sasaran dikurangi rata-rata": 2 * target - mean,
          "selisih rata-rata": mean - target,
          "lebih sepuluh": needed + 10,
          "kurang sepuluh": needed - 10,
          "lebih dua puluh": needed + 20,
        },
        why: `$7 \\times ${tex(target)} - ${tex(total)} = ${tex(needed)}$ mm.`,
      },
    ],
  );
}

function savings(random: Random): Draft[] | undefined {
  const [a, d] = [steps(random, 10, 20, 5) * 1000, random.integer(2, 5) * 1000];
  const [b, c] = [steps(random, 150, 300, 50) * 1000, steps(random, 25, 40, 5) * 1000];
  const [goal, n, w] = [steps(random, 900, 1500, 50) * 1000, random.integer(8, 12), random.integer(13, 16)];
  const sekar = (week: number): number => (week * (2 * a + (week - 1) * d)) / 2;
  const bagas = (week: number): number => b + c * week;
  const first = (test: (week: number) => boolean): number =>
    Array.from({ length: 99 }, (_, i) => i + 1).find(test) ?? 0;
  const reach = first((k) => sekar(k) >= goal);
  const reachB = first((k) => bagas(k) >= goal);
  const pass = first((k) => sekar(k) > bagas(k));
  if (pass === reach || sekar(reach) === goal || pass < 6 || reachB === reach) return undefined;
  const week = (value: number): string => `minggu ke-${num(value)}`;
  return situation(
    "PM-S5",
    "Menabung untuk membeli sepeda",
    `Sekar menabung setiap minggu: ${rupiah(a)} pada minggu pertama, lalu setoran setiap minggu ${rupiah(d)} lebih banyak daripada minggu sebelumnya. Bagas sudah mempunyai ${rupiah(b)} dan menambah tabungannya ${rupiah(c)} setiap minggu, mulai minggu pertama. Keduanya ingin membeli sepeda seharga ${rupiah(goal)}.`,
    "Barisan dan deret/Tabungan",
    [
      {
        stem: `Setoran Sekar pada minggu ke-${w} adalah …`,
        key: a + (w - 1) * d,
        format: rupiah,
        hardness: -1,
        errors: {
          "mengalikan dengan n": a + w * d,
          "lupa setoran awal": (w - 1) * d,
          "kurang dua kali": a + (w - 2) * d,
          "menjumlah semua setoran": sekar(w),
          "mengalikan setoran awal": a * w,
          "lebih dua kali": a + (w + 1) * d,
        },
        why: `$${tex(a)} + ${w - 1} \\times ${tex(d)} = ${tex(a + (w - 1) * d)}$ rupiah.`,
      },
      {
        stem: `Jumlah tabungan Sekar setelah ${n} minggu adalah …`,
        key: sekar(n),
        format: rupiah,
        hardness: -0.1,
        errors: {
          "lupa membagi dua": 2 * sekar(n),
          "memakai setoran terakhir": n * (a + (n - 1) * d),
          "setoran dianggap tetap": n * a,
          "lebih satu minggu": sekar(n + 1),
          "kurang satu minggu": sekar(n - 1),
          "setoran terakhir saja": a + (n - 1) * d,
        },
        why: `$\\frac{${n}}{2}(${tex(a)} + ${tex(a + (n - 1) * d)}) = ${tex(sekar(n))}$ rupiah.`,
      },
      {
        stem: "Tabungan Sekar pertama kali cukup untuk membeli sepeda pada …",
        key: reach,
        format: week,
        hardness: 0.9,
        level: "ANALYZE",
        errors: {
          "berhenti satu minggu terlalu awal": reach - 1,
          "satu minggu terlambat": reach + 1,
          "setoran dianggap tetap": Math.ceil(goal / a),
          "dua minggu terlambat": reach + 2,
          "dua minggu terlalu awal": reach - 2,
          "menghitung Bagas": reachB,
        },
        why: `Setelah ${reach - 1} minggu tabungannya ${rupiah(sekar(reach - 1))}, sedangkan setelah ${reach} minggu ${rupiah(sekar(reach))}.`,
      },
      {
        stem: "Tabungan Bagas pertama kali cukup untuk membeli sepeda pada …",
        key: reachB,
        format: week,
        hardness: -0.6,
        errors: {
          "lupa tabungan awal": Math.ceil(goal / c),
          "tabungan awal ditambahkan": Math.ceil((goal + b) / c),
          "pembulatan ke bawah": reachB - 1,
          "satu minggu terlambat": reachB + 1,
          "dua minggu terlambat": reachB + 2,
          "dua minggu terlalu awal": reachB - 2,
        },
        why: `Kekurangannya ${rupiah(goal - b)}; dengan ${rupiah(c)} per minggu diperlukan ${reachB} minggu.`,
      },
      {
        stem: "Tabungan Sekar pertama kali melebihi tabungan Bagas pada …",
        key: pass,
        format: week,
        hardness: 1.7,
        level: "EVALUATE",
        errors: {
          "membandingkan setoran, bukan tabungan": first((k) => a + (k - 1) * d > c),
          "satu minggu terlalu awal": pass - 1,
          "satu minggu terlambat": pass + 1,
          "lupa tabungan awal Bagas": first((k) => sekar(k) > c * k),
          "dua minggu terlambat": pass + 2,
          "dua minggu terlalu awal": pass - 2,
        },
        why: `Pada ${week(pass)} tabungan Sekar ${rupiah(sekar(pass))} dan Bagas ${rupiah(bagas(pass))}; seminggu sebelumnya tabungan Sekar belum lebih banyak.`,
      },
    ],
  );
}

function riceField(random: Random): Draft[] | undefined {
  const [length, width] = [steps(random, 160, 250, 10), steps(random, 80, 150, 10)];
  const [dose, sackPrice, crop, milled] = [
    steps(random, 180, 260, 20),
    steps(random, 110, 150, 5) * 1000,
    random.pick([5, 5.5, 6, 6.5]),
    random.pick([60, 64, 65]),
  ];
  const [workers, days, fewer] = [random.integer(6, 12), random.integer(5, 8), random.integer(2, 3)];
  const area = (length * width) / 10000;
  const fertiliser = area * dose;
  const sacks = Math.ceil(fertiliser / 50);
  const grain = area * crop * 1000;
  const rice = (grain * milled) / 100;
  const crew = (workers * days) / (days - fewer);
  if (
    !Number.isInteger(crew) ||
    fertiliser % 50 === 0 ||
    ![fertiliser, grain, rice].every(Number.isInteger) ||
    area === 1
  )
    return undefined;
  const kg = unit("kg");
  return situation(
    "PM-S6",
    "Sawah Bu Wati",
    `Sawah Bu Wati berbentuk persegi panjang dengan panjang ${length} m dan lebar ${width} m (1 hektare = 10.000 m²). Dosis pupuk yang dianjurkan ${dose} kg per hektare. Pupuk hanya dijual dalam karung berisi 50 kg seharga ${rupiah(sackPrice)} per karung. Sawah itu menghasilkan ${num(crop)} ton gabah per hektare, dan ${milled}% berat gabah menjadi beras. Panen biasanya diselesaikan oleh ${workers} orang dalam ${days} hari.`,
    "Perbandingan/Pertanian",
    [
      {
        stem: "Luas sawah Bu Wati adalah …",
        key: area,
        format: unit("hektare"),
        hardness: -1.8,
        errors: {
          "membagi dengan 1.000": area * 10,
          "membagi dengan 100.000": area / 10,
          "memakai keliling": (2 * (length + width)) / 100,
          "setengah luas": area / 2,
          "dua kali luas": area * 2,
          "jumlah panjang dan lebar": (length + width) / 100,
        },
        why: `$${length} \\times ${width} = ${tex(length * width)}$ m², yaitu ${num(area)} hektare.`,
      },
      {
        stem: "Biaya pembelian pupuk yang cukup untuk seluruh sawah sesuai dosis adalah …",
        key: sacks * sackPrice,
        format: rupiah,
        hardness: 0.4,
        errors: {
          "pembulatan ke bawah": (sacks - 1) * sackPrice,
          "membeli eceran": Math.round((fertiliser / 50) * sackPrice),
          "mengabaikan luas": Math.ceil(dose / 50) * sackPrice,
          "satu karung berlebih": (sacks + 1) * sackPrice,
          "dua karung berlebih": (sacks + 2) * sackPrice,
          "dua karung kurang": (sacks - 2) * sackPrice,
        },
        why: `Perlu ${num(fertiliser)} kg pupuk, yaitu ${sacks} karung penuh, seharga ${rupiah(sacks * sackPrice)}.`,
      },
      {
        stem: "Berat beras yang diperoleh dari satu kali panen adalah …",
        key: rice,
        format: kg,
        hardness: -0.2,
        errors: {
          "berat gabah": grain,
          "bagian yang bukan beras": grain - rice,
          "mengabaikan luas": crop * 10 * milled,
          "dibagi luas": Math.round((crop * 10 * milled) / area),
          "separuh hasil": rice / 2,
          "salah konversi ton": rice / 10,
          "dua kali hasil": rice * 2,
        },
        why: `Gabahnya $${tex(area)} \\times ${tex(crop)}$ ton $= ${tex(grain)}$ kg, dan ${milled}% di antaranya ${num(rice)} kg beras.`,
      },
      {
        stem: `Agar panen selesai ${fewer} hari lebih cepat, banyak orang yang diperlukan seluruhnya adalah …`,
        key: crew,
        format: unit("orang"),
        hardness: 0.3,
        errors: {
          "perbandingan senilai": Math.round((workers * (days - fewer)) / days),
          "tambahan orangnya saja": crew - workers,
          "menambah banyak hari": workers + fewer,
          "dikali dua": workers * 2,
          "lebih satu": crew + 1,
          "kurang satu": crew - 1,
          "memakai sisa hari": (workers * days) / fewer,
        },
        why: `Perbandingan berbalik nilai: $\\frac{${workers} \\times ${days}}{${days - fewer}} = ${crew}$ orang.`,
      },
    ],
  );
}

function market(random: Random): Draft[] | undefined {
  const [crates, weight, rotten] = [random.integer(4, 10), random.pick([20, 25, 40]), random.pick([4, 5, 8, 10])];
  const [cratePrice, transport, sell] = [
    steps(random, 200, 400, 10) * 1000,
    steps(random, 40, 120, 10) * 1000,
    steps(random, 14, 24, 0.5) * 1000,
  ];
  const good = (crates * weight * (100 - rotten)) / 100;
  const capital = crates * cratePrice + transport;
  const income = good * sell;
  const profit = income - capital;
  const margin = (profit * 100) / capital;
  const wish = random.pick([20, 25, 30]);
  const price = (capital * (100 + wish)) / 100 / good;
  if (
    !Number.isInteger(good) ||
    profit <= 0 ||
    !Number.isInteger(margin) ||
    margin < 8 ||
    margin > 60 ||
    margin === wish ||
    price % 50 !== 0
  )
    return undefined;
  return situation(
    "PM-S7",
    "Pedagang jeruk",
    `Bu Ningsih membeli ${crates} peti jeruk, masing-masing berisi ${weight} kg, seharga ${rupiah(cratePrice)} per peti. Ongkos angkut seluruhnya ${rupiah(transport)}. Setelah disortir, ${rotten}% dari berat jeruk ternyata busuk dan dibuang. Sisanya habis terjual dengan harga ${rupiah(sell)} per kg.`,
    "Aritmetika sosial/Berdagang",
    [
      {
        stem: "Berat jeruk yang dapat dijual adalah …",
        key: good,
        format: unit("kg"),
        hardness: -1.6,
        errors: {
          "tidak membuang yang busuk": crates * weight,
          "yang busuk saja": crates * weight - good,
          "membuang dalam kg": crates * weight - rotten,
          "membuang per peti": crates * weight - rotten * crates,
          "busuk dihitung dua kali": 2 * good - crates * weight,
          "lebih sepuluh": good + 10,
          "kurang sepuluh": good - 10,
        },
        why: `$${crates} \\times ${weight} \\times ${100 - rotten}\\% = ${tex(good)}$ kg.`,
      },
      {
        stem: "Keuntungan Bu Ningsih adalah …",
        key: profit,
        format: rupiah,
        hardness: -0.4,
        errors: {
          "lupa ongkos angkut": profit + transport,
          "lupa jeruk busuk": crates * weight * sell - capital,
          "ongkos ditambahkan": profit + 2 * transport,
          "ongkos angkut per peti": income - crates * (cratePrice + transport),
          "pendapatan saja": income,
          "lupa keduanya": crates * weight * sell - crates * cratePrice,
          "ongkos dua kali": profit - transport,
        },
        why: `Pendapatan ${rupiah(income)} dikurangi modal ${rupiah(capital)} menghasilkan ${rupiah(profit)}.`,
      },
      {
        stem: "Persentase keuntungan terhadap modal seluruhnya, termasuk ongkos angkut, adalah …",
        key: margin,
        format: percent,
        hardness: 0.3,
        errors: {
          "terhadap pendapatan": Math.round((profit * 100) / income),
          "modal tanpa ongkos": Math.round(((profit + transport) * 100) / (capital - transport)),
          "lupa jeruk busuk": Math.round((crates * weight * sell * 100) / capital - 100),
          "mengurangi persentase busuk": margin - rotten,
          "menambah persentase busuk": margin + rotten,
          "lebih lima": margin + 5,
          "kurang lima": margin - 5,
        },
        why: `$\\frac{${tex(profit)}}{${tex(capital)}} \\times 100\\% = ${tex(margin)}\\%$.`,
      },
      {
        stem: `Agar keuntungannya tepat ${wish}% dari modal, jeruk yang layak jual harus dijual dengan harga per kg …`,
        key: price,
        format: rupiah,
        hardness: 1,
        level: "ANALYZE",
        errors: {
          "membagi dengan berat semua jeruk": round((capital * (100 + wish)) / 100 / (crates * weight), 50),
          "menaikkan harga jual semula": (sell * (100 + wish)) / 100,
          "modal tanpa keuntungan": round(capital / good, 50),
          "tanpa ongkos angkut": round((crates * cratePrice * (100 + wish)) / 100 / good, 50),
          "lebih lima ratus": price + 500,
          "kurang lima ratus": price - 500,
        },
        why: `Pendapatan yang diperlukan ${rupiah((capital * (100 + wish)) / 100)}, dibagi ${num(good)} kg menjadi ${rupiah(price)} per kg.`,
      },
    ],
  );
}

function hall(random: Random): Draft[] | undefined {
  const [rows, first, more, vip] = [
    random.integer(12, 18),
    random.integer(10, 16),
    random.integer(2, 4),
    random.integer(3, 5),
  ];
  const [high, low] = [steps(random, 50, 80, 10) * 1000, steps(random, 20, 40, 5) * 1000];
  const seats = (row: number): number => first + (row - 1) * more;
  const total = (n: number): number => (n * (first + seats(n))) / 2;
  const [all, front, target] = [total(rows), total(vip), random.integer(8, rows - 1)];
  const income = front * high + (all - front) * low;
  if (gcd(front, all) === 1) return undefined;
  const kursi = unit("kursi");
  const drafts = situation(
    "PM-S8",
    "Pentas seni sekolah",
    `Pentas seni diadakan di aula yang memiliki ${rows} baris kursi. Baris paling depan berisi ${first} kursi, dan setiap baris berikutnya berisi ${more} kursi lebih banyak daripada baris di depannya. Tiket untuk ${vip} baris terdepan dijual ${rupiah(high)}, sedangkan tiket untuk baris lainnya ${rupiah(low)}.`,
    "Barisan dan deret/Kursi aula",
    [
      {
        stem: "Banyak kursi pada baris paling belakang adalah …",
        key: seats(rows),
        format: kursi,
        hardness: -1.4,
        errors: {
          "mengalikan dengan banyak baris": first + rows * more,
          "kurang satu baris": seats(rows - 1),
          "lupa baris pertama": (rows - 1) * more,
          "menambah banyak baris": first + rows,
          "mengalikan kursi depan": first * more,
          "lebih satu": seats(rows) + 1,
        },
        why: `$${first} + ${rows - 1} \\times ${more} = ${seats(rows)}$ kursi.`,
      },
      {
        stem: "Banyak kursi seluruhnya di aula itu adalah …",
        key: all,
        format: kursi,
        hardness: -0.5,
        errors: {
          "lupa membagi dua": 2 * all,
          "setiap baris sama": rows * first,
          "memakai baris belakang": rows * seats(rows),
          "kurang satu baris": total(rows - 1),
          "lebih satu baris": total(rows + 1),
          "baris depan dan belakang saja": first + seats(rows),
        },
        why: `$\\frac{${rows}}{2}(${first} + ${seats(rows)}) = ${tex(all)}$ kursi.`,
      },
      {
        stem: "Jika semua tiket terjual, pendapatan dari penjualan tiket adalah …",
        key: income,
        format: rupiah,
        hardness: 0.4,
        errors: {
          "semua tiket murah": all * low,
          "semua tiket mahal": all * high,
          "harga tertukar": front * low + (all - front) * high,
          "kursi depan dihitung dua kali": front * high + all * low,
          "hanya kursi depan": front * high,
          "baris depan dianggap sama": vip * first * high + (all - vip * first) * low,
        },
        why: `Kursi depan ${front}, kursi lainnya ${num(all - front)}; pendapatannya ${rupiah(income)}.`,
      },
      {
        stem: `Nomor baris yang berisi tepat ${seats(target)} kursi adalah …`,
        key: target,
        format: num,
        hardness: -0.2,
        errors: {
          "lupa menambah satu": target - 1,
          "lebih satu": target + 1,
          "membagi langsung": Math.floor(seats(target) / more),
          "lebih dua": target + 2,
          "kurang dua": target - 2,
          "dari belakang": rows - target + 1,
        },
        why: `$${first} + (n - 1) \\times ${more} = ${seats(target)}$ memberikan $n = ${target}$.`,
      },
    ],
  );
  const passage = drafts?.[0]?.passage;
  if (!drafts || !passage) return undefined;
  return [
    ...drafts,
    {
      topic: "Peluang/Kursi aula",
      level: "ANALYZE",
      hardness: 0.9,
      passage,
      stem: "Semua tiket terjual dan satu penonton dipilih secara acak untuk menerima hadiah. Peluang penonton itu duduk di kursi dengan harga tiket yang lebih mahal adalah …",
      choices: fractions([front, all], {
        "membandingkan banyak baris": [vip, rows],
        "kejadian lawannya": [all - front, all],
        "membandingkan dengan kursi lainnya": [front, all - front],
        "baris depan dianggap sama": [vip * first, all],
        "satu baris kurang": [total(vip - 1), all],
        "satu baris lebih": [total(vip + 1), all],
        "harga sebagai peluang": [low, high],
      }),
      explanation: `Ada ${front} kursi mahal dari ${num(all)} kursi, sehingga peluangnya $\\frac{${front}}{${all}} = \\frac{${front / gcd(front, all)}}{${all / gcd(front, all)}}$.`,
    },
  ];
}

// ── Single items ──────────────────────────────────────────────────────────

function discount(random: Random, variant: number): Draft | undefined {
  const [goods, price] = [at(["jaket", "blender", "sepatu"], variant), steps(random, 200, 600, 50) * 1000];
  const [p, q] = [random.integer(2, 8) * 5, random.integer(1, 4) * 5];
  const paid = (price * (100 - p) * (100 - q)) / 10000;
  if (p === q || !Number.isInteger(paid / 500)) return undefined;
  const backwards = variant === 2;
  const key = backwards ? price : paid;
  const story = `diskon ${p}%, kemudian diskon tambahan ${q}% dari harga setelah diskon pertama`;
  return {
    topic: "Aritmetika sosial/Diskon",
    level: backwards ? "ANALYZE" : "APPLY",
    hardness: backwards ? 0.5 : -0.8,
    stem: backwards
      ? `Setelah mendapat ${story}, Tika membayar ${rupiah(paid)} untuk sepasang ${goods}. Harga ${goods} itu sebelum diskon adalah …`
      : `Sebuah ${goods} berharga ${rupiah(price)}. Toko memberi ${story}. Harga yang harus dibayar adalah …`,
    choices: backwards
      ? numeric(key, rupiah, {
          "menjumlahkan diskon": round((paid * 100) / (100 - p - q), 500),
          "menambah persentase ke harga bayar": round((paid * (100 + p + q)) / 100, 500),
          "hanya diskon pertama": round((paid * 100) / (100 - p), 500),
          "hanya diskon kedua": round((paid * 100) / (100 - q), 500),
          "lebih sepuluh persen": price * 1.1,
          "lebih lima puluh ribu": price + 50000,
        })
      : numeric(key, rupiah, {
          "menjumlahkan diskon": (price * (100 - p - q)) / 100,
          "hanya diskon pertama": (price * (100 - p)) / 100,
          "hanya diskon kedua": (price * (100 - q)) / 100,
          "besar potongan": price - paid,
          "selisih diskon": (price * (100 - p + q)) / 100,
          "mengalikan diskon": Math.round((price * (10000 - p * q)) / 10000),
          "potongan dijumlahkan": (price * (p + q)) / 100,
        }),
    explanation: `Harga akhir adalah $${100 - p}\\% \\times ${100 - q}\\%$ dari harga semula: ${rupiah(price)} menjadi ${rupiah(paid)}.`,
  };
}

function mixture(random: Random, variant: number): Draft | undefined {
  const [cheap, dear] = at(
    [
      ["kopi robusta", "kopi arabika"],
      ["kacang tanah", "kacang mete"],
    ] as const,
    variant,
  );
  const [a, b] = [steps(random, 60, 90, 5) * 1000, steps(random, 110, 160, 5) * 1000];
  const mix = steps(random, 80, 130, 5) * 1000;
  const x = random.integer(6, 20);
  const key = (x * (mix - a)) / (b - mix);
  if (mix <= a || mix >= b || !Number.isInteger(key) || key === x) return undefined;
  return {
    topic: "Perbandingan/Campuran",
    level: "ANALYZE",
    stem: `Seorang pedagang mencampur ${x} kg ${cheap} seharga ${rupiah(a)} per kg dengan ${dear} seharga ${rupiah(b)} per kg. Agar harga pokok campurannya ${rupiah(mix)} per kg, banyak ${dear} yang dicampurkan adalah …`,
    choices: numeric(key, unit("kg"), {
      "perbandingan terbalik": Math.round((x * (b - mix)) / (mix - a)),
      "campuran sama banyak": x,
      "seluruh campuran": x + key,
      "memakai selisih harga seluruhnya": Math.round((x * (mix - a)) / (b - a)),
      "lebih dua": key + 2,
      "kurang dua": key - 2,
      "lebih satu": key + 1,
      "kurang satu": key - 1,
    }),
    explanation: `$${tex(a)} \\cdot ${x} + ${tex(b)}k = ${tex(mix)}(${x} + k)$ memberikan $k = ${key}$.`,
  };
}

function together(random: Random, variant: number): Draft {
  const [a, b] = random.pick([
    [3, 6],
    [4, 12],
    [6, 12],
    [10, 15],
    [12, 24],
    [6, 30],
    [12, 20],
    [18, 9],
  ] as const);
  const [fast, slow] = [Math.min(a, b), Math.max(a, b)];
  const leak = variant === 1;
  const key = leak ? (fast * slow) / (slow - fast) : (fast * slow) / (slow + fast);
  return {
    topic: "Perbandingan/Bekerja bersama",
    level: "ANALYZE",
    hardness: leak ? 0.9 : 0.4,
    stem: leak
      ? `Sebuah pompa dapat mengisi penuh tandon kosong dalam ${fast} jam. Karena ada kebocoran yang dapat menghabiskan isi tandon penuh dalam ${slow} jam, lama waktu untuk mengisi tandon kosong sampai penuh adalah …`
      : `Pak Wayan dapat mengecat sebuah pagar sendirian dalam ${fast} jam, sedangkan Pak Made dalam ${slow} jam. Jika mereka bekerja bersama-sama, pagar itu selesai dicat dalam …`,
    choices: numeric(key, unit("jam"), {
      "merata-ratakan": (a + b) / 2,
      "menjumlahkan waktu": a + b,
      "mengurangi waktu": slow - fast,
      "memakai yang cepat": fast,
      "lebih satu": key + 1,
      "kurang satu": key - 1,
      "setengah waktu cepat": fast / 2,
      "lebih dua": key + 2,
      "kurang dua": key - 2,
    }),
    explanation: `Dalam satu jam selesai $\\frac{1}{${fast}} ${leak ? "-" : "+"} \\frac{1}{${slow}} = \\frac{1}{${tex(key)}}$ bagian, sehingga diperlukan ${num(key)} jam.`,
  };
}

function meeting(random: Random, variant: number): Draft | undefined {
  const [v1, v2, start] = [steps(random, 30, 50, 5), steps(random, 55, 80, 5), random.integer(6, 9) * 60];
  const lead = random.pick([20, 30, 40]);
  const distance = steps(random, 60, 200, 5);
  const chase = variant === 1;
  const head = (v1 * lead) / 60;
  const minutes = chase ? (head * 60) / (v2 - v1) : (distance * 60) / (v1 + v2);
  const key = chase ? start + lead + minutes : start + minutes;
  if (!Number.isInteger(minutes) || minutes % 5 !== 0 || minutes < 20) return undefined;
  return {
    topic: "Kecepatan/Berpapasan dan menyusul",
    level: "ANALYZE",
    hardness: chase ? 1 : 0.2,
    stem: chase
      ? `Yudi bersepeda motor dari rumah ${clock(start)} dengan kecepatan ${v1} km/jam. Tepat ${lead} menit kemudian, kakaknya menyusul melalui jalan yang sama dengan kecepatan ${v2} km/jam. Yudi tersusul …`
      : `Jarak dua desa ${distance} km. ${clock(start).replace("p", "P")}, Anton berangkat dari desa pertama dengan kecepatan ${v1} km/jam dan Rudi berangkat dari desa kedua ke arah Anton melalui jalan yang sama dengan kecepatan ${v2} km/jam. Mereka berpapasan …`,
    choices: numeric(
      key,
      clock,
      chase
        ? {
            "lupa selisih berangkat": start + minutes,
            "selisih dihitung dua kali": key + lead,
            "menjumlahkan kecepatan": start + lead + Math.round((head * 60) / (v1 + v2)),
            "lebih sepuluh menit": key + 10,
            "kurang sepuluh menit": key - 10,
            "lebih lima menit": key + 5,
          }
        : {
            "mengurangkan kecepatan": start + Math.round((distance * 60) / (v2 - v1)),
            "hanya Rudi": start + Math.round((distance * 60) / v2),
            "hanya Anton": start + Math.round((distance * 60) / v1),
            "memakai rata-rata kecepatan": start + 2 * minutes,
            "setengah waktu": start + Math.floor(minutes / 2),
            "kurang sepuluh menit": key - 10,
            "kurang lima menit": key - 5,
          },
    ),
    explanation: chase
      ? `Saat kakaknya berangkat, Yudi sudah menempuh ${num(head)} km. Selisih kecepatan ${v2 - v1} km/jam, sehingga tersusul setelah ${duration(minutes)}, yaitu ${clock(key)}.`
      : `Jarak berkurang ${v1 + v2} km setiap jam, sehingga berpapasan setelah ${duration(minutes)}, yaitu ${clock(key)}.`,
  };
}

function program(random: Random, variant: number): Draft | undefined {
  const [x, y] = at(
    [
      ["kue lapis", "kue bolu"],
      ["tas anyaman", "topi anyaman"],
    ] as const,
    variant,
  );
  const [material, time] = at(
    [
      ["gram tepung", "menit"],
      ["helai pandan", "menit"],
    ] as const,
    variant,
  );
  const [a1, a2, b1, b2] = [
    random.integer(2, 5) * 10,
    random.integer(2, 5) * 10,
    random.integer(2, 6) * 5,
    random.integer(2, 6) * 5,
  ];
  const [stock, hours] = [steps(random, 600, 1500, 50), steps(random, 300, 600, 30)];
  const [px, py] = [random.integer(4, 12) * 1000, random.integer(4, 12) * 1000];
  const profit = (m: number, n: number): number => m * px + n * py;
  const fits = (m: number, n: number): boolean => a1 * m + a2 * n <= stock && b1 * m + b2 * n <= hours;
  const range = Array.from({ length: 80 }, (_, i) => i);
  const plans = range.flatMap((m) => range.map((n) => [m, n] as const)).filter(([m, n]) => fits(m, n));
  const key = Math.max(...plans.map(([m, n]) => profit(m, n)));
  const best = plans.filter(([m, n]) => profit(m, n) === key);
  const [m, n] = at(best, 0);
  const det = a1 * b2 - a2 * b1;
  const corner = [(stock * b2 - hours * a2) / det, (a1 * hours - b1 * stock) / det];
  if (best.length !== 1 || det === 0 || corner[0] !== m || corner[1] !== n || m < 3 || n < 3) return undefined;
  return {
    topic: "Aljabar/Program linear",
    level: "EVALUATE",
    stem: `Sebuah usaha rumahan membuat ${x} dan ${y}. Satu ${x} memerlukan ${a1} ${material} dan ${b1} ${time} kerja; satu ${y} memerlukan ${a2} ${material} dan ${b2} ${time} kerja. Tersedia ${num(stock)} ${material} dan ${num(hours)} ${time} kerja. Keuntungannya ${rupiah(px)} per ${x} dan ${rupiah(py)} per ${y}. Keuntungan maksimum yang dapat diperoleh adalah …`,
    choices: numeric(key, rupiah, {
      "hanya jenis pertama": profit(Math.floor(Math.min(stock / a1, hours / b1)), 0),
      "hanya jenis kedua": profit(0, Math.floor(Math.min(stock / a2, hours / b2))),
      "banyak kedua jenis tertukar": profit(n, m),
      "mengabaikan batas waktu": profit(Math.floor(stock / a1), 0),
      "mengabaikan batas bahan": profit(0, Math.floor(hours / b2)),
      "satu buah berlebih": profit(m + 1, n),
      "satu buah kurang": profit(m, n - 1),
    }),
    explanation: `Titik potong kedua kendala adalah ${m} ${x} dan ${n} ${y}; keuntungannya ${rupiah(key)}, lebih besar daripada pada titik pojok lainnya.`,
  };
}

function growth(random: Random, variant: number): Draft | undefined {
  if (variant === 2) {
    const [start, every, hours] = [random.integer(2, 9) * 50, random.pick([20, 30]), 2];
    const n = (hours * 60) / every;
    const key = start * 2 ** n;
    return {
      topic: "Barisan dan deret/Pertumbuhan",
      level: "APPLY",
      hardness: -0.2,
      stem: `Sebuah biakan berisi ${start} bakteri dan setiap bakteri membelah menjadi dua setiap ${every} menit. Banyak bakteri setelah ${hours} jam adalah …`,
      choices: numeric(key, unit("bakteri"), {
        "kurang satu pembelahan": key / 2,
        "lebih satu pembelahan": key * 2,
        "pertumbuhan linear": start * 2 * n,
        "menambah setiap kali": start * (n + 1),
        "memangkatkan n dengan 2": start * n * n,
        "lupa bakteri awal": key - start,
      }),
      explanation: `Terjadi ${n} kali pembelahan: $${start} \\times 2^{${n}} = ${tex(key)}$.`,
    };
  }
  const [value, rate, years] = [steps(random, 10, 40, 5) * 1000000, random.pick([10, 20]), random.integer(2, 3)];
  const falls = variant === 0;
  const factor = falls ? 100 - rate : 100 + rate;
  const key = (value * factor ** years) / 100 ** years;
  const linear = falls ? value * (1 - (rate * years) / 100) : value * (1 + (rate * years) / 100);
  return {
    topic: "Aritmetika sosial/Bunga dan penyusutan",
    level: "APPLY",
    hardness: falls ? 0.3 : 0.1,
    stem: falls
      ? `Harga sebuah sepeda motor ${rupiah(value)}. Setiap tahun nilainya menyusut ${rate}% dari nilai tahun sebelumnya. Nilai sepeda motor itu setelah ${years} tahun adalah …`
      : `Koperasi menyimpan dana ${rupiah(value)} dengan bunga majemuk ${rate}% per tahun. Jumlah dana itu setelah ${years} tahun adalah …`,
    choices: numeric(key, rupiah, {
      "memakai persentase tunggal": Math.round(linear),
      "kurang satu tahun": Math.round((value * factor ** (years - 1)) / 100 ** (years - 1)),
      "lebih satu tahun": Math.round((value * factor ** (years + 1)) / 100 ** (years + 1)),
      "hanya perubahannya": Math.abs(value - Math.round(key)),
      "arah perubahan terbalik": Math.round((value * (200 - factor) ** years) / 100 ** years),
      "nilai awal": value,
      "tunggal lebih satu tahun": Math.round(linear + (falls ? -1 : 1) * value * (rate / 100)),
    }),
    explanation: `$${tex(value)} \\times \\left(\\frac{${factor}}{100}\\right)^{${years}} = ${tex(key)}$ rupiah.`,
  };
}

function mapScale(random: Random, variant: number): Draft | undefined {
  const scale = random.pick([20000, 25000, 50000]);
  if (variant === 0) {
    const [cm, speed] = [random.integer(6, 24), random.pick([30, 40, 60])];
    const km = (cm * scale) / 100000;
    const key = (km / speed) * 60;
    if (!Number.isInteger(key) || key < 5) return undefined;
    return {
      topic: "Perbandingan/Skala peta",
      level: "APPLY",
      hardness: -0.4,
      stem: `Pada peta berskala 1 : ${num(scale)}, panjang jalan dari pasar ke terminal ${cm} cm. Dengan kecepatan ${speed} km/jam, lama perjalanan dari pasar ke terminal adalah …`,
      choices: numeric(key, unit("menit"), {
        "jarak sebagai menit": km,
        "salah konversi jam": Math.round((km / speed) * 100),
        "kecepatan dibagi jarak": Math.round((speed / km) * 10) / 10,
        "lebih dua": key + 2,
        "kurang dua": key - 2,
        "dua kali": key * 2,
        separuh: key / 2,
      }),
      explanation: `Jaraknya $${cm} \\times ${tex(scale)}$ cm $= ${tex(km)}$ km, ditempuh dalam $\\frac{${tex(km)}}{${speed}}$ jam, yaitu ${key} menit.`,
    };
  }
  const [a, b] = [random.integer(2, 6), random.integer(3, 8)];
  const metres = scale / 100;
  const key = (a * metres * b * metres) / 10000;
  if (a === b) return undefined;
  return {
    topic: "Perbandingan/Skala peta",
    level: "ANALYZE",
    hardness: 1,
    stem: `Pada peta berskala 1 : ${num(scale)}, sebuah perkebunan berbentuk persegi panjang berukuran ${a} cm × ${b} cm. Luas perkebunan itu sebenarnya adalah …`,
    choices: numeric(key, unit("hektare"), {
      "skala tidak dikuadratkan": (a * b * metres) / 100,
      "membagi dengan 1.000": key * 10,
      "membagi dengan 100.000": key / 10,
      "memakai keliling": (2 * (a + b) * metres) / 100,
      "dua kali": key * 2,
      separuh: key / 2,
      "jumlah sisi": ((a + b) * metres * metres) / 10000,
    }),
    explanation: `Ukuran sebenarnya ${num(a * metres)} m × ${num(b * metres)} m, luasnya ${num(key * 10000)} m² atau ${num(key)} hektare.`,
  };
}

function optimum(random: Random, variant: number): Draft | undefined {
  if (variant === 0) {
    const [price, visitors] = [steps(random, 20, 40, 5) * 1000, steps(random, 200, 400, 20)];
    const [rise, lost] = [1000, random.pick([4, 5, 8, 10])];
    const best = (visitors / lost - price / rise) / 2;
    const key = price + best * rise;
    if (!Number.isInteger(best) || best < 2) return undefined;
    return {
      topic: "Fungsi kuadrat/Nilai maksimum",
      level: "EVALUATE",
      hardness: 1.6,
      stem: `Tiket masuk sebuah taman bermain ${rupiah(price)} dan rata-rata ${visitors} orang datang setiap hari. Setiap kenaikan harga ${rupiah(rise)} mengurangi pengunjung ${lost} orang. Pendapatan harian terbesar diperoleh jika harga tiket …`,
      choices: numeric(key, rupiah, {
        "hanya kenaikannya": best * rise,
        "lupa membagi dua": price + 2 * best * rise,
        "harga semula": price,
        "satu kenaikan kurang": key - rise,
        "satu kenaikan lebih": key + rise,
        "harga saat pengunjung habis": price + (visitors / lost) * rise,
        "dua kenaikan lebih": key + 2 * rise,
      }),
      explanation: `Pendapatan $(${tex(price)} + ${tex(rise)}n)(${visitors} - ${lost}n)$ mencapai maksimum pada $n = ${best}$, sehingga harganya ${rupiah(key)}.`,
    };
  }
  const fence = steps(random, 40, 120, 4);
  const key = fence ** 2 / 8;
  return {
    topic: "Fungsi kuadrat/Nilai maksimum",
    level: "ANALYZE",
    hardness: 1.2,
    stem: `Pak Slamet akan memagari kandang berbentuk persegi panjang di tepi sungai. Sisi di tepi sungai tidak dipagari, dan tersedia pagar sepanjang ${fence} m. Luas kandang terbesar yang dapat dibuat adalah …`,
    choices: numeric(key, unit("m²"), {
      "memagari keempat sisi": fence ** 2 / 16,
      "membagi tiga sama panjang": Math.round(fence ** 2 / 9),
      "lupa membagi dua": fence ** 2 / 4,
      "salah satu sisi seperenam": (fence ** 2 * 5) / 72,
      "lebih sepuluh": key + 10,
      "kurang sepuluh": key - 10,
    }),
    explanation: `Luas $x(${fence} - 2x)$ maksimum pada $x = ${fence / 4}$, yaitu $${fence / 4} \\times ${fence / 2} = ${tex(key)}$ m².`,
  };
}

function similar(random: Random, variant: number): Draft | undefined {
  if (variant === 0) {
    const [stick, shade, shadow] = [
      random.pick([1.2, 1.5, 1.6, 2]),
      random.pick([0.8, 1, 1.2, 2.4, 3]),
      random.integer(6, 20),
    ];
    const key = (stick * shadow) / shade;
    if (!Number.isInteger(key) || key === shadow) return undefined;
    return {
      topic: "Geometri/Kesebangunan",
      level: "APPLY",
      hardness: -0.7,
      stem: `Pada saat yang sama, tongkat tegak setinggi ${num(stick)} m mempunyai bayangan ${num(shade)} m dan sebuah tiang bendera mempunyai bayangan ${shadow} m. Tinggi tiang bendera itu adalah …`,
      choices: numeric(key, unit("m"), {
        "perbandingan terbalik": Math.round((shade * shadow) / stick),
        "menambah selisih": Math.round(shadow + stick - shade),
        "panjang bayangan": shadow,
        "dua kali": key * 2,
        "lebih satu": key + 1,
        "kurang satu": key - 1,
        "lebih dua": key + 2,
      }),
      explanation: `$\\frac{${tex(stick)}}{${tex(shade)}} = \\frac{t}{${shadow}}$, sehingga $t = ${tex(key)}$ m.`,
    };
  }
  const [p, q, r] = random.pick([
    [3, 4, 5],
    [5, 12, 13],
    [8, 15, 17],
  ] as const);
  const move = r - q;
  return {
    topic: "Geometri/Teorema Pythagoras",
    level: "APPLY",
    hardness: 0,
    stem: `Tangga sepanjang ${r} m disandarkan pada tembok; kakinya berjarak ${p} m dari tembok. Jika tangga itu ditegakkan rapat pada tembok, ujung atasnya naik sejauh …`,
    choices: numeric(move, unit("m"), {
      "tinggi semula": q,
      "jarak kaki tangga": p,
      "selisih tangga dan jarak kaki": r - p,
      "lebih satu": move + 1,
      "lebih dua": move + 2,
      "selisih kedua sisi": Math.abs(q - p),
      setengah: move / 2,
      "panjang tangga": r,
    }),
    explanation: `Ujung tangga semula setinggi $\\sqrt{${r}^2 - ${p}^2} = ${q}$ m; setelah tegak menjadi ${r} m, naik ${move} m.`,
  };
}

function tickets(random: Random, variant: number): Draft | undefined {
  const [place, first, second] = at(
    [
      ["kebun binatang", "dewasa", "anak-anak"],
      ["kapal wisata", "umum", "pelajar"],
    ] as const,
    variant,
  );
  const [x, y] = [random.integer(20, 70), random.integer(20, 70)];
  const [a, b] = [steps(random, 20, 40, 5) * 1000, steps(random, 10, 18, 2) * 1000];
  const income = a * x + b * y;
  if (Math.abs(x - y) < 5) return undefined;
  const asksDifference = variant === 1;
  const key = asksDifference ? Math.abs(x - y) : x;
  return {
    topic: "Aljabar/Sistem persamaan dalam konteks",
    level: "APPLY",
    hardness: asksDifference ? 0.1 : -0.4,
    stem: `Harga tiket ${place} ${rupiah(a)} untuk ${first} dan ${rupiah(b)} untuk ${second}. Pada suatu hari terjual ${x + y} tiket dengan pendapatan ${rupiah(income)}. ${asksDifference ? "Selisih banyak kedua jenis tiket yang terjual" : `Banyak tiket ${first} yang terjual`} adalah …`,
    choices: numeric(key, unit("tiket"), {
      "jenis tiket yang lain": y,
      "jenis tiket pertama": x,
      "dibagi rata": (x + y) / 2,
      "lebih dua": key + 2,
      "kurang dua": key - 2,
      "semua tiket mahal": Math.floor(income / a),
      "lebih satu": key + 1,
      "kurang satu": key - 1,
    }),
    explanation: `$x + y = ${x + y}$ dan $${tex(a)}x + ${tex(b)}y = ${tex(income)}$ memberikan $x = ${x}$ dan $y = ${y}$.`,
  };
}

function quality(random: Random, variant: number): Draft | undefined {
  const share = random.integer(5, 8) * 10;
  const [d1, d2] = [random.integer(1, 5), random.integer(2, 9)];
  const [bad1, bad2] = [share * d1, (100 - share) * d2];
  const rate = (bad1 + bad2) / 100;
  if (d1 === d2) return undefined;
  const story = `Mesin A menghasilkan ${share}% botol di sebuah pabrik dan sisanya dihasilkan mesin B. Sebanyak ${d1}% botol dari mesin A dan ${d2}% botol dari mesin B cacat.`;
  if (variant === 0) {
    return {
      topic: "Peluang/Kendali mutu",
      level: "APPLY",
      hardness: 0.3,
      stem: `${story} Persentase botol cacat dari seluruh produksi adalah …`,
      choices: numeric(rate, percent, {
        "merata-ratakan": (d1 + d2) / 2,
        menjumlahkan: d1 + d2,
        "bobot tertukar": (share * d2 + (100 - share) * d1) / 100,
        "hanya mesin A": bad1 / 100,
        "hanya mesin B": bad2 / 100,
        "mesin A tanpa bobot": d1,
        "mesin B tanpa bobot": d2,
      }),
      explanation: `$${share}\\% \\times ${d1}\\% + ${100 - share}\\% \\times ${d2}\\% = ${tex(rate)}\\%$.`,
    };
  }
  return {
    topic: "Peluang/Kendali mutu",
    level: "ANALYZE",
    hardness: 1.9,
    stem: `${story} Jika sebuah botol yang dipilih secara acak ternyata cacat, peluang botol itu berasal dari mesin A adalah …`,
    choices: fractions([bad1, bad1 + bad2], {
      "mengabaikan banyak produksi": [d1, d1 + d2],
      "peluang mesin A saja": [share, 100],
      "berasal dari mesin B": [bad2, bad1 + bad2],
      "peluang cacat mesin A": [d1, 100],
      "bobot tertukar": [(100 - share) * d1, (100 - share) * d1 + share * d2],
      "cacat dan dari mesin A": [bad1, 10000],
    }),
    explanation: `Dari setiap 10.000 botol, ${num(bad1)} botol cacat berasal dari mesin A dan ${num(bad2)} dari mesin B. Peluangnya $\\frac{${bad1}}{${bad1 + bad2}} = \\frac{${bad1 / gcd(bad1, bad2)}}{${(bad1 + bad2) / gcd(bad1, bad2)}}$.`,
  };
}

function counting(random: Random, variant: number): Draft {
  if (variant === 0) {
    const [letters, digits] = [random.integer(4, 7), random.integer(5, 8)];
    const key = letters * digits * (digits - 1);
    return {
      topic: "Peluang/Aturan perkalian",
      level: "APPLY",
      hardness: 0.2,
      stem: `Kode loker terdiri atas satu huruf yang dipilih dari ${letters} huruf, diikuti dua angka berbeda yang dipilih dari ${digits} angka. Banyak kode yang dapat dibuat adalah …`,
      choices: numeric(key, unit("kode"), {
        "angka boleh berulang": letters * digits * digits,
        "urutan angka diabaikan": key / 2,
        menjumlahkan: letters + digits + digits - 1,
        "satu angka saja": letters * digits,
        "tanpa huruf": digits * (digits - 1),
        "dua huruf": letters * (letters - 1) * digits,
        "mengurangi dua": letters * digits * (digits - 2),
      }),
      explanation: `$${letters} \\times ${digits} \\times ${digits - 1} = ${key}$ kode.`,
    };
  }
  const teams = random.integer(7, 12);
  const key = (teams * (teams - 1)) / 2;
  return {
    topic: "Peluang/Aturan perkalian",
    level: "APPLY",
    hardness: -0.4,
    stem: `Turnamen voli antar-RT diikuti ${teams} tim. Jika setiap tim bertanding tepat satu kali melawan setiap tim lainnya, banyak pertandingan seluruhnya adalah …`,
    choices: numeric(key, unit("pertandingan"), {
      "setiap pertandingan dihitung dua kali": 2 * key,
      memangkatkan: teams * teams,
      "menghitung lawan diri sendiri": key + teams,
      "sistem gugur": teams - 1,
      "pertandingan satu tim kurang": key - teams + 1,
      "dua putaran per tim": 2 * teams,
    }),
    explanation: `Setiap tim melawan ${teams - 1} tim lain dan setiap pertandingan terhitung dua kali, jadi $\\frac{${teams} \\times ${teams - 1}}{2} = ${key}$.`,
  };
}

function score(random: Random, variant: number): Draft | undefined {
  const scores = Array.from({ length: 4 }, () => random.integer(68, 90));
  const target = random.integer(80, 85);
  if (variant === 0) {
    const key = target * 5 - sum(scores);
    if (key <= target || key > 98) return undefined;
    return {
      topic: "Statistika/Nilai yang diperlukan",
      level: "APPLY",
      hardness: -0.8,
      stem: `Nilai Rahma pada empat ulangan adalah ${scores.join(", ")}. Agar rata-rata lima ulangan tidak kurang dari ${target}, nilai ulangan kelima paling rendah adalah …`,
      choices: numeric(key, math, {
        "sama dengan sasaran": target,
        "memakai empat ulangan": Math.abs(target * 4 - sum(scores)) + target,
        "kurang satu": key - 1,
        "lebih satu": key + 1,
        "dua kali sasaran dikurangi rata-rata": Math.round(2 * target - sum(scores) / 4),
        "kurang lima": key - 5,
        "lebih dua": key + 2,
        "kurang dua": key - 2,
      }),
      explanation: `$5 \\times ${target} - ${sum(scores)} = ${key}$.`,
    };
  }
  const [w1, w2] = random.pick([
    [2, 3],
    [1, 2],
    [2, 1],
    [3, 5],
  ] as const);
  const [daily, exam] = [random.integer(70, 95), random.integer(60, 90)];
  const key = (w1 * daily + w2 * exam) / (w1 + w2);
  if (!Number.isInteger(key) || Math.abs(daily - exam) < 8) return undefined;
  return {
    topic: "Statistika/Rata-rata berbobot",
    level: "APPLY",
    hardness: -0.6,
    stem: `Nilai rapor dihitung dari nilai harian dan nilai ujian dengan bobot ${w1} : ${w2}. Jika nilai harian Seto ${daily} dan nilai ujiannya ${exam}, nilai rapornya adalah …`,
    choices: numeric(key, math, {
      "tanpa bobot": Math.round((daily + exam) / 2),
      "bobot tertukar": Math.round((w2 * daily + w1 * exam) / (w1 + w2)),
      "nilai harian saja": daily,
      "nilai ujian saja": exam,
      "lebih satu": key + 1,
      "kurang satu": key - 1,
      "lebih dua": key + 2,
    }),
    explanation: `$\\frac{${w1} \\times ${daily} + ${w2} \\times ${exam}}{${w1 + w2}} = ${key}$.`,
  };
}

function instalment(random: Random, variant: number): Draft | undefined {
  const [loan, rate, months] = [steps(random, 3, 12, 1) * 1000000, random.pick([1, 1.5, 2]), random.pick([10, 12, 20])];
  const interest = (loan * rate) / 100;
  const key = variant === 0 ? loan / months + interest : interest * months;
  if (!Number.isInteger(key / 500)) return undefined;
  return {
    topic: "Aritmetika sosial/Pinjaman koperasi",
    level: "APPLY",
    hardness: variant === 0 ? -0.3 : -0.9,
    stem: `Pak Ujang meminjam ${rupiah(loan)} dari koperasi dengan bunga tunggal ${num(rate)}% per bulan dari pinjaman semula dan akan melunasinya dalam ${months} bulan dengan angsuran tetap. ${variant === 0 ? "Besar angsuran setiap bulan, termasuk bunga," : "Jumlah bunga yang dibayar sampai lunas"} adalah …`,
    choices: numeric(
      key,
      rupiah,
      variant === 0
        ? {
            "lupa bunga": loan / months,
            "bunga saja": interest,
            "bunga seluruhnya dibayar di awal": loan / months + interest * months,
            "bunga dibagi lama pinjaman": Math.round(loan / months + interest / months),
            "bunga dua kali": loan / months + 2 * interest,
            "salah letak koma": loan / months + interest / 10,
          }
        : {
            "bunga satu bulan": interest,
            "pinjaman dan bunga": loan + key,
            "kurang satu bulan": interest * (months - 1),
            "lebih satu bulan": interest * (months + 1),
            "bunga per tahun": Math.round(key / 12),
            setengahnya: key / 2,
            "dua kali": key * 2,
          },
    ),
    explanation:
      variant === 0
        ? `Angsuran pokok ${rupiah(loan / months)} ditambah bunga ${rupiah(interest)} setiap bulan, yaitu ${rupiah(key)}.`
        : `Bunga setiap bulan ${rupiah(interest)}, dibayar ${months} kali, yaitu ${rupiah(key)}.`,
  };
}

const GROUPS: readonly Group[] = [
  { name: "batik", hardness: 0, variants: 1, make: batik },
  { name: "mobile-data", hardness: 0, variants: 1, make: mobileData },
  { name: "travel", hardness: 0, variants: 1, make: travel },
  { name: "rainfall", hardness: 0, variants: 1, make: rainfall },
  { name: "savings", hardness: 0, variants: 1, make: savings },
  { name: "rice-field", hardness: 0, variants: 1, make: riceField },
  { name: "market", hardness: 0, variants: 1, make: market },
  { name: "hall", hardness: 0, variants: 1, make: hall },
  { name: "discount", hardness: 0, variants: 3, make: discount },
  { name: "mixture", hardness: 0.7, variants: 2, make: mixture },
  { name: "together", hardness: 0, variants: 2, make: together },
  { name: "meeting", hardness: 0, variants: 2, make: meeting },
  { name: "program", hardness: 1.8, variants: 2, make: program },
  { name: "growth", hardness: 0, variants: 3, make: growth },
  { name: "map-scale", hardness: 0, variants: 2, make: mapScale },
  { name: "optimum", hardness: 0, variants: 2, make: optimum },
  { name: "similar", hardness: 0, variants: 2, make: similar },
  { name: "tickets", hardness: 0, variants: 2, make: tickets },
  { name: "quality", hardness: 0, variants: 2, make: quality },
  { name: "counting", hardness: 0, variants: 2, make: counting },
  { name: "score", hardness: 0, variants: 2, make: score },
  { name: "instalment", hardness: 0, variants: 2, make: instalment },
];

/** Items of Penalaran Matematika (PM): everyday problems, several of them about one shared situation. */
export function mathematicsItems(): BankItem[] {
  return buildBank("PM", GROUPS);
}
