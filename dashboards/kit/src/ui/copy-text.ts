import { toast } from "./toast.js";
import { m } from "../messages.js";

/** Puts a text on the clipboard and says so, or says that the browser refused. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(m.copied());
  } catch {
    toast(m.copy_refused());
  }
}
