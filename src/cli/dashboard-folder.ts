import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folder of the built page: beside the bundled program, or in `dist/` of a clone; null when it is not built. */
export function dashboardFolder(): string | null {
  for (const place of ["./dashboard/", "../../dist/dashboard/"]) {
    const folder = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(`${folder}index.html`)) return folder;
  }
  return null;
}
