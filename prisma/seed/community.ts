import type { ClientBase } from "pg";
import type { Random } from "./bank/random.js";
import { insertRows } from "./rows.js";
import type { World } from "./world.js";

/** Who of the two writes, how many days ago, at what time in Jakarta, and what. */
type Line = readonly [writer: 0 | 1, daysAgo: number, time: string, text: string];

interface SeededConversation {
  readonly participantIds: readonly [string, string];
  readonly lines: readonly Line[];
  /** How many of the last messages each of the two has not seen yet. */
  readonly unread: readonly [number, number];
}

const PARENT_AND_STUDENT: readonly Line[] = [
  [0, 14, "19:05", "Sekar, bagaimana belajarnya hari ini? Sudah makan malam?"],
  [1, 14, "19:12", "Sudah, Pa. Tadi aku mengulang penalaran matematika, bagian peluang masih agak susah."],
  [0, 14, "19:15", "Pelan-pelan saja. Besok malam Papa temani latihan soal peluang, ya."],
  [1, 11, "20:40", "Pa, latihan peluangnya aku benar 8 dari 10!"],
  [0, 11, "20:44", "Wah, hebat! Papa bangga. Dua yang salah sudah dibahas?"],
  [1, 11, "20:47", "Sudah, ternyata aku melewatkan kata “tanpa pengembalian” di soalnya 😅"],
  [0, 8, "18:30", "Besok jadi ikut tryout di rumah?"],
  [1, 8, "18:52", "Jadi, mulai jam 9. Tolong internetnya jangan dipakai menonton dulu ya, Pa, hehe."],
  [1, 7, "13:10", "Selesai! Teks literasinya panjang-panjang, tapi waktunya cukup."],
  [0, 7, "13:14", "Syukurlah. Istirahat dulu, nanti malam kita makan bakso."],
  [1, 3, "19:20", "Papa sudah lihat hasil tryout-ku di Lentera?"],
  [0, 3, "19:26", "Sudah, Papa lihat grafiknya. Usahamu tiap malam kelihatan sekali."],
  [0, 1, "19:45", "Besok mau diantar lebih pagi untuk kelas tambahan?"],
  [1, 1, "19:50", "Mau! Terima kasih, Pa. Semangat kerjanya juga!"],
];

const TEACHER_AND_STUDENT: readonly Line[] = [
  [1, 10, "15:40", "Bu Retno, boleh bertanya tentang soal kuantitatif nomor 12 tadi?"],
  [0, 10, "15:58", "Boleh sekali, Sekar. Coba gambar dulu diagramnya, lalu hitung luas yang diarsir."],
  [1, 10, "16:20", "Oh, ternyata lebih sederhana dari yang saya kira. Terima kasih, Bu!"],
  [0, 4, "07:10", "Jangan lupa kelas tambahan hari ini, kita bahas pengetahuan kuantitatif."],
  [1, 4, "07:15", "Siap, Bu. Saya bawa catatan soal yang masih sulit."],
  [0, 2, "16:05", "Latihanmu minggu ini rapi. Pertahankan, dan tidur yang cukup."],
];

const PARENT_AND_TEACHER: readonly Line[] = [
  [0, 9, "17:30", "Selamat sore, Bu Retno. Bagaimana perkembangan Sekar di kelas?"],
  [1, 9, "17:52", "Selamat sore, Pak Hendro. Sekar aktif bertanya dan tugasnya selalu selesai."],
  [0, 9, "17:55", "Terima kasih, Bu. Bagian mana yang sebaiknya dilatih di rumah?"],
  [1, 9, "18:10", "Penalaran matematika, 20 menit setiap malam sudah cukup. Lebih baik sedikit tetapi rutin."],
  [0, 1, "18:20", "Baik, Bu, sudah kami jalankan. Terima kasih banyak."],
];

/** Who of the two writes what; the first is the parent. */
const SMALL_TALK: readonly (readonly (readonly [0 | 1, string])[])[] = [
  [
    [0, "Sudah belajar hari ini, Nak?"],
    [1, "Sudah, tadi mengerjakan 20 soal pengetahuan kuantitatif."],
    [0, "Bagus. Jangan lupa istirahat."],
  ],
  [
    [1, "Tryout hari ini sudah selesai!"],
    [0, "Bagaimana rasanya?"],
    [1, "Lumayan, literasi bahasa Inggrisnya lebih mudah dari yang kemarin."],
    [0, "Syukurlah. Nanti malam kita bahas bersama."],
  ],
  [
    [0, "Nanti pulang jam berapa?"],
    [1, "Jam lima, ada kelompok belajar dulu."],
  ],
  [
    [1, "Boleh minta dibelikan buku catatan baru? Yang lama sudah penuh."],
    [0, "Boleh, nanti sepulang kerja mampir ke toko buku."],
    [1, "Terima kasih!"],
  ],
  [
    [0, "Kemarin belajarnya sampai malam sekali, ya?"],
    [1, "Iya, menyelesaikan latihan penalaran umum."],
    [0, "Hebat, tetapi malam ini tidur lebih awal."],
    [1, "Siap!"],
    [0, "Semangat terus."],
  ],
  [
    [1, "Peringkatku di papan minggu ini naik!"],
    [0, "Wah, selamat! Hasil latihan setiap hari mulai terlihat."],
  ],
];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const JAKARTA_OFFSET_MS = 7 * 60 * MINUTE_MS;
const SMALL_TALKS = 40;

