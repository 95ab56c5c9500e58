import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { assert } from "#core/failure.ts";

const manifestSchema = z.object({ name: z.literal("emberwatch"), version: z.string() });

/** The version in package.json, which lies above `dist/` when installed and two folders up in a clone. */
export function softwareVersion(): string {
  const places = ["../package.json", "../../package.json"].map((place) => new URL(place, import.meta.url));
  const manifest = places.find((place) => existsSync(place));
  assert(manifest !== undefined, "package.json lies above the program");
  return manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}
