import type { ClientBase } from "pg";
import type { Random } from "./bank/random.js";
import { insertRows } from "./rows.js";
import type { Person, World } from "./world.js";

type Level = "SD" | "SMP" | "SMA" | "UNIVERSITY" | "PROFESSIONAL" | "GENERAL";

interface SubjectOnOffer {
  readonly category: string;
  readonly name: string;
  readonly levels: readonly Level[];
}

const SCHOOL: readonly Level[] = ["SD", "SMP", "SMA"];
const UPPER: readonly Level[] = ["SMP", "SMA", "UNIVERSITY"];
const EVERYBODY: readonly Level[] = ["GENERAL"];
const WORK: readonly Level[] = ["UNIVERSITY", "PROFESSIONAL"];

const CATEGORIES: Readonly<Record<string, readonly (readonly [name: string, levels: readonly Level[]])[]>> = {
  Akademik: [
    ["Matematika", ["SD", "SMP", "SMA", "UNIVERSITY"]],
    ["Fisika", UPPER],
    ["Kimia", UPPER],
    ["Biologi", UPPER],
    ["IPA Terpadu", ["SD", "SMP"]],
    ["Ekonomi", ["SMA", "UNIVERSITY"]],
    ["Geografi", ["SMA"]],
    ["Sejarah", ["SMP", "SMA"]],
    ["Sosiologi", ["SMA"]],
    ["Persiapan UTBK-SNBT", ["SMA"]],
    ["Statistika", ["UNIVERSITY", "PROFESSIONAL"]],
  ],
  Bahasa: [
    ["Bahasa Indonesia", SCHOOL],
    ["Bahasa Inggris", ["SD", "SMP", "SMA", "GENERAL"]],
    ["Bahasa Arab", ["SMA", "GENERAL"]],
    ["Bahasa Jepang", ["SMA", "GENERAL"]],
    ["Bahasa Korea", EVERYBODY],
    ["Bahasa Mandarin", EVERYBODY],
    ["TOEFL dan IELTS", ["UNIVERSITY", "PROFESSIONAL"]],
  ],
  Skill: [
    ["Pemrograman", ["SMA", "UNIVERSITY", "PROFESSIONAL"]],
    ["Desain Grafis", EVERYBODY],
    ["Microsoft Excel", WORK],
    ["Analisis Data", WORK],
  ],
  Hobi: [
    ["Gitar", EVERYBODY],
    ["Piano", EVERYBODY],
    ["Melukis", EVERYBODY],
    ["Mengaji", EVERYBODY],
  ],
  Profesional: [
    ["Akuntansi", ["SMA", "UNIVERSITY", "PROFESSIONAL"]],
    ["Pemasaran Digital", WORK],
    ["Persiapan CPNS", ["PROFESSIONAL"]],
  ],
};

const CITIES =
  "Jakarta|Bandung|Surabaya|Yogyakarta|Semarang|Medan|Makassar|Denpasar|Malang|Depok|Bekasi|Tangerang|Palembang|Padang|Balikpapan|Manado".split(
    "|",
  );

const BACKGROUNDS = [
  "lulusan pendidikan dengan pengalaman mengajar di sekolah",
  "mahasiswa tingkat akhir yang sudah tiga tahun mengajar privat",
  "praktisi yang senang membagikan ilmu di akhir pekan",
  "mantan guru bimbingan belajar",
  "peraih medali olimpiade tingkat provinsi",
] as const;
const MANNERS = [
  "Saya mulai dari yang sudah dipahami, lalu naik setahap demi setahap.",
  "Setiap pertemuan ditutup dengan latihan singkat dan pembahasan.",
  "Belajar dengan saya santai, tetapi targetnya jelas.",
  "Saya menyiapkan ringkasan dan soal sesuai kebutuhan tiap murid.",
  "Orang tua mendapat laporan kemajuan setiap dua minggu.",
] as const;

/** Most tutors are listed; the last ones of every ten show the other states. */
const STANDINGS = [
  ...Array.from({ length: 8 }, () => ["ACTIVE", "APPROVED"] as const),
  ["DRAFT", "PENDING"] as const,
  ["INACTIVE", "APPROVED"] as const,
];

interface Subject extends SubjectOnOffer {
  readonly id: string;
}

