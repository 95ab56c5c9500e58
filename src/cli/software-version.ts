import { readFileSync } from "node:fs";
import { z } from "zod";

const manifestSchema = z.object({ version: z.string() });

/** The version in package.json, which lies beside `dist/` and above `src/`. */
export function softwareVersion(): string {
  const manifest = new URL(
    import.meta.url.includes("/src/") ? "../../package.json" : "../package.json",
    import.meta.url,
  );
  return manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}
