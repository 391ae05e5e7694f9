import { createRandom } from "./bank/random.js";
import { Census, type Person, type Population } from "./census.js";
import { javaneseName } from "./names.js";

export type { Person };

/** The demo world: a population with the people whom a visitor signs in as. */
export interface World extends Population {
  readonly named: Readonly<
    Record<"admin" | "principal" | "teacher" | "student" | "parent" | "tutor" | "owner", Person>
  >;
}

export interface WorldOptions {
  /** Students of the school and the tutoring centre together; 240 when left out. */
  readonly students?: number;
  /** Midnight (UTC) of the current day when left out. */
  readonly now?: Date;
  /** Another seed makes other people. */
  readonly seed?: string;
}

export interface BigPopulationOptions {
  /** Which of the big organizations; each has people of its own. */
  readonly index: number;
  readonly students: number;
  readonly now?: Date;
}

/** What everybody's password is in the demo world. */
export const DEMO_PASSWORD = "lentera-demo";
/** bcrypt hash of {@link DEMO_PASSWORD} at cost 12, made once: hashing takes a quarter of a second. */
export const DEMO_PASSWORD_HASH = "$2b$12$FkAoKt6a4Mrv8QmncFsnGOn0dlcsewmeJSOK8N.FNCsnPaP2LWD/i";

const DAY_MS = 86_400_000;
const SCHOOL_CLASSES = ["XII IPA 1", "XII IPA 2", "XII IPA 3", "XII IPS 1", "XII IPS 2"];
const CENTRE_CLASSES = ["Intensif UTBK Pagi", "Intensif UTBK Sore", "Intensif UTBK Akhir Pekan"];
/** Share of the students who go to the school: 175 of 240, five classes of 35. */
const SCHOOL_SHARE = 175 / 240;
const GUARDIANS = 60;
const TUTORS = 64;

/** The demo world. Pure: the same options give the same world, and another day the same people. */
export function buildWorld({ students = 240, now = today(), seed = "lentera-demo" }: WorldOptions = {}): World {
  const census = new Census(seed, now);
  const admin = census.add("PLATFORM_ADMIN", "lentera.test", javaneseName("Maya Anggraini Putri"), "admin");

  const school = census.found("SMA Nusantara", "SCHOOL", "ACTIVE");
  const principal = census.add("ADMIN", "nusantara.test", javaneseName("Suryadi Wicaksono"), "principal");
  const teacher = census.add("TEACHER", "nusantara.test", javaneseName("Retno Wulandari"), "teacher");
  const teachers = [teacher, ...census.addMany(7, "TEACHER", "nusantara.test")];
  const viewer = census.add("VIEWER", "nusantara.test");
  census.employ(school, [principal, ...teachers, viewer]);

  const centre = census.found("Bimbel Cendekia", "TUTORING_CENTER", "TRIAL");
  const manager = census.add("OWNER", "cendekia.test");
  const instructors = census.addMany(4, "TEACHER", "cendekia.test");
  census.employ(centre, [manager, ...instructors]);

  const student = census.add("STUDENT", "nusantara.test", javaneseName("Sekar Ayu Pramesti"), "student");
  const schoolSize = Math.max(1, Math.round(students * SCHOOL_SHARE));
  const pupils = [student, ...census.addMany(schoolSize - 1, "STUDENT", "siswa.nusantara.test")];
  census.teach(school, SCHOOL_CLASSES, pupils, teachers);
  const learners = census.addMany(students - schoolSize, "STUDENT", "siswa.cendekia.test");
  census.teach(centre, CENTRE_CLASSES, learners, instructors);

  const parent = census.add("GUARDIAN", "nusantara.test", javaneseName("Hendro Prasetyo"), "parent");
  census.link(parent, student, "PARENT");
  census.addFamilies(GUARDIANS - 1, parent, [...pupils.slice(1), ...learners]);

  const tutor = census.add("TUTOR", "lentera.test", javaneseName("Dimas Bayu Nugraha"), "tutor");
  census.addMany(TUTORS - 1, "TUTOR", "tutor.test");
  const owner = census.add("BUSINESS_OWNER", "warung.test", javaneseName("Siti Rahmawati"), "owner");
  return { ...census.population(), named: { admin, principal, teacher, student, parent, tutor, owner } };
}

/** One large school with its people, classes of at most 36 and a teacher for every class; no guardians. */
export function buildBigPopulation({ index, students, now = today() }: BigPopulationOptions): Population {
  const census = new Census(`lentera-big/${index}`, now);
  const domain = `sekolah-${index + 1}.test`;
  const city = census.random("city").pick(CITIES);
  const school = census.found(`SMA Terpadu ${city} ${index + 1}`, "SCHOOL", "ACTIVE");
  const classNames = Array.from({ length: Math.ceil(students / 36) }, (_, position) => `XII-${position + 1}`);
  const teachers = census.addMany(classNames.length, "TEACHER", domain);
  census.employ(school, [census.add("ADMIN", domain), ...teachers]);
  census.teach(school, classNames, census.addMany(students, "STUDENT", domain), teachers);
  return census.population();
}

/** Splits students over schools: 1,000 to 5,000 each, unless there are fewer than 1,000 in all. */
export function schoolSizes(students: number): number[] {
  const random = createRandom("lentera-big/sizes");
  const sizes: number[] = [];
  for (let left = students; left > 0; left -= sizes.at(-1) ?? 0) {
    sizes.push(left <= 5_000 ? left : Math.min(random.integer(1_000, 5_000), left - 1_000));
  }
  return sizes;
}

const CITIES =
  "Ambon|Balikpapan|Banda Aceh|Bandung|Banjarmasin|Denpasar|Jambi|Jayapura|Kendari|Kupang|Makassar|Malang|Manado|Mataram|Medan|Padang|Palembang|Palu|Pekanbaru|Pontianak|Samarinda|Semarang|Solo|Surabaya|Yogyakarta".split(
    "|",
  );

function today(): Date {
  return new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
}
