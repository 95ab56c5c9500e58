import { readFileSync } from "node:fs";
import { z } from "zod";

/** Put in place by scripts/build.ts; not there when the sources run. */
declare const bundledVersion: string | undefined;

const manifestSchema = z.object({ version: z.string() });

/** The version in package.json. */
export function softwareVersion(): string {
  if (typeof bundledVersion === "string") return bundledVersion;
  const manifest = new URL("../../package.json", import.meta.url);
  return manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}
