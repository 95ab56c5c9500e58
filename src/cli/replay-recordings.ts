import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import type { SecondScorer } from "#core/detection/second-scorer.ts";
import { type DeviceEvent, noticeHappening, zoneHappening } from "#core/device-event.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { floorToSecondMicros, microsPerSecond } from "#core/time.ts";
import type { LocalTime } from "#core/weekly-schedule.ts";
import type { ZoneStep } from "#core/zone/zone-machine.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { loopTimeLine } from "#recording/loop-time-line.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Recording } from "#recording/recording.ts";
import type { RecordingConfig, RecordingEntry } from "#recording/recording-entry.ts";
import { detectablePictures, type PictureRecording } from "./detectable-pictures.ts";
import { recordedAct } from "./recorded-act.ts";
import { type RecordedPlace, recordedPlace } from "./recorded-policy.ts";
import { type RecordedSetup, recordedSetup } from "./recorded-setup.ts";

/** A second of a replay, and what decided it. */
export interface ReplayedSecond {
  readonly second: FeatureSecond;
  readonly evidence: EvidenceWithModel;
  readonly atSeconds: number;
}

/** What a replay tells while it runs; times are seconds since the recording's first entry. */
export interface ReplaySink {
  onEvent(event: DeviceEvent, atSeconds: number): void;
  onSecond(replayed: ReplayedSecond): void;
  onProgress(atSeconds: number): void;
}

/** What a replay found in all. */
export interface ReplaySummary {
  readonly frames: number;
  readonly rejectedFrames: number;
  readonly airSamples: number;
  readonly seconds: number;
  readonly radiometric: boolean | null;
  readonly lostItems: number;
  readonly nearnessMax: number;
  /** Highest probability of flames that the model gave; null without a model, and when it never judged a picture. */
  readonly probabilityMax: number | null;
  readonly firstPrealarmAtSeconds: number | null;
  readonly firstAlarmAtSeconds: number | null;
}

/** How to replay. */
export interface ReplayOptions {
  readonly recordings: readonly Recording[];
  /** Go on from the start until this much time has passed; null: once. */
  readonly loopSeconds: number | null;
  /** `find` looks for bad pixels unless the recording carries a map; `off` uses only the recording's map. */
  readonly badPixels: "find" | "off";
  /** The model beside the rules; null: the rules alone. */
  readonly scorer: SecondScorer | null;
}

/** Runs recordings through features, rules, model and alarm machine, exactly as a device does, as fast as they can be read. */
export async function replayRecordings(options: ReplayOptions, sink: ReplaySink): Promise<ReplaySummary> {
  const tally = new Tally(sink);
  const pictures = detectablePictures(options.recordings);
  const detector = createDetector(options, { pictures, setup: await recordedSetup(pictures), sink: tally });
  const size = { pixels: (pictures?.width ?? leptonWidth) * (pictures?.height ?? leptonHeight) };
  const entries = mergeTimeLines(options.recordings);
  const timeLine =
    options.loopSeconds === null
      ? entries
      : loopTimeLine(() => mergeTimeLines(options.recordings), { seconds: options.loopSeconds });
  for await (const entry of timeLine) {
    tally.take(entry);
    apply(entry, detector, size);
  }
  // The last second is closed by the end of the recording: what was seen in it counts.
  if (tally.lastAtMicros !== null) {
    detector.advance(floorToSecondMicros(tally.lastAtMicros - 1) + microsPerSecond);
  }
  return tally.summary(detector, options.recordings);
}

function createDetector(
  options: ReplayOptions,
  known: { readonly pictures: PictureRecording | null; readonly setup: RecordedSetup; readonly sink: Tally },
): DeviceDetector {
  const { pictures, setup, sink } = known;
  const width = pictures?.width ?? leptonWidth;
  const height = pictures?.height ?? leptonHeight;
  const hasAir = options.recordings.some((recording) => recording.hasAir);
  const badPixels = options.badPixels === "find" ? "find" : new Uint8Array(width * height);
  const detector = new DeviceDetector(
    {
      deviceId: "replay",
      width,
      height,
      badPixels: setup.badPixels ?? badPixels,
      mask: setup.mask,
      ...(setup.place === null
        ? {}
        : {
            regions: setup.place.regions,
            zone: setup.place.zone === null ? undefined : { policy: setup.place.zone, state: null },
          }),
      detectionPolicy: defaultDetectionPolicy,
      alarmPolicy: defaultAlarmPolicy,
      scorer: options.scorer,
      state: null,
      background: null,
      kernel: loadFeatureKernel(),
      expects: {
        thermal: pictures === null ? "absent" : "required",
        air: hasAir ? "required" : "absent",
        // Only a recording of our own device says how many pictures there should be.
        ...(options.recordings.some((recording) => recording.hasTicks) ? {} : { framesPerSecond: 0 }),
      },
    },
    sink,
  );
  if (setup.place !== null) detector.setLocalTime(setup.place);
  return detector;
}