/** Inserts subjects, and a profile for every tutor; the demo tutor's is verified and well reviewed. */
export async function seedMarketplace(client: ClientBase, world: World): Promise<void> {
  const subjects = await seedSubjects(client, world);
  const tutors = world.people.filter(({ role }) => role === "TUTOR");
  const profiles = tutors.map((tutor, index) => profileOf(world, tutor, index, subjects));
  await insertRows(
    client,
    "tutor_profiles",
    {
      id: "uuid",
      userId: "uuid",
      headline: "text",
      bio: "text",
      teachingModes: '"TeachingMode"[]',
      baseCity: "text",
      hourlyRateMinor: "bigint",
      verificationStatus: '"VerificationStatus"',
      status: '"TutorStatus"',
      ratingSum: "int",
      ratingCount: "int",
      completedLessonsCount: "int",
      createdAt: "timestamptz",
      updatedAt: "timestamptz",
    },
    profiles,
  );
  const offered = profiles.flatMap(({ id: tutorId, offerings }) =>
    offerings.map((offering) => ({ tutorId, ...offering })),
  );
  await insertRows(
    client,
    "tutor_subjects",
    { id: "uuid", tutorId: "uuid", subjectId: "uuid", level: '"TeachingLevel"', rateOverrideMinor: "bigint" },
    offered.map((offering, index) => ({ id: world.id("tutor-subject", index), ...offering })),
  );
}

async function seedSubjects(client: ClientBase, world: World): Promise<Subject[]> {
  const categories = Object.keys(CATEGORIES);
  await insertRows(
    client,
    "subject_categories",
    { id: "uuid", name: "text" },
    categories.map((name, index) => ({ id: world.id("subject-category", index), name })),
  );
  const subjects = Object.entries(CATEGORIES)
    .flatMap(([category, list]) => list.map(([name, levels]) => ({ category, name, levels })))
    .map((subject, index) => ({ ...subject, id: world.id("subject", index) }));
  await insertRows(
    client,
    "subjects",
    { id: "uuid", categoryId: "uuid", name: "text", slug: "text" },
    subjects.map(({ id, category, name }) => ({
      id,
      categoryId: world.id("subject-category", categories.indexOf(category)),
      name,
      slug: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    })),
  );
  return subjects;
}

function profileOf(world: World, tutor: Person, index: number, subjects: readonly Subject[]) {
  const random = world.random(`tutor/${index}`);
  const isDemo = tutor.id === world.named.tutor.id;
  const mathematics = subjects.slice(0, 1);
  const taught = isDemo
    ? [...mathematics, ...subjects.slice(1, 2)]
    : random.shuffle(subjects).slice(0, random.integer(1, 3));
  const names = taught.map(({ name }) => name).join(", ");
  const city = isDemo ? "Bandung" : random.pick(CITIES);
  const hourlyRateMinor = isDemo ? 150_000 : random.integer(10, 50) * 5_000;
  const [status, verificationStatus] = isDemo ? (["ACTIVE", "APPROVED"] as const) : standingOf(index);
  const [ratingCount, ratingSum] = isDemo ? [41, 199] : ratingsOf(random, verificationStatus === "APPROVED");
  return {
    id: world.id("tutor-profile", index),
    userId: tutor.id,
    headline: `Guru privat ${names}`,
    bio: `Halo, saya ${tutor.fullName} dari ${city}, ${random.pick(BACKGROUNDS)}. ${random.pick(MANNERS)}`,
    teachingModes: isDemo ? ["ONLINE", "OFFLINE"] : random.pick([["ONLINE"], ["OFFLINE"], ["ONLINE", "OFFLINE"]]),
    baseCity: city,
    hourlyRateMinor,
    verificationStatus,
    status,
    ratingSum,
    ratingCount,
    completedLessonsCount: ratingCount === 0 ? 0 : ratingCount * random.integer(1, 6),
    createdAt: tutor.createdAt,
    updatedAt: tutor.createdAt,
    offerings: taught.flatMap(({ id: subjectId, levels }) =>
      levels.map((level) => ({
        subjectId,
        level,
        rateOverrideMinor: level === "UNIVERSITY" || level === "PROFESSIONAL" ? hourlyRateMinor + 50_000 : null,
      })),
    ),
  };
}

function standingOf(index: number): (typeof STANDINGS)[number] {
  return STANDINGS[index % STANDINGS.length] ?? ["DRAFT", "PENDING"];
}

/** How many reviews a tutor has and what their stars add up to; every fourth verified tutor is new. */
function ratingsOf(random: Random, verified: boolean): [count: number, sum: number] {
  if (!verified) return [0, 0];
  const count = random.chance(0.25) ? random.integer(0, 2) : random.integer(3, 60);
  const mean = Math.min(5, Math.max(3, random.normal(4.5, 0.35)));
  return [count, Math.round(count * mean)];
}
