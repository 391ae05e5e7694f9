import { z } from "zod";

const MINIMUM_PASSWORD_LENGTH = 10;
/** bcrypt reads 72 bytes; longer input is refused rather than silently cut. */
const MAXIMUM_PASSWORD_BYTES = 72;

/** Any password that somebody might have, to be compared. */
export const givenPassword = z
  .string()
  .min(1, "Enter your password.")
  .refine((password) => Buffer.byteLength(password) <= MAXIMUM_PASSWORD_BYTES, "A password has at most 72 bytes.");

/** A password that somebody wants to have from now on. */
export const newPassword = z
  .string()
  .min(MINIMUM_PASSWORD_LENGTH, "A password has at least 10 characters.")
  .refine((password) => Buffer.byteLength(password) <= MAXIMUM_PASSWORD_BYTES, "A password has at most 72 bytes.")
  .refine((password) => !isCommon(password), "Too many people have this password. Choose another one.");

/** @returns whether a password gives its holder's e-mail address away, in whole or by the part before the @ */
export function resemblesEmail(password: string, email: string): boolean {
  const [guess, address] = [password.toLowerCase(), email.toLowerCase()];
  const [name = address] = address.split("@");
  const core = skeleton(name);
  return guess === address || guess === name || (core !== "" && skeleton(guess) === core);
}

export const RESEMBLES_EMAIL = "Choose a password that is not your e-mail address.";

/** @returns whether a password is one that guessers try first, also with digits or signs around it or doubled */
export function isCommon(password: string): boolean {
  const guess = password.toLowerCase();
  if (COMMON.has(guess) || COMMON.has(skeleton(guess))) return true;
  const isOneCharacter = new Set(guess).size <= 2;
  const half = guess.slice(0, guess.length / 2);
  return isOneCharacter || isSequence(guess) || (half + half === guess && COMMON.has(half));
}

/** Without what people add because a form asks for it: `Rahasia123!` is `rahasia`. */
function skeleton(password: string): string {
  return password.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
}

/** `1234567890`, `9876543210`, `abcdefghij`. */
function isSequence(password: string): boolean {
  const steps = [...password].slice(1).map((_, index) => password.charCodeAt(index + 1) - password.charCodeAt(index));
  const isStep = (step: number): boolean => steps.every((each) => each === step || each === -9 * step);
  return isStep(1) || isStep(-1);
}

const COMMON: ReadonlySet<string> = new Set(
  `
  password passwort passw0rd pa55word p@ssword p@ssw0rd qwerty qwertyuiop qwerty123 qwerty12345 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx 1qaz2wsx3edc q1w2e3r4t5 qazwsx qazwsxedc asdfgh asdfghjkl zxcvbn zxcvbnm abc123 abcd1234 a1b2c3d4 a1b2c3d4e5
  letmein letmeinnow welcome welcomeback admin administrator root toor superuser default changeme secret topsecret
  iloveyou iloveyouu loveyou lovely princess sunshine monkey dragon football baseball basketball superman batman
  pokemon naruto starwars whatever trustno1 master shadow michael jessica ashley charlie computer internet samsung
  google facebook instagram whatsapp liverpool chelsea barcelona realmadrid manchester arsenal juventus
  rahasia rahasiaku katasandi sandi bismillah alhamdulillah assalamualaikum insyaallah subhanallah masyaallah
  sayang sayangku sayangkamu akusayangkamu akucintakamu cintaku cinta kamukamu terserah gaktau bingung semangat
  indonesia indonesiaku indonesiaraya jakarta bandung surabaya yogyakarta merdeka garuda pancasila nusantara
  jayajaya persija persib arema bonek doraemon anakku keluarga keluargaku mamapapa papamama ayahibu ibuku
  sekolah sekolahku belajar belajarterus guruku muridku pelajar mahasiswa utbk snbt lentera lenteraku
  india bharat hindustan krishna jaishreeram ganesha mahadev jaihind sachin cricket mumbai
  12345qwert 123qweasd 123qweasdzxc 1234qwer zaq12wsx 123321123 112233445566 123123123 1231231231 121212121212
  `
    .trim()
    .split(/\s+/),
);
