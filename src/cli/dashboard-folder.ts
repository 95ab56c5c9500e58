import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folder of the built page, beside the bundled program or in `dist/` of a clone; null when it is not built. */
export function dashboardFolder(): string | null {
  const places = import.meta.url.includes("/src/") ? ["../../dist/dashboard"] : ["./dashboard"];
  for (const place of places) {
    const folder = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(folder)) return folder;
  }
  return null;
}
