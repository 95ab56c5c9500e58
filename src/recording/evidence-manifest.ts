import { z } from "zod";

/** What stands beside each file of evidence, as NAME.mcap.json: whose it is, and the hash that shows that it is whole. */
export const evidenceManifestSchema = z.strictObject({
  v: z.literal(1),
  device: z.string().min(1).max(100),
  /** The file that this speaks of, without its folder. */
  file: z.string().min(1).max(200),
  /** SHA-256 of the whole file, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
  /** Incidents that the file shows, first to last; empty where a power cut left nobody to say. */
  incidents: z.array(z.string().min(1).max(100)).max(100),
  frames: z.int().nonnegative().nullable(),
  /** Frames that are not in it because the disk was too slow; null where a power cut left nobody to say. */
  droppedFrames: z.int().nonnegative().nullable(),
  /** "torn": the power went while it was written; it holds all up to the last sync, and has no index. */
  ending: z.enum(["closed", "torn"]),
});
/** See `evidenceManifestSchema`. */
export type EvidenceManifest = z.infer<typeof evidenceManifestSchema>;
