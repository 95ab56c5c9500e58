import { z } from "zod";
import { ringSeconds } from "./evidence-ring.ts";
import {
  defaultContinuousPolicy,
  defaultEvidencePolicy,
  type RecordingPolicies,
} from "./recording-policies.ts";

const mebibyte = 1024 * 1024;
/** Of the minute in memory so much stays for a disk that is slow while what was before an alarm is written. */
const diskSlackSeconds = 15;

/** What a device's installer says of its recordings. The least sizes hold two of the largest files. */
export const recordingSchema = z
  .strictObject({
    evidenceBeforeSeconds: z
      .number()
      .min(5)
      .max(ringSeconds - diskSlackSeconds)
      .default(defaultEvidencePolicy.beforeSeconds)
      .describe("pictures from before a prealarm or alarm"),
    evidenceAfterSeconds: z
      .number()
      .min(30)
      .max(3_600)
      .default(defaultEvidencePolicy.afterSeconds)
      .describe("and after the newest one"),
    evidenceMebibytes: z
      .int()
      .min((2 * defaultEvidencePolicy.fileBytesMax) / mebibyte)
      .max(1_048_576)
      .default(defaultEvidencePolicy.bytesMax / mebibyte)
      .describe("of all evidence; the oldest goes first, never that of an incident nobody has reset"),
    continuous: z
      .enum(["with", "without"])
      .default("with")
      .describe("with: every reading and score, and a picture now and then, are recorded all the time"),
    continuousPeriodSeconds: z
      .number()
      .min(1)
      .max(3_600)
      .default(defaultContinuousPolicy.framePeriodSeconds)
      .describe("from one picture of the continuous recording to the next"),
    continuousMebibytes: z
      .int()
      .min((2 * defaultContinuousPolicy.fileBytesMax) / mebibyte)
      .max(1_048_576)
      .default(defaultContinuousPolicy.bytesMax / mebibyte)
      .describe("of the continuous recording; the oldest goes first"),
  })
  .prefault({});

/** What a device records by its settings. */
export function recordingPolicies(settings: z.infer<typeof recordingSchema>): RecordingPolicies {
  return {
    evidence: {
      ...defaultEvidencePolicy,
      beforeSeconds: settings.evidenceBeforeSeconds,
      afterSeconds: settings.evidenceAfterSeconds,
      bytesMax: settings.evidenceMebibytes * mebibyte,
    },
    continuous:
      settings.continuous === "without"
        ? null
        : {
            ...defaultContinuousPolicy,
            framePeriodSeconds: settings.continuousPeriodSeconds,
            bytesMax: settings.continuousMebibytes * mebibyte,
          },
  };
}
