import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import { wholePictureSchemaId } from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { JsonEntry } from "#recording/entry-json.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import type { RecorderConcern } from "#wire/recorder-messages.ts";
import type { Answer } from "./commands/command-target.ts";

/**
 * Whatever records a device: in its process (`DeviceRecorder`), or in the link process (`RemoteRecorder`). What is given
 * to it is never waited for.
 */
export interface Recorder {
  /** Begins. A disk that refuses is told, and tried again. */
  start(): Promise<void>;
  /** Closes what is being written. */
  stop(): Promise<void>;
  /** A picture that the detector has been given. */
  addFrame(frame: ThermalFrame): void;
  /** Anything else that belongs into recordings, in its order; a prealarm or alarm begins a recording. */
  addEntry(entry: JsonEntry): void;
  /** Records the last minute and so many seconds more because somebody asked for it. */
  takeClip(seconds: number): Promise<Answer>;
}

/** What a recorder asks of the device that it records, and tells it. */
export interface RecordedDevice {
  /** The device's set-up now, which stands first in each file. */
  readonly config: () => RecordingConfig;
  readonly state: () => AlarmState;
  /** Told what cannot be written, and null when it can again. */
  readonly onProblem: (concern: RecorderConcern, problem: string | null) => void;
}

/** What a second was like, and how near it came to FIRE, as it is recorded. */
export function secondEntries(second: FeatureSecond, evidence: EvidenceWithModel): readonly JsonEntry[] {
  const { atMicros, vector } = second;
  const { nearness, model } = evidence;
  const score: JsonEntry = { kind: "score", atMicros, nearness, ...(model === null ? {} : { model }) };
  if (vector === null) return [score];
  return [{ kind: "features", atMicros, schemaId: wholePictureSchemaId, values: vector }, score];
}
