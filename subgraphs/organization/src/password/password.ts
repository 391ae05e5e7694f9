import bcrypt from "bcrypt";

const COST = 12;

/** Compared with when there is no account or no password, so that this takes as long as a wrong password. */
const HASH_OF_NOTHING = bcrypt.hash("", COST);

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, COST);
}

/** @param hash null for nobody: never matches, in the same time. `password` is not empty. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const matches = await bcrypt.compare(password, hash ?? (await HASH_OF_NOTHING));
  return matches && hash !== null;
}
