import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The base URL of the running Lentera under test. @throws when it is not set */
export function lenteraUrl(): string {
  const url = process.env["LENTERA_URL"];
  if (!url) throw new Error("Set LENTERA_URL to the address of a running Lentera, such as http://127.0.0.1:4000.");
  return url;
}

/** The path of the installed Chromium. @throws when there is none */
export function chromiumPath(): string {
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "chromium"))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (!found) throw new Error("Install Chromium (Debian: apt-get install chromium) to run the browser tests.");
  return found;
}
