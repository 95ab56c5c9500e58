import type { Clock } from "#core/time.ts";
import type { FolderLimits } from "./recording-folder.ts";

/** How much is recorded around a prealarm or alarm, and how much is kept. */
export interface EvidencePolicy extends FolderLimits {
  readonly beforeSeconds: number;
  /** After the newest prealarm or alarm. */
  readonly afterSeconds: number;
  /** What a power cut may cost of a running recording. */
  readonly syncSeconds: number;
  /** A recording that grows beyond this goes on in another file. */
  readonly fileBytesMax: number;
}

/** 30 s before to 5 min after, synced every 5 s; 1 GiB in at most 200 files. */
export const defaultEvidencePolicy: EvidencePolicy = {
  beforeSeconds: 30,
  afterSeconds: 300,
  syncSeconds: 5,
  fileBytesMax: 256 * 1024 * 1024,
  bytesMax: 1024 * 1024 * 1024,
  filesMax: 200,
};

/** How much of quiet times is recorded. */
export interface ContinuousPolicy extends FolderLimits {
  /** Time between two pictures. */
  readonly framePeriodSeconds: number;
  /** What a power cut may cost; flash memory wears with every sync. */
  readonly syncSeconds: number;
  /** A file that grows beyond this is closed, and the next begun. */
  readonly fileBytesMax: number;
}

/** A picture each 10 s, synced every 5 min; 512 MiB in files of 16 MiB. */
export const defaultContinuousPolicy: ContinuousPolicy = {
  framePeriodSeconds: 10,
  syncSeconds: 300,
  fileBytesMax: 16 * 1024 * 1024,
  bytesMax: 512 * 1024 * 1024,
  filesMax: 1_000,
};

/** What a device records. */
export interface RecordingPolicies {
  readonly evidence: EvidencePolicy;
  /** Null records only around prealarms and alarms. */
  readonly continuous: ContinuousPolicy | null;
}

/** Whose recordings, where and how much. */
export interface RecordingPlace {
  readonly deviceId: string;
  /** Recordings go into its folders `evidence`, `continuous` and `clips`. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly policies: RecordingPolicies;
}
