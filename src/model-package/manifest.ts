import { z } from "zod";
import { calibrationKnotsMax } from "./calibration.ts";

const finite = z.number();
const absentable = z.number().nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
/** A figure with the ends of its 95 % interval; null where it could not be computed. */
const interval = z.strictObject({ value: absentable, low: absentable, high: absentable });

const member = z.strictObject({
  name: z.string().min(1).max(40),
  kind: z.enum(["trees", "network", "linear"]),
  weight: z.number().min(0),
  features: z.array(z.string()).min(1).max(256),
});

const calibration = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("platt"), slope: z.number().min(0), offset: finite }),
  z.strictObject({
    kind: z.literal("piecewise"),
    knots: z
      .array(z.strictObject({ at: finite, value: finite }))
      .min(1)
      .max(calibrationKnotsMax),
  }),
]);

const head = z.strictObject({
  name: z.enum(["flaming", "slow-heat"]),
  modality: z.enum(["fused", "thermal-only", "air-only"]),
  /** Name of its output in the graph. */
  output: z.string().min(1).max(64),
  members: z.array(member).min(1).max(8),
  calibration,
  prior: z.number().gt(0).lt(1),
  threshold: z.number().gt(0).lt(1),
});

const golden = z.strictObject({
  /** Rows of features, absent values null. */
  rows: z.array(z.array(absentable)).min(1).max(256),
  /** What each head's output is for each row. */
  outputs: z.record(z.string(), z.array(finite)),
});

/** Everything that is said about a model in its package. It holds no time of day: one lineage gives the same bytes. */
export const manifestSchema = z.strictObject({
  format: z.literal("emberwatch-model/1"),
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, "lower case letters, digits, dots and hyphens"),
  featureSchema: z.strictObject({
    id: z.string(),
    hash: sha256,
    features: z.array(z.string()).min(1).max(256),
  }),
  modelHash: sha256,
  heads: z.array(head).min(1).max(6),
  data: z.strictObject({
    /** Hash of the data set's content, and what it was made from. */
    hash: sha256,
    rows: z.number().int().min(1),
    episodes: z.number().int().min(1),
    lineage: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  code: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
  seed: z.number().int(),
  hyperparameters: z.record(z.string(), z.json()),
  /** Hold-out figures by head and name. */
  metrics: z.record(z.string(), z.record(z.string(), interval)),
  golden,
});

/** What a package says about its model. */
export type Manifest = z.infer<typeof manifestSchema>;
