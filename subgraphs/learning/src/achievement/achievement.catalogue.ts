import { readCatalogue } from "./achievement.rules.js";

const of = (metric: string, ...steps: readonly [number, number, number]) =>
  ["BRONZE", "SILVER", "GOLD"].map((tier, index) => ({ tier, criteria: { metric, atLeast: steps[index] } }));

/** Every achievement there is. Read, and refused when it is wrong, when the subgraph starts. */
export const ACHIEVEMENTS = readCatalogue([
  {
    code: "FINISHER",
    name: { id: "Penuntas", en: "Finisher" },
    description: { id: "Menyelesaikan tryout: 1, 10, lalu 50.", en: "Finish tryouts: 1, 10, then 50." },
    tiers: of("TRYOUTS", 1, 10, 50),
  },
  {
    code: "PRACTITIONER",
    name: { id: "Rajin Berlatih", en: "Practitioner" },
    description: {
      id: "Menuntaskan hari latihan adaptif: 1, 10, lalu 50.",
      en: "Days of adaptive practice: 1, 10, then 50.",
    },
    tiers: of("PRACTICES", 1, 10, 50),
  },
  {
    code: "STEADY",
    name: { id: "Tekun", en: "Steady" },
    description: { id: "Belajar beruntun 3, 14, lalu 60 hari.", en: "Study 3, 14, then 60 days in a row." },
    tiers: of("LONGEST_STREAK", 3, 14, 60),
  },
  {
    code: "COLLECTOR",
    name: { id: "Pengumpul Poin", en: "Collector" },
    description: { id: "Mengumpulkan 500, 5.000, lalu 25.000 poin.", en: "Earn 500, 5,000, then 25,000 points." },
    tiers: of("XP", 500, 5000, 25_000),
  },
  {
    code: "CHALLENGER",
    name: { id: "Penantang", en: "Challenger" },
    description: { id: "Memenangkan tantangan: 1, 5, lalu 20.", en: "Win challenges: 1, 5, then 20." },
    tiers: of("CHALLENGES_WON", 1, 5, 20),
  },
  {
    code: "ALL_ROUNDER",
    name: { id: "Serba Bisa", en: "All-rounder" },
    description: {
      id: "5 tryout, 5 hari latihan, dan 7 hari beruntun.",
      en: "5 tryouts, 5 days of practice and 7 days in a row.",
    },
    tiers: [
      {
        tier: "GOLD",
        criteria: {
          all: [
            { metric: "TRYOUTS", atLeast: 5 },
            { metric: "PRACTICES", atLeast: 5 },
            { metric: "LONGEST_STREAK", atLeast: 7 },
          ],
        },
      },
    ],
  },
]);
