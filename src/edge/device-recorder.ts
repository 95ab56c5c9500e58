import { join } from "node:path";
import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import { wholePictureSchemaId } from "#core/features/feature-schema.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Clock } from "#core/time.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import { ClipRecorder } from "./commands/clip-recorder.ts";
import type { Answer } from "./commands/command-target.ts";
import { ContinuousRecorder } from "./continuous-recorder.ts";
import type { DiskConcern } from "./disk-trouble.ts";
import { EvidenceRecorder } from "./evidence-recorder.ts";
import { EvidenceRing } from "./evidence-ring.ts";
import type { RecordingPolicies } from "./recording-policies.ts";

/** What a device's recorder needs. */
export interface DeviceRecorderOptions {
  readonly deviceId: string;
  /** Recordings go into its folders `evidence`, `continuous` and `clips`. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly policies: RecordingPolicies;
  /** The device's set-up, which stands first in each file. */
  readonly config: () => RecordingConfig;
  readonly openIncident: () => string | null;
  readonly onProblem: (concern: DiskConcern, problem: string | null) => void;
}

/** Everything that a device records, out of one ring. Each call returns at once; nothing here is waited for. */
export class DeviceRecorder {
  readonly #ring: EvidenceRing;
  readonly #evidence: EvidenceRecorder;
  readonly #continuous: ContinuousRecorder | null;
  readonly #clips: ClipRecorder;
  readonly #onProblem: DeviceRecorderOptions["onProblem"];

  constructor(options: DeviceRecorderOptions) {
    const { clock, dataFolder, deviceId, policies, openIncident, onProblem } = options;
    this.#onProblem = onProblem;
    this.#ring = new EvidenceRing(options.config());
    const ring = this.#ring;
    const config = () => ({ kind: "config", atMicros: clock.nowMicros(), config: options.config() }) as const;
    this.#evidence = new EvidenceRecorder({
      folder: join(dataFolder, "evidence"),
      deviceId,
      clock,
      ring,
      policy: policies.evidence,
      config,
      openIncident,
      onProblem: (problem) => onProblem("evidence", problem),
    });
    this.#clips = new ClipRecorder({ folder: join(dataFolder, "clips"), deviceId, clock, ring, config });
    const policy = policies.continuous;
    this.#continuous =
      policy === null
        ? null
        : new ContinuousRecorder({
            folder: join(dataFolder, "continuous"),
            clock,
            ring,
            policy,
            config,
            onProblem: (problem) => onProblem("continuous", problem),
          });
  }

  /** Begins; what a power cut has left is completed first. A disk that refuses is told, and tried again. */
  async start(): Promise<void> {
    await this.#evidence.start();
    await this.#continuous?.start();
    await this.#clips.start().catch((error: unknown) => this.#onProblem("evidence", String(error)));
  }

  /** Closes the files that are being written. */
  async stop(): Promise<void> {
    this.#clips.stop();
    await this.#evidence.stop();
    await this.#continuous?.stop();
  }

  /** Records the last minute and so many seconds more because somebody asked for it. */
  takeClip(seconds: number): Promise<Answer> {
    return this.#clips.take(seconds);
  }

  /** A picture that the detector has been given. */
  addFrame(frame: ThermalFrame): void {
    this.#ring.addFrame(frame);
  }

  /** A reading that the detector has been given. */
  addAir(sample: AirSample): void {
    this.#ring.addEntry({ kind: "air", atMicros: sample.sampledAtMicros, sample });
  }

  /** The detector has been told the time. */
  addTick(atMicros: number): void {
    this.#ring.addEntry({ kind: "tick", atMicros });
  }

  /** What a second was like, and how near it came to FIRE. */
  addSecond(second: FeatureSecond, evidence: EvidenceWithModel): void {
    const { atMicros, vector } = second;
    if (vector !== null) {
      this.#ring.addEntry({ kind: "features", atMicros, schemaId: wholePictureSchemaId, values: vector });
    }
    const { nearness, model } = evidence;
    this.#ring.addEntry({ kind: "score", atMicros, nearness, ...(model === null ? {} : { model }) });
  }

  /** The set-up has changed: it stands in the recordings from here on. */
  addConfig(atMicros: number, config: RecordingConfig): void {
    this.#ring.addEntry({ kind: "config", atMicros, config });
  }

  /** An event of the alarm machine, of the device's own zone, or a notice; a prealarm or alarm begins a recording. */
  addEvent(event: DeviceEvent): void {
    this.#ring.addEntry({ kind: "event", atMicros: event.atMicros, event });
    this.#evidence.hear(event);
  }
}
