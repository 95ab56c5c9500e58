import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makeFolder } from "#recording/make-folder.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { replaceFile } from "../replace-file.ts";

/** Proofs that are kept, more than a year of daily ones; the oldest go. */
export const proofsMax = 400;
const prefix = "self-test-";
/** Since when this device should test itself. */
const sinceFile = "since.json";
const sinceSchema = z.strictObject({ v: z.literal(1), sinceMicros: z.int().nonnegative() });

const micros = z.int().nonnegative();
const level = z.enum(["high", "low"]).nullable();

/** What a self-test has shown, as it is filed: self-tests/self-test-TIME.json in the data folder. */
export const selfTestProofSchema = z.strictObject({
  v: z.literal(1),
  /** Nothing of it was a fire. */
  test: z.literal(true),
  device: deviceIdSchema,
  outcome: z.enum(["passed", "failed", "aborted"]),
  /** Why, in one sentence. */
  text: z.string().max(500),
  by: z.string().max(100),
  reason: z.string().max(500),
  walkMinutes: z.number().nullable(),
  softwareVersion: z.string().max(50),
  model: z.strictObject({ name: z.string(), hash: z.string() }).nullable(),
  /** When each stage was reached; null for one that was not. */
  stages: z.strictObject({
    startedAtMicros: micros,
    fireAtMicros: micros.nullable(),
    prealarmAtMicros: micros.nullable(),
    alarmAtMicros: micros.nullable(),
    relayAtMicros: micros.nullable(),
    receiptAtMicros: micros.nullable(),
    endedAtMicros: micros,
  }),
  /** Why the second pipeline called it a fire. */
  reasons: z.array(z.string().max(500)).max(64),
  frames: z.strictObject({ given: z.int().nonnegative(), letGo: z.int().nonnegative() }),
  relay: z
    .strictObject({
      outputs: z.enum(["inhibited", "acting"]),
      wanted: level,
      read: level,
      problem: z.string().nullable(),
    })
    .nullable(),
});
/** See `selfTestProofSchema`. */
export type SelfTestProof = z.infer<typeof selfTestProofSchema>;

/** The folder in which the proofs of one device are filed. */
export class ProofFolder {
  readonly #path: string;

  constructor(dataFolder: string, deviceId: string) {
    this.#path = join(dataFolder, `${deviceId}.self-tests`);
  }

  /** Files a proof and removes the oldest beyond the maximum; returns its path. Throws what the disk throws. */
  async file(proof: SelfTestProof): Promise<string> {
    makeFolder(this.#path);
    const time = new Date(proof.stages.startedAtMicros / 1_000)
      .toISOString()
      .slice(0, 19)
      .replace(/[-:]/g, "");
    const path = join(this.#path, `${prefix}${time}Z.json`);
    await replaceFile(path, `${JSON.stringify(proof, null, 2)}\n`);
    for (const name of (await this.#names()).slice(0, -proofsMax))
      await rm(join(this.#path, name), { force: true });
    return path;
  }

  /**
   * When a self-test passed last by what is filed; before the first, since when one should have: the first time that this
   * was asked, which is noted. A proof that cannot be read proves nothing.
   */
  async sinceMicros(nowMicros: number): Promise<number> {
    for (const name of (await this.#names()).reverse()) {
      const proof = parse(await this.#read(name), selfTestProofSchema);
      if (proof?.outcome === "passed" && proof.stages.endedAtMicros <= nowMicros)
        return proof.stages.endedAtMicros;
    }
    const noted = parse(await this.#read(sinceFile), sinceSchema);
    if (noted !== null && noted.sinceMicros <= nowMicros) return noted.sinceMicros;
    makeFolder(this.#path);
    await replaceFile(join(this.#path, sinceFile), JSON.stringify({ v: 1, sinceMicros: nowMicros }));
    return nowMicros;
  }

  /** Empty for a file that is not there. */
  async #read(name: string): Promise<string> {
    try {
      return await readFile(join(this.#path, name), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw error;
    }
  }

  /** Names in order of time. */
  async #names(): Promise<string[]> {
    try {
      const names = await readdir(this.#path);
      return names.filter((name) => name.startsWith(prefix) && name.endsWith(".json")).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }
}

function parse<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
