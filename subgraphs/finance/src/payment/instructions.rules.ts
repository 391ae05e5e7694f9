import type { Language } from "@lentera/kit";

export interface Instructions {
  readonly title: string;
  readonly steps: readonly string[];
}

/** What of an attempt the payer needs. */
export interface PayableFacts {
  readonly method: string;
  readonly vaNumber: string | null;
  readonly billerCode: string | null;
}

type Texts = Readonly<Record<Language, (facts: PayableFacts) => Instructions>>;

const virtualAccount = (bank: string): Texts => ({
  id: ({ vaNumber }) => ({
    title: `Transfer ke virtual account ${bank}`,
    steps: [
      `Buka aplikasi, ATM, atau internet banking ${bank}, atau bank lain dengan transfer antarbank.`,
      "Pilih menu transfer ke virtual account.",
      `Masukkan nomor ${vaNumber ?? ""}.`,
      "Periksa nama dan jumlahnya: jumlah harus sama persis.",
      "Konfirmasi pembayaran. Halaman ini berubah begitu uang diterima.",
    ],
  }),
  en: ({ vaNumber }) => ({
    title: `Transfer to a ${bank} virtual account`,
    steps: [
      `Open the app, an ATM or the internet banking of ${bank}, or of another bank with interbank transfers.`,
      "Choose the transfer to a virtual account.",
      `Enter the number ${vaNumber ?? ""}.`,
      "Check the name and the amount: it has to be exactly the same.",
      "Confirm the payment. This page changes as soon as the money has arrived.",
    ],
  }),
});

const wallet = (name: string): Texts => ({
  id: () => ({
    title: `Bayar dengan ${name}`,
    steps: [
      `Ketuk tautan pembayaran; aplikasi ${name} terbuka.`,
      "Periksa jumlahnya dan setujui dengan PIN Anda.",
      "Kembali ke halaman ini.",
    ],
  }),
  en: () => ({
    title: `Pay with ${name}`,
    steps: [
      `Tap the payment link; the ${name} app opens.`,
      "Check the amount and approve it with your PIN.",
      "Come back to this page.",
    ],
  }),
});

const hostedPage: Texts = {
  id: () => ({
    title: "Bayar di halaman penyedia pembayaran",
    steps: [
      "Buka tautan pembayaran.",
      "Ikuti petunjuk di halaman itu sampai selesai.",
      "Anda akan dibawa kembali ke halaman ini.",
    ],
  }),
  en: () => ({
    title: "Pay on the page of the payment provider",
    steps: ["Open the payment link.", "Follow that page to its end.", "You will be brought back to this page."],
  }),
};

const METHODS: Readonly<Record<string, Texts>> = {
  BCA_VA: virtualAccount("BCA"),
  BNI_VA: virtualAccount("BNI"),
  BRI_VA: virtualAccount("BRI"),
  PERMATA_VA: virtualAccount("Permata"),
  MANDIRI_VA: {
    id: ({ billerCode, vaNumber }) => ({
      title: "Bayar tagihan Mandiri",
      steps: [
        "Buka Livin', ATM, atau internet banking Mandiri dan pilih Bayar, lalu Multipayment.",
        `Masukkan kode perusahaan ${billerCode ?? ""}.`,
        `Masukkan kode tagihan ${vaNumber ?? ""}.`,
        "Periksa jumlahnya dan konfirmasi.",
      ],
    }),
    en: ({ billerCode, vaNumber }) => ({
      title: "Pay a Mandiri bill",
      steps: [
        "Open Livin', an ATM or the internet banking of Mandiri and choose Pay, then Multipayment.",
        `Enter the company code ${billerCode ?? ""}.`,
        `Enter the bill key ${vaNumber ?? ""}.`,
        "Check the amount and confirm.",
      ],
    }),
  },
  QRIS: {
    id: () => ({
      title: "Pindai kode QRIS",
      steps: [
        "Buka aplikasi bank atau dompet digital apa pun dan pilih Pindai atau QRIS.",
        "Arahkan kamera ke kode QR, atau simpan gambarnya dan pilih dari galeri.",
        "Periksa jumlahnya dan setujui.",
      ],
    }),
    en: () => ({
      title: "Scan the QRIS code",
      steps: [
        "Open any bank or wallet app and choose Scan or QRIS.",
        "Point the camera at the QR code, or save its image and choose it from your gallery.",
        "Check the amount and approve it.",
      ],
    }),
  },
  GOPAY: wallet("GoPay"),
  SHOPEEPAY: wallet("ShopeePay"),
  DANA: wallet("DANA"),
};

/** How to pay, step by step, in the payer's language (000-23). */
export function instructionsFor(facts: PayableFacts, language: Language): Instructions {
  const own = Object.hasOwn(METHODS, facts.method) ? METHODS[facts.method] : undefined;
  return (own ?? hostedPage)[language](facts);
}
