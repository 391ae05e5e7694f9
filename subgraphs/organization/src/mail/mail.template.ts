import type { Language } from "@lentera/kit";

/** What a letter says; `text` and `html` are made of it. */
interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Where the reader should go, if anywhere. */
  readonly link?: { readonly label: string; readonly url: string };
}

/** What a letter's words are made of: its own values and where the platform is. */
type Write = (values: Readonly<Record<string, string>>, publicUrl: string) => Letter;

interface Template extends Record<Language, Write> {
  /** The values without which it cannot be written. */
  readonly needs: readonly string[];
}

/** Secrets stand behind `#`: browsers do not send that part to servers, so it gets into no log. */
const pageWithToken = (publicUrl: string, page: string, token: string | undefined): string =>
  `${publicUrl}/account/${page}#token=${encodeURIComponent(token ?? "")}`;

/** Every letter of this subgraph, by name: a letter waits in the queue under its name, so a name never changes. */
const TEMPLATES = {
  "verify-email": {
    needs: ["fullName", "token"],
    id: ({ fullName, token }, publicUrl) => ({
      subject: "Verifikasi alamat surel Anda",
      paragraphs: [
        `Halo ${fullName}, selamat datang di Lentera.`,
        "Buka tautan ini dalam 24 jam untuk memastikan bahwa alamat surel ini milik Anda.",
        "Jika Anda tidak mendaftar, abaikan surat ini.",
      ],
      link: { label: "Verifikasi alamat surel", url: pageWithToken(publicUrl, "verify-email", token) },
    }),
    en: ({ fullName, token }, publicUrl) => ({
      subject: "Verify your e-mail address",
      paragraphs: [
        `Hello ${fullName}, welcome to Lentera.`,
        "Open this link within 24 hours to confirm that this e-mail address is yours.",
        "If you did not sign up, ignore this letter.",
      ],
      link: { label: "Verify e-mail address", url: pageWithToken(publicUrl, "verify-email", token) },
    }),
  },
  "address-taken": {
    needs: ["fullName"],
    id: ({ fullName }, publicUrl) => ({
      subject: "Anda sudah memiliki akun Lentera",
      paragraphs: [
        `Halo ${fullName}, seseorang mencoba mendaftar dengan alamat surel ini, tetapi akunnya sudah ada.`,
        "Jika itu Anda, silakan masuk, atau buat kata sandi baru bila Anda lupa. Jika bukan, abaikan surat ini.",
      ],
      link: { label: "Buat kata sandi baru", url: `${publicUrl}/account/forgot-password` },
    }),
    en: ({ fullName }, publicUrl) => ({
      subject: "You already have a Lentera account",
      paragraphs: [
        `Hello ${fullName}, somebody tried to sign up with this e-mail address, which has an account already.`,
        "If it was you, sign in, or choose a new password if you forgot yours. If not, ignore this letter.",
      ],
      link: { label: "Choose a new password", url: `${publicUrl}/account/forgot-password` },
    }),
  },
  "reset-password": {
    needs: ["fullName", "token"],
    id: ({ fullName, token }, publicUrl) => ({
      subject: "Buat kata sandi baru",
      paragraphs: [
        `Halo ${fullName}, buka tautan ini dalam 30 menit untuk membuat kata sandi baru.`,
        "Jika Anda tidak memintanya, abaikan surat ini: kata sandi Anda tidak berubah.",
      ],
      link: { label: "Buat kata sandi baru", url: pageWithToken(publicUrl, "reset-password", token) },
    }),
    en: ({ fullName, token }, publicUrl) => ({
      subject: "Choose a new password",
      paragraphs: [
        `Hello ${fullName}, open this link within 30 minutes to choose a new password.`,
        "If you did not ask for it, ignore this letter: your password has not changed.",
      ],
      link: { label: "Choose a new password", url: pageWithToken(publicUrl, "reset-password", token) },
    }),
  },
  "password-changed": {
    needs: ["fullName"],
    id: ({ fullName }, publicUrl) => ({
      subject: "Kata sandi Anda telah diubah",
      paragraphs: [
        `Halo ${fullName}, kata sandi akun Lentera Anda baru saja diubah.`,
        "Jika bukan Anda yang mengubahnya, segera buat kata sandi baru.",
      ],
      link: { label: "Buat kata sandi baru", url: `${publicUrl}/account/forgot-password` },
    }),
    en: ({ fullName }, publicUrl) => ({
      subject: "Your password was changed",
      paragraphs: [
        `Hello ${fullName}, the password of your Lentera account has just been changed.`,
        "If it was not you, choose a new password at once.",
      ],
      link: { label: "Choose a new password", url: `${publicUrl}/account/forgot-password` },
    }),
  },
  "second-factor-changed": {
    needs: ["fullName"],
    id: ({ fullName }) => ({
      subject: "Verifikasi dua langkah Anda telah diubah",
      paragraphs: [
        `Halo ${fullName}, verifikasi dua langkah akun Lentera Anda baru saja diaktifkan atau dimatikan.`,
        "Jika bukan Anda yang mengubahnya, segera ganti kata sandi Anda.",
      ],
    }),
    en: ({ fullName }) => ({
      subject: "Your two-step verification was changed",
      paragraphs: [
        `Hello ${fullName}, two-step verification of your Lentera account has just been switched on or off.`,
        "If it was not you, change your password at once.",
      ],
    }),
  },
  "recovery-codes-replaced": {
    needs: ["fullName"],
    id: ({ fullName }) => ({
      subject: "Kode pemulihan Anda telah diganti",
      paragraphs: [
        `Halo ${fullName}, akun Lentera Anda baru saja mendapat kode pemulihan baru. Kode yang lama tidak berlaku lagi.`,
        "Jika bukan Anda yang memintanya, segera ganti kata sandi Anda.",
      ],
    }),
    en: ({ fullName }) => ({
      subject: "Your recovery codes were replaced",
      paragraphs: [
        `Hello ${fullName}, your Lentera account has just got new recovery codes. The ones before no longer work.`,
        "If it was not you, change your password at once.",
      ],
    }),
  },
  "change-email": {
    needs: ["fullName", "token"],
    id: ({ fullName, token }, publicUrl) => ({
      subject: "Pastikan alamat surel baru Anda",
      paragraphs: [
        `Halo ${fullName}, buka tautan ini dalam 24 jam agar akun Lentera Anda memakai alamat surel ini.`,
        "Jika Anda tidak memintanya, abaikan surat ini: tidak ada yang berubah.",
      ],
      link: { label: "Pakai alamat surel ini", url: pageWithToken(publicUrl, "change-email", token) },
    }),
    en: ({ fullName, token }, publicUrl) => ({
      subject: "Confirm your new e-mail address",
      paragraphs: [
        `Hello ${fullName}, open this link within 24 hours to use this e-mail address for your Lentera account.`,
        "If you did not ask for it, ignore this letter: nothing changes.",
      ],
      link: { label: "Use this e-mail address", url: pageWithToken(publicUrl, "change-email", token) },
    }),
  },
  "email-changed": {
    needs: ["fullName", "newEmail"],
    id: ({ fullName, newEmail }) => ({
      subject: "Alamat surel akun Anda telah diganti",
      paragraphs: [
        `Halo ${fullName}, akun Lentera Anda kini memakai alamat surel ${newEmail}. Alamat ini tidak dapat lagi dipakai untuk masuk.`,
        "Jika bukan Anda yang menggantinya, segera hubungi sekolah Anda atau tim Lentera.",
      ],
    }),
    en: ({ fullName, newEmail }) => ({
      subject: "The e-mail address of your account was changed",
      paragraphs: [
        `Hello ${fullName}, your Lentera account now uses the e-mail address ${newEmail}. This one no longer signs in.`,
        "If it was not you, contact your school or the Lentera team at once.",
      ],
    }),
  },
  "identity-changed": {
    needs: ["fullName", "provider"],
    id: ({ fullName, provider }, publicUrl) => ({
      subject: `Cara masuk dengan ${provider} telah diubah`,
      paragraphs: [
        `Halo ${fullName}, akun ${provider} baru saja ditautkan ke akun Lentera Anda atau dilepaskan darinya.`,
        "Jika bukan Anda yang mengubahnya, segera buat kata sandi baru dan periksa pengaturan akun Anda.",
      ],
      link: { label: "Buat kata sandi baru", url: `${publicUrl}/account/forgot-password` },
    }),
    en: ({ fullName, provider }, publicUrl) => ({
      subject: `Signing in with ${provider} was changed`,
      paragraphs: [
        `Hello ${fullName}, a ${provider} account has just been linked to your Lentera account or removed from it.`,
        "If it was not you, choose a new password at once and look at your account's settings.",
      ],
      link: { label: "Choose a new password", url: `${publicUrl}/account/forgot-password` },
    }),
  },
  "staff-invitation": {
    needs: ["organizationName", "token"],
    id: ({ organizationName, token }, publicUrl) => ({
      subject: `Undangan dari ${organizationName}`,
      paragraphs: [
        `${organizationName} mengundang Anda bekerja bersama di Lentera.`,
        "Masuk dengan alamat surel ini, atau daftar dahulu, lalu buka tautan ini dalam 7 hari.",
      ],
      link: { label: "Terima undangan", url: pageWithToken(publicUrl, "accept-invitation", token) },
    }),
    en: ({ organizationName, token }, publicUrl) => ({
      subject: `An invitation from ${organizationName}`,
      paragraphs: [
        `${organizationName} invites you to work with them on Lentera.`,
        "Sign in with this e-mail address, or sign up first, and open this link within 7 days.",
      ],
      link: { label: "Accept the invitation", url: pageWithToken(publicUrl, "accept-invitation", token) },
    }),
  },
  "student-invitation": {
    needs: ["organizationName"],
    id: ({ organizationName }, publicUrl) => ({
      subject: `${organizationName} mengundang Anda sebagai siswa`,
      paragraphs: [
        `${organizationName} ingin mendaftarkan Anda sebagai siswa di Lentera dan akan dapat melihat hasil belajar Anda.`,
        "Masuk untuk menerima atau menolaknya. Sebelum Anda menerima, mereka tidak melihat apa pun tentang Anda.",
      ],
      link: { label: "Buka Lentera", url: publicUrl },
    }),
    en: ({ organizationName }, publicUrl) => ({
      subject: `${organizationName} invites you as a student`,
      paragraphs: [
        `${organizationName} wants to enroll you as a student on Lentera and will then see how you learn.`,
        "Sign in to accept or decline. Until you accept, they see nothing of you.",
      ],
      link: { label: "Open Lentera", url: publicUrl },
    }),
  },
  "student-enrolled": {
    needs: ["organizationName"],
    id: ({ organizationName }, publicUrl) => ({
      subject: `${organizationName} membuatkan Anda akun Lentera`,
      paragraphs: [
        `${organizationName} telah mendaftarkan Anda sebagai siswa di Lentera.`,
        "Buat kata sandi untuk alamat surel ini, lalu masuk.",
      ],
      link: { label: "Buat kata sandi", url: `${publicUrl}/account/forgot-password` },
    }),
    en: ({ organizationName }, publicUrl) => ({
      subject: `${organizationName} made you a Lentera account`,
      paragraphs: [
        `${organizationName} has enrolled you as a student on Lentera.`,
        "Choose a password for this e-mail address and sign in.",
      ],
      link: { label: "Choose a password", url: `${publicUrl}/account/forgot-password` },
    }),
  },
  "guardian-request": {
    needs: ["fullName"],
    id: ({ fullName }, publicUrl) => ({
      subject: "Seseorang ingin mendampingi belajar Anda",
      paragraphs: [
        `Halo ${fullName}, seseorang meminta izin untuk melihat data belajar Anda sebagai wali.`,
        "Lihat siapa yang meminta, lalu setujui atau tolak. Sebelum Anda setuju, tidak ada yang diperlihatkan.",
      ],
      link: { label: "Buka Lentera", url: publicUrl },
    }),
    en: ({ fullName }, publicUrl) => ({
      subject: "Somebody would like to follow your learning",
      paragraphs: [
        `Hello ${fullName}, somebody has asked to see your learning data as your guardian.`,
        "See who asks, and accept or refuse. Nothing is shown to them before you accept.",
      ],
      link: { label: "Open Lentera", url: publicUrl },
    }),
  },
  "confirm-guardians": {
    needs: ["fullName", "count"],
    id: ({ fullName, count }, publicUrl) => ({
      subject: "Pilih siapa yang tetap mendampingi belajar Anda",
      paragraphs: [
        `Halo ${fullName}, Anda kini berusia 18 tahun dan ${count} wali dapat melihat data belajar Anda.`,
        "Konfirmasikan masing-masing dalam 30 hari bila Anda menginginkannya. Yang tidak dikonfirmasi akan berakhir.",
      ],
      link: { label: "Lihat wali saya", url: `${publicUrl}/account/guardians` },
    }),
    en: ({ fullName, count }, publicUrl) => ({
      subject: "Choose who goes on following your learning",
      paragraphs: [
        `Hello ${fullName}, you are 18 now, and ${count} of your guardians can see your learning data.`,
        "Confirm each of them within 30 days if you want that. What you do not confirm ends.",
      ],
      link: { label: "See my guardians", url: `${publicUrl}/account/guardians` },
    }),
  },
  "webhook-disabled": {
    needs: ["fullName", "url"],
    id: ({ fullName, url }) => ({
      subject: "Webhook Anda dinonaktifkan",
      paragraphs: [
        `Halo ${fullName}, webhook ${url} tidak menjawab dengan baik selama lima hari dan kami nonaktifkan.`,
        "Perbaiki penerimanya, aktifkan kembali, lalu minta pengiriman ulang peristiwa yang terlewat.",
      ],
    }),
    en: ({ fullName, url }) => ({
      subject: "Your webhook was disabled",
      paragraphs: [
        `Hello ${fullName}, the webhook ${url} has not answered well for five days, so we disabled it.`,
        "Repair the receiver, enable it again, and replay the events that it missed.",
      ],
    }),
  },
  "platform-admin-invited": {
    needs: ["fullName"],
    id: ({ fullName }, publicUrl) => ({
      subject: "Akun pengelola Lentera Anda",
      paragraphs: [`Halo ${fullName}, Anda kini termasuk pengelola Lentera. Buat kata sandi Anda untuk mulai.`],
      link: { label: "Buat kata sandi", url: `${publicUrl}/account/forgot-password` },
    }),
    en: ({ fullName }, publicUrl) => ({
      subject: "Your Lentera admin account",
      paragraphs: [`Hello ${fullName}, you are now one of Lentera's admins. Choose your password to begin.`],
      link: { label: "Choose a password", url: `${publicUrl}/account/forgot-password` },
    }),
  },
  impersonated: {
    needs: ["fullName", "reason", "startedAt"],
    id: ({ fullName, reason, startedAt }) => ({
      subject: "Tim Lentera membuka akun Anda",
      paragraphs: [
        `Halo ${fullName}, mulai ${startedAt} seorang pengelola Lentera bertindak atas nama akun Anda, paling lama 30 menit.`,
        `Alasannya: ${reason}`,
        "Kata sandi dan uang Anda tidak dapat disentuh. Daftar akses ini ada di pengaturan akun Anda.",
      ],
    }),
    en: ({ fullName, reason, startedAt }) => ({
      subject: "The Lentera team has opened your account",
      paragraphs: [
        `Hello ${fullName}, from ${startedAt} one of Lentera's admins acts in your account, for 30 minutes at most.`,
        `The reason: ${reason}`,
        "Your password and your money are out of reach. Your account's settings list every such access.",
      ],
    }),
  },
  "data-export-ready": {
    needs: ["fullName"],
    id: ({ fullName }) => ({
      subject: "Arsip data Anda siap",
      paragraphs: [`Halo ${fullName}, arsip data Anda siap. Unduh dalam 7 hari di pengaturan akun Anda.`],
    }),
    en: ({ fullName }) => ({
      subject: "The archive of your data is ready",
      paragraphs: [
        `Hello ${fullName}, the archive of your data is ready. Fetch it within 7 days in your account's settings.`,
      ],
    }),
  },
  "erasure-requested": {
    needs: ["fullName", "dueAt"],
    id: ({ fullName, dueAt }) => ({
      subject: "Akun Anda akan dihapus",
      paragraphs: [
        `Halo ${fullName}, akun Anda akan dihapus pada ${dueAt}.`,
        "Sampai saat itu Anda dapat membatalkannya di pengaturan akun. Jika bukan Anda yang meminta, batalkan dan ganti kata sandi Anda.",
      ],
    }),
    en: ({ fullName, dueAt }) => ({
      subject: "Your account will be deleted",
      paragraphs: [
        `Hello ${fullName}, your account will be deleted at ${dueAt}.`,
        "Until then you can cancel it in your account's settings. If it was not you who asked, cancel it and change your password.",
      ],
    }),
  },
  "erasure-done": {
    needs: ["fullName"],
    id: ({ fullName }) => ({
      subject: "Akun Anda telah dihapus",
      paragraphs: [
        `Halo ${fullName}, akun Anda dan data yang menunjukkan siapa Anda telah dihapus. Ini surat terakhir kami.`,
      ],
    }),
    en: ({ fullName }) => ({
      subject: "Your account was deleted",
      paragraphs: [`Hello ${fullName}, your account and what says who you are were deleted. This is our last letter.`],
    }),
  },
} satisfies Record<string, Template>;

export type MailTemplate = keyof typeof TEMPLATES;
export const MAIL_TEMPLATES = Object.keys(TEMPLATES);

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(TEMPLATES, name);
}

/** @returns the values that a letter needs and did not get */
export function missingValues(template: MailTemplate, given: readonly string[]): string[] {
  return TEMPLATES[template].needs.filter((name) => !given.includes(name));
}

/** A letter, ready to send. Values are plain text; in `html` they cannot become markup. */
export function writeLetter(
  template: MailTemplate,
  language: Language,
  values: Readonly<Record<string, string>>,
  publicUrl: string,
): { subject: string; text: string; html: string } {
  const write: Write = TEMPLATES[template][language];
  const { subject, paragraphs, link } = write(values, publicUrl);
  const lines = link === undefined ? paragraphs : [...paragraphs, `${link.label}: ${link.url}`];
  const anchor = link === undefined ? "" : `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`;
  return {
    subject: oneLine(subject),
    text: `${lines.join("\n\n")}\n`,
    html: `<!doctype html><html lang="${language}"><body>${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("")}${anchor}</body></html>`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A line break in a subject would start a new header. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
