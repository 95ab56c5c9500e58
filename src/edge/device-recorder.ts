import { join } from "node:path";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Cancel } from "#core/time.ts";
import type { JsonEntry } from "#recording/entry-json.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import type { RecorderConcern } from "#wire/recorder-messages.ts";
import { ClipRecorder } from "./commands/clip-recorder.ts";
import type { Answer } from "./commands/command-target.ts";
import { ContinuousRecorder } from "./continuous-recorder.ts";
import { EvidenceRecorder } from "./evidence-recorder.ts";
import { EvidenceRing } from "./evidence-ring.ts";
import { type StandingIncidents, standingIncidents } from "./incident-span.ts";
import type { CodedPicture } from "./picture-coder.ts";
import type { RecordedDevice, Recorder } from "./recorder.ts";
import type { RecordingPlace } from "./recording-policies.ts";

/** A folder of clips that the disk refuses is tried again after so long. */
const clipsRetryMs = 60_000;

/** What a device's recorder needs. */
export interface DeviceRecorderOptions extends RecordingPlace {
  /** The device's set-up, which stands first in each file. */
  readonly config: () => RecordingConfig;
  readonly openIncident: () => string | null;
  /** What a recorder before this one was recording; null for nothing. */
  readonly standing: StandingIncidents | null;
  /** What it had told was wrong, and not taken back. */
  readonly problems: Partial<Readonly<Record<RecorderConcern, string>>>;
  readonly onProblem: RecordedDevice["onProblem"];
}

/** Everything that a device records, out of one ring. Each call returns at once; nothing here is waited for. */
export class DeviceRecorder implements Recorder {
  readonly #options: DeviceRecorderOptions;
  readonly #ring: EvidenceRing;
  readonly #evidence: EvidenceRecorder;
  readonly #continuous: ContinuousRecorder | null;
  readonly #clips: ClipRecorder;
  #clipsProblem: string | null;
  #cancelClips: Cancel = () => {};

  constructor(options: DeviceRecorderOptions) {
    const { clock, dataFolder, deviceId, policies, openIncident, standing, problems, onProblem } = options;
    this.#options = options;
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
      standing,
      problem: problems.evidence,
      onProblem: (problem) => onProblem("evidence", problem),
    });
    this.#clips = new ClipRecorder({ folder: join(dataFolder, "clips"), deviceId, clock, ring, config });
    this.#clipsProblem = problems.clips ?? null;
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
            problem: problems.continuous,
            onProblem: (problem) => onProblem("continuous", problem),
          });
  }

  /** Begins; what a power cut has left is completed first. A disk that refuses is told, and tried again. */
  async start(): Promise<void> {
    await this.#evidence.start();
    await this.#continuous?.start();
    await this.#startClips();
  }

  /** Closes the files that are being written, that of a clip as far as it is recorded. */
  async stop(): Promise<void> {
    this.#cancelClips();
    await this.#clips.stop();
    await this.#evidence.stop();
    await this.#continuous?.stop();
  }

  /** Resolves when what is under way with the disk is over. */
  async settled(): Promise<void> {
    await Promise.all([this.#evidence.settled(), this.#continuous?.settled(), this.#clips.settled()]);
  }

  takeClip(seconds: number): Promise<Answer> {
    return this.#clips.take(seconds);
  }

  addFrame(frame: ThermalFrame): void {
    this.#ring.addFrame(frame);
  }

  /** A picture that is coded already, and how many before it were let go on their way here. */
  addCoded(picture: CodedPicture, letGo: number): void {
    this.#ring.addCoded(picture, letGo);
  }

  addEntry(entry: JsonEntry): void {
    this.#ring.addEntry(entry);
    if (entry.kind === "event") this.#evidence.hear(entry.event);
  }

  async #startClips(): Promise<void> {
    try {
      await this.#clips.start();
      if (this.#clipsProblem !== null) this.#options.onProblem("clips", null);
      this.#clipsProblem = null;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (this.#clipsProblem === null) this.#options.onProblem("clips", problem);
      this.#clipsProblem = problem;
      this.#cancelClips = this.#options.clock.after(clipsRetryMs, () => void this.#startClips());
    }
  }
}

/** What records a device in its own process. */
export function recordHere(place: RecordingPlace): (device: RecordedDevice) => Recorder {
  return ({ config, state, onProblem }) => {
    const { clock, policies } = place;
    const { afterSeconds } = policies.evidence;
    return new DeviceRecorder({
      ...place,
      config,
      openIncident: () => state().incident?.id ?? null,
      standing: standingIncidents(state(), { nowMicros: clock.nowMicros(), afterSeconds }),
      problems: {},
      onProblem,
    });
  };
}
