import { z } from "zod";
import type { ModelReading } from "#core/detection/model-reading.ts";
import type { ModelScores } from "#core/detection/second-scorer.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Absent values are null in JSON, NaN in memory, never 0. */
const probability = z.number().min(0).max(1).nullable();

/** More regions than a device reports; a reading with more is refused. */
const regionsMax = 32;

const regionScoreSchema = z.strictObject({
  trackId: z.int().nullable(),
  flaming: probability,
  slowHeat: probability,
  location: z.strictObject({ x: z.number(), y: z.number() }).nullable(),
});

/** Serialised shape of `ModelReading`: what a model said of one second. */
export const modelReadingSchema = z.strictObject({
  packageHash: sha256,
  outcome: z.enum(["judged", "not-judged", "failed"]),
  /** By which sensors it judged; null when it was not asked or failed. */
  sensors: z.enum(["fused", "thermal-only", "air-only"]).nullable(),
  /** Highest probability of flames among the regions. */
  probability,
  /** Probability by the air alone that something burns. */
  airBurning: probability,
  regions: z.array(regionScoreSchema).max(regionsMax),
});
/** See `modelReadingSchema`. */
export type ModelReadingMessage = z.infer<typeof modelReadingSchema>;

/**
 * Which model a device works with, and why it is trusted: by its address ("shipped"), by a signature that was checked
 * ("signed"), or not at all ("unverified": signed, and nobody gave a key to check it with).
 * A package holds no date: its data and its code stand for it.
 */
export const modelIdentitySchema = z.strictObject({
  name: z.string().max(100),
  hash: sha256,
  trust: z.enum(["shipped", "signed", "unverified", "unsigned"]),
  featureSchema: z.string().max(100),
  /** What it was trained on, and by which version of this software. */
  rows: z.int().positive(),
  episodes: z.int().positive(),
  codeVersion: z.string().max(50),
});
/** See `modelIdentitySchema`. */
export type ModelIdentity = z.infer<typeof modelIdentitySchema>;

/** A reading as it is sent and recorded. */
export function encodeModelReading(reading: ModelReading): ModelReadingMessage {
  const { packageHash, outcome, scores } = reading;
  return {
    packageHash,
    outcome,
    sensors: scores?.sensors ?? null,
    probability: orNull(reading.probability),
    airBurning: orNull(scores?.airBurning ?? Number.NaN),
    regions: (scores?.regions ?? []).slice(0, regionsMax).map(({ trackId, flaming, slowHeat, location }) => ({
      trackId,
      flaming: orNull(flaming),
      slowHeat: orNull(slowHeat),
      location,
    })),
  };
}

/** A sent or recorded reading as it was. */
export function decodeModelReading(message: ModelReadingMessage): ModelReading {
  const { packageHash, outcome, sensors } = message;
  const regions = message.regions.map((region) => ({
    ...region,
    flaming: orNaN(region.flaming),
    slowHeat: orNaN(region.slowHeat),
  }));
  const scores: ModelScores | null =
    sensors === null ? null : { sensors, regions, airBurning: orNaN(message.airBurning) };
  return { packageHash, outcome, probability: orNaN(message.probability), scores };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}