/** Inserts conversations: those of the demo parent, student and teacher, and 40 of other families. */
export async function seedCommunity(client: ClientBase, world: World): Promise<void> {
  const { parent, student, teacher } = world.named;
  const conversations: SeededConversation[] = [
    { participantIds: [parent.id, student.id], lines: PARENT_AND_STUDENT, unread: [1, 0] },
    { participantIds: [teacher.id, student.id], lines: TEACHER_AND_STUDENT, unread: [0, 1] },
    { participantIds: [parent.id, teacher.id], lines: PARENT_AND_TEACHER, unread: [0, 1] },
    ...smallTalk(world),
  ];
  const messages = conversations.flatMap(({ participantIds, lines }, index) =>
    lines.map(([writer, daysAgo, time, text], position) => ({
      conversationId: world.id("conversation", index),
      authorId: participantIds[writer],
      sequence: position + 1,
      sentAt: instant(world.now, daysAgo, time),
      text,
    })),
  );
  await insertConversations(client, world, conversations);
  await insertRows(
    client,
    "messages",
    { id: "uuid", conversationId: "uuid", sequence: "int", authorId: "uuid", text: "text", sentAt: "timestamptz" },
    messages.map((message, index) => ({ id: world.id("message", index), ...message })),
  );
}

function smallTalk(world: World): SeededConversation[] {
  const { parent, student } = world.named;
  const families = world.guardianLinks.filter(
    ({ status, guardianId, studentId }) =>
      status === "VERIFIED" && !(guardianId === parent.id && studentId === student.id),
  );
  return families.slice(0, SMALL_TALKS).map(({ guardianId, studentId }, index) => {
    const random = world.random(`conversation/${index}`);
    return {
      participantIds: [guardianId, studentId],
      lines: linesOf(random),
      unread: random.pick([
        [0, 0],
        [1, 0],
        [0, 1],
      ]),
    };
  });
}

function linesOf(random: Random): Line[] {
  const daysAgo = random.integer(1, 21);
  let minute = random.integer(16 * 60, 20 * 60);
  return random.pick(SMALL_TALK).map(([writer, text]) => {
    minute += random.integer(1, 9);
    const time = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
    return [writer, daysAgo, time, text];
  });
}

/** A time of day in Jakarta, so many days before the day that begins with `now`. */
function instant(now: Date, daysAgo: number, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return new Date(now.getTime() - daysAgo * DAY_MS + (hours * 60 + minutes) * MINUTE_MS - JAKARTA_OFFSET_MS);
}

/** One statement for conversations and participants: the database keeps no conversation of nobody. */
async function insertConversations(
  client: ClientBase,
  world: World,
  conversations: readonly SeededConversation[],
): Promise<void> {
  const rows = conversations.map(({ participantIds, lines, unread }, index) => {
    const [times, count] = [lines.map(([, daysAgo, time]) => instant(world.now, daysAgo, time)), lines.length];
    return {
      id: world.id("conversation", index),
      createdAt: times[0] ?? world.now,
      lastMessageAt: times.at(-1) ?? world.now,
      lastSequence: count,
      participants: participantIds.map((id, position) => ({ id, readSequence: count - (unread[position] ?? 0) })),
    };
  });
  await client.query(
    `with seeded as (
       select * from jsonb_to_recordset($1) as seeded(
         id uuid, "createdAt" timestamptz, "lastMessageAt" timestamptz, "lastSequence" int, participants jsonb)
     ), conversation as (
       insert into conversations (id, created_at, last_message_at, last_sequence)
       select id, "createdAt", "lastMessageAt", "lastSequence" from seeded
     )
     insert into conversation_participants (conversation_id, user_id, read_sequence, joined_at)
     select seeded.id, participant.id, participant."readSequence", seeded."createdAt"
     from seeded, jsonb_to_recordset(participants) as participant(id uuid, "readSequence" int)`,
    [JSON.stringify(rows)],
  );
}
