import type { Language } from "@lentera/kit";

/** The pages that letters lead to. */
export const ACCOUNT_PAGES = ["verify-email", "change-email", "reset-password", "forgot-password"] as const;
export type AccountPage = (typeof ACCOUNT_PAGES)[number];

/** What a page says and asks. */
export interface PageWords {
  readonly title: string;
  readonly purpose: string;
  /** The field to fill in, if there is one. */
  readonly label?: string;
  readonly hint?: string;
  readonly action: string;
  readonly done: string;
}

interface Words extends Record<AccountPage, PageWords> {
  readonly otherLanguage: string;
  readonly noToken: string;
  readonly noScript: string;
  readonly unreachable: string;
  readonly newLink: string;
}

export const WORDS: Record<Language, Words> = {
  id: {
    otherLanguage: "English",
    noToken: "Tautan ini tidak lengkap. Buka lagi dari surat Anda, atau salin seluruhnya.",
    noScript: "Halaman ini memerlukan JavaScript.",
    unreachable: "Lentera tidak dapat dihubungi. Coba lagi sebentar lagi.",
    newLink: "Minta tautan baru",
    "verify-email": {
      title: "Verifikasi alamat surel",
      purpose: "Pastikan bahwa alamat surel ini milik Anda.",
      action: "Verifikasi",
      done: "Alamat surel Anda telah diverifikasi. Silakan masuk.",
    },
    "change-email": {
      title: "Ganti alamat surel",
      purpose: "Mulai sekarang Anda masuk dengan alamat surel yang menerima surat ini.",
      action: "Pakai alamat ini",
      done: "Alamat surel Anda telah diganti. Perangkat yang sudah masuk tetap masuk.",
    },
    "reset-password": {
      title: "Buat kata sandi baru",
      purpose: "Semua perangkat yang masuk dengan kata sandi lama akan keluar.",
      label: "Kata sandi baru",
      hint: "Paling sedikit 10 karakter, tidak umum, dan bukan alamat surel Anda.",
      action: "Simpan kata sandi",
      done: "Kata sandi Anda telah diganti. Silakan masuk.",
    },
    "forgot-password": {
      title: "Lupa kata sandi",
      purpose: "Kami mengirim tautan untuk membuat kata sandi baru. Tautan itu berlaku 30 menit.",
      label: "Alamat surel",
      action: "Kirim tautan",
      done: "Jika alamat itu memiliki akun, surat dengan tautan sedang dikirim. Periksa kotak surat Anda.",
    },
  },
  en: {
    otherLanguage: "Bahasa Indonesia",
    noToken: "This link is not complete. Open it again from your letter, or copy all of it.",
    noScript: "This page needs JavaScript.",
    unreachable: "Lentera cannot be reached. Please try again shortly.",
    newLink: "Ask for a new link",
    "verify-email": {
      title: "Verify your e-mail address",
      purpose: "Confirm that this e-mail address is yours.",
      action: "Verify",
      done: "Your e-mail address is verified. Please sign in.",
    },
    "change-email": {
      title: "Change your e-mail address",
      purpose: "From now on you sign in with the address that received this letter.",
      action: "Use this address",
      done: "Your e-mail address was changed. Devices that are signed in stay signed in.",
    },
    "reset-password": {
      title: "Choose a new password",
      purpose: "Every device that is signed in with the old password will be signed out.",
      label: "New password",
      hint: "At least 10 characters, not a common one, and not your e-mail address.",
      action: "Save password",
      done: "Your password has been changed. Please sign in.",
    },
    "forgot-password": {
      title: "Forgot your password",
      purpose: "We send you a link to choose a new password. It works for 30 minutes.",
      label: "E-mail address",
      action: "Send the link",
      done: "If that address has an account, a letter with a link is on its way. Look into your mailbox.",
    },
  },
};