/** Hands one entry of a time line to a detector; what the recording device decided itself is not replayed. */
function apply(entry: RecordingEntry, detector: DeviceDetector, size: { readonly pixels: number }): void {
  switch (entry.kind) {
    case "thermal":
      detector.addFrame(entry.frame);
      break;
    case "air":
      detector.addAir(entry.sample);
      break;
    case "tick":
      detector.advance(entry.atMicros);
      break;
    case "config":
      applyConfig(entry.config, detector, size);
      break;
    case "event":
      applyEvent(entry.event, detector);
      break;
    case "damage":
      detector.reportTrouble({
        kind: "trouble",
        atMicros: entry.atMicros,
        code: entry.what.startsWith("bad rows") ? "rows-rejected" : "recording-damaged",
        active: true,
        text: entry.what,
      });
      break;
    case "channel":
    case "features":
    case "score":
    // What a simulation knows of itself is none of a detector's business.
    case "origin":
    case "truth":
      break;
  }
}

function applyConfig(
  config: RecordingConfig,
  detector: DeviceDetector,
  size: { readonly pixels: number },
): void {
  if (config.badPixels?.length === size.pixels) detector.setBadPixels(config.badPixels);
  const place = config.width * config.height === size.pixels ? recordedPlace(config) : null;
  if (place === null) return;
  detector.setRegions(place.regions);
  detector.setLocalTime(place);
  if (place.zone !== null) detector.setZonePolicy({ ...place.zone, ...localTime(place) });
}

function localTime({ utcOffsetMinutes }: RecordedPlace): LocalTime {
  return { utcOffsetMinutes };
}

/** What people did is done again; what the device decided it decides anew. */
function applyEvent(event: DeviceEvent, detector: DeviceDetector): void {
  if (event.type === "zone") {
    if (event.event.type === "call-point") detector.pressCallPoint(event.atMicros, event.event.callPointId);
    return;
  }
  const act = event.type === "notice" ? null : recordedAct(event);
  if (act !== null) detector.act(act);
}

class Tally {
  readonly #sink: ReplaySink;
  #firstAtMicros: number | null = null;
  #lostItems = 0;
  #nearnessMax = 0;
  #probabilityMax: number | null = null;
  #firstPrealarmAtSeconds: number | null = null;
  #firstAlarmAtSeconds: number | null = null;
  lastAtMicros: number | null = null;

  constructor(sink: ReplaySink) {
    this.#sink = sink;
  }

  take(entry: RecordingEntry): void {
    if (entry.kind === "origin" || entry.kind === "truth") return;
    this.#firstAtMicros ??= entry.atMicros;
    if (entry.kind !== "tick") this.lastAtMicros = Math.max(this.lastAtMicros ?? 0, entry.atMicros);
    if (entry.kind === "damage") this.#lostItems += entry.lost;
    if (entry.kind === "tick") this.#sink.onProgress(this.#secondsAt(entry.atMicros));
  }

  onSecond(second: FeatureSecond, evidence: EvidenceWithModel): void {
    this.#nearnessMax = Math.max(this.#nearnessMax, evidence.nearness);
    const probability = evidence.model?.probability ?? Number.NaN;
    if (!Number.isNaN(probability)) this.#probabilityMax = Math.max(this.#probabilityMax ?? 0, probability);
    this.#sink.onSecond({ second, evidence, atSeconds: this.#secondsAt(second.atMicros) });
  }

  onEvent(event: AlarmEvent): void {
    const atSeconds = this.#secondsAt(event.atMicros);
    if (event.type === "level" && event.level === "prealarm") this.#firstPrealarmAtSeconds ??= atSeconds;
    if (event.type === "level" && event.level === "alarm") this.#firstAlarmAtSeconds ??= atSeconds;
    this.#sink.onEvent(event, atSeconds);
  }

  onZone({ events }: ZoneStep): void {
    for (const event of events)
      this.#sink.onEvent(zoneHappening("replay", event), this.#secondsAt(event.atMicros));
  }

  onNotice(notice: AlarmNotice): void {
    this.#sink.onEvent(noticeHappening(notice), this.#secondsAt(notice.atMicros));
  }

  onBadPixels(): void {}

  summary(detector: DeviceDetector, recordings: readonly Recording[]): ReplaySummary {
    const pictures = recordings.find((recording) => recording.width !== null);
    return {
      frames: detector.counts.frames,
      rejectedFrames: detector.counts.rejectedFrames,
      airSamples: detector.counts.airSamples,
      seconds: this.lastAtMicros === null ? 0 : this.#secondsAt(this.lastAtMicros),
      radiometric: pictures === undefined ? null : pictures.unit === "centikelvin",
      lostItems: this.#lostItems,
      nearnessMax: this.#nearnessMax,
      probabilityMax: this.#probabilityMax,
      firstPrealarmAtSeconds: this.#firstPrealarmAtSeconds,
      firstAlarmAtSeconds: this.#firstAlarmAtSeconds,
    };
  }

  #secondsAt(atMicros: number): number {
    return (atMicros - (this.#firstAtMicros ?? atMicros)) / microsPerSecond;
  }
}
