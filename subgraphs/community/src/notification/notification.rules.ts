import type { Language } from "@lentera/kit";
import { z } from "zod";

/** What a notification says, before it is put into words. */
export const notificationContent = z.object({
  type: z.literal("ATTEMPT_SCORED"),
  data: z.object({ attemptId: z.guid(), tryoutTitle: z.string(), scaled: z.number(), points: z.int() }),
});
export type NotificationContent = z.infer<typeof notificationContent>;

/** The title and message of a notification in the language of its reader. */
export function wordsFor({ data }: NotificationContent, language: Language): { title: string; message: string } {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const [score, points] = [number.format(data.scaled), number.format(data.points)];
  const words = {
    id: {
      title: "Skor tryout Anda sudah keluar",
      message: `Anda mendapat skor ${score} di ${data.tryoutTitle}.`,
      reward: `Anda memperoleh ${points} poin.`,
    },
    en: {
      title: "Your tryout has its score",
      message: `You scored ${score} in ${data.tryoutTitle}.`,
      reward: `You earned ${points} points.`,
    },
  }[language];
  return { title: words.title, message: data.points === 0 ? words.message : `${words.message} ${words.reward}` };
}
