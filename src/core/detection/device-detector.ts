import type { ActInput, AlarmInput, SelfTestInput, TroubleInput } from "../alarm/alarm-input.ts";
import { initialAlarmState, stepAlarm } from "../alarm/alarm-machine.ts";
import type { AlarmPolicy } from "../alarm/alarm-policy.ts";
import type { AlarmState } from "../alarm/alarm-state.ts";
import { defaultFfcHoldPolicy, noFfcHold, stepFfcHold } from "../alarm/ffc-hold.ts";
import { BadPixelFinder } from "../features/bad-pixel-finder.ts";
import { FeatureExtractor, type FrameVerdict } from "../features/feature-extractor.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import type { BackgroundSnapshot } from "../features/region-tracker.ts";
import type { AirSample } from "../frames/air-sample.ts";
import type { GainMode } from "../frames/frame-telemetry.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import type { PictureRegion } from "../regions/picture-region.ts";
import { RegionJudge } from "../regions/region-judge.ts";
import type { LocalTime } from "../weekly-schedule.ts";
import { OwnZone } from "../zone/own-zone.ts";
import type { ZonePolicy } from "../zone/zone-policy.ts";
import type { ZoneState } from "../zone/zone-state.ts";
import { AirWatch } from "./air-watch.ts";
import { CameraWatch } from "./camera-watch.ts";
import { ClockWatch } from "./clock-watch.ts";
import { CommissioningWatch } from "./commissioning-watch.ts";
import type { DetectorCounts, DeviceDetectorOptions, DeviceDetectorSink } from "./device-detector-options.ts";
import { FrameComparer } from "./frame-novelty.ts";
import { joinEvidence } from "./join-evidence.ts";
import { defaultModelPolicy } from "./model-detector.ts";
import { ModelWatch } from "./model-watch.ts";
import { RoomWatch } from "./room-watch.ts";
import { RuleDetector } from "./rule-detector.ts";
import { findingsToRestore } from "./saved-findings.ts";
import { leptonFramesPerSecond } from "./sensor-health-camera.ts";
import { TimeLine } from "./time-line.ts";
import type { FaultReport } from "./watched-fault.ts";

/**
 * The whole decision path of one device, from frames and readings to alarm events, with nothing in between that can
 * wait: the device, the replay and the tests all use this one. The same calls in the same order give the same events.
 */
export class DeviceDetector {
  readonly #sink: DeviceDetectorSink;
  readonly #alarmPolicy: AlarmPolicy;
  readonly #options: DeviceDetectorOptions;
  /** Null once a map was given. */
  #finder: BadPixelFinder | null;
  #extractor: FeatureExtractor;
  /** The map in use, 1 = bad; null while none is known. */
  #badPixels: Uint8Array | null;
  readonly #timeLine = new TimeLine();
  readonly #rules: RuleDetector;
  readonly #model: ModelWatch;
  readonly #comparer = new FrameComparer();
  readonly #camera: CameraWatch;
  readonly #air: AirWatch;
  readonly #room: RoomWatch;
  readonly #clock: ClockWatch;
  readonly #commissioning: CommissioningWatch;
  /** Null where a hub runs the zone. */
  readonly #zone: OwnZone | null;
  #calibrates = false;
  #ffcHold = noFfcHold;
  #regions: RegionJudge;
  #state: AlarmState;
  /** True until the first second with a picture, which takes over what a restart has interrupted. */
  #restores: boolean;
  /** A map that was given and has not been judged yet, because a map has no time. */
  #unjudgedMap: Uint8Array | null;
  #gain: GainMode = "high";
  readonly #counts = {
    frames: 0,
    validFrames: 0,
    rejectedFrames: 0,
    airSamples: 0,
    rejectedAirSamples: 0,
    seconds: 0,
    thermalSeconds: 0,
    badPixels: 0,
  };

  /**
   * Throws a Failure `background-size` when the saved background is of another picture size, and what
   * `checkPictureRegions` throws.
   */
  constructor(options: DeviceDetectorOptions, sink: DeviceDetectorSink) {
    const { width, height, badPixels, expects, deviceId, zone } = options;
    this.#options = options;
    this.#sink = sink;
    this.#zone =
      zone === undefined ? null : new OwnZone({ deviceId, ...zone }, (step) => sink.onZone?.(step));
    this.#alarmPolicy = options.alarmPolicy;
    this.#state = options.state ?? initialAlarmState();
    this.#restores = options.state !== null;
    this.#rules = new RuleDetector(options.detectionPolicy);
    const { mask, regions = [] } = options;
    this.#regions = new RegionJudge({ width, height, mask, regions });
    this.#rules.setThresholdRegions(this.#regions.thresholds);
    this.#finder = badPixels === "find" ? new BadPixelFinder({ width, height }) : null;
    this.#badPixels = badPixels === "find" ? null : badPixels;
    this.#unjudgedMap = this.#badPixels;
    this.#extractor = this.#newExtractor(options.background, 1);
    const standing = new Set(this.#state.troubles.map((trouble) => trouble.code));
    const report: FaultReport = (fault) => this.#step({ kind: "trouble", ...fault });
    const framesPerSecond = expects.framesPerSecond ?? leptonFramesPerSecond;
    this.#camera = new CameraWatch({
      width,
      height,
      expected: expects.thermal,
      framesPerSecond,
      standing,
      report,
    });
    const periodSeconds = expects.airPeriodSeconds ?? null;
    this.#air = new AirWatch({ expected: expects.air, periodSeconds, standing, report });
    this.#room = new RoomWatch({ standing, report });
    this.#clock = new ClockWatch({ standing, report });
    const policy = defaultModelPolicy;
    this.#model = new ModelWatch({ scorer: options.scorer, policy, standing, report });
    const knew = options.background !== null && options.state !== null;
    this.#commissioning = new CommissioningWatch({ standing, report, heat: knew ? "confirmed" : "new" });
    this.#counts.badPixels = countOnes(this.#badPixels);
  }

  /** Takes in a picture. Makes no array for it. */
  addFrame(frame: ThermalFrame): void {
    this.#gain = frame.telemetry?.effectiveGain ?? "high";
    const novelty = this.#comparer.compare(frame);
    // The same picture once more is no new evidence; during an FFC the extractor has to see that there is one.
    const isHeld = novelty === "frozen" && frame.telemetry?.ffcState !== "in-progress";
    const isOld = novelty === "repeat" || isHeld;
    const verdict = isOld ? null : this.#extract(frame);
    this.#counts.frames += 1;
    if (verdict === "valid") this.#counts.validFrames += 1;
    else this.#counts.rejectedFrames += 1;
    if (verdict !== null) this.#calibrates = verdict === "ffc" || verdict === "settling";
    this.#camera.addFrame(frame, novelty, verdict);
    if (verdict !== "valid") return;
    this.#room.addFrame(frame);
    this.#regions.addFrame(frame, this.#badPixels);
    this.#findBadPixels(frame);
  }

  /** Takes in a reading of the air. */
  addAir(sample: AirSample): void {
    this.#counts.airSamples += 1;
    const time = this.#timeLine.admits(sample.sampledAtMicros) ? "believed" : "wrong";
    const judged = this.#air.addAir(sample, time);
    if (Number.isNaN(judged?.co2Ppm ?? Number.NaN)) this.#counts.rejectedAirSamples += 1;
    if (judged === null) return;
    this.#room.addAir(judged);
    this.#extractor.addAir(judged);
  }

  /** Time went by; called about once a second. Closes seconds, notices silence, ends what has run out. */
  advance(atMicros: number): void {
    const jumped = this.#timeLine.tick(atMicros);
    // After a jump of the clock the histories mean nothing, but what was learnt about the room stays true.
    if (jumped) this.#extractor = this.#newExtractor(this.backgroundSnapshot(), this.#extractor.nextTrackId);
    this.#extractor.advance(atMicros);
    this.#followSchedules(atMicros);
    this.#clock.tick({ atMicros, jumped });
    this.#camera.tick(atMicros);
    this.#air.tick(atMicros);
    this.#step({ kind: "tick", atMicros });
  }

  /** A person did something. */
  act(input: ActInput): void {
    this.#step(input);
    // A disablement of the device is in its report; the rest is done to its zone as well.
    if (input.act !== "disable" && input.act !== "enable") this.#zone?.step(input);
    if (input.act !== "reset") return;
    this.#commissioning.confirm(input.atMicros);
    this.#model.forget();
  }

  /** Somebody outside knows of a fault that came or went: a driver, the disk, the link; or a self-test of its stage. */
  reportTrouble(input: TroubleInput | SelfTestInput): void {
    if (input.kind === "trouble") this.#air.noteReported(input);
    this.#step(input);
  }

  /**
   * Uses this map of bad pixels (1 = bad) from now on, for example the one of the recording that is replayed, and looks
   * for no others any more.
   */
  setBadPixels(map: Uint8Array): void {
    this.#finder = null;
    this.#unjudgedMap = map;
    this.#useMap(map);
  }

  /**
   * Uses these regions from now on, beside the mask it was made with. Other masks begin the histories anew. Throws what
   * `checkPictureRegions` throws, and then nothing has changed.
   */
  setRegions(regions: readonly PictureRegion[]): void {
    const { width, height, mask } = this.#options;
    const before = this.#regions;
    // What is said again begins nothing anew.
    if (JSON.stringify(regions) === JSON.stringify(before.regions)) return;
    this.#regions = new RegionJudge({ width, height, mask, regions });
    this.#regions.setLocalTime(before.localTime);
    if (this.#state.lastStepAtMicros !== null) this.#regions.tick(this.#state.lastStepAtMicros);
    this.#rules.setThresholdRegions(this.#regions.thresholds);
    if (!isSameMask(before.mask, this.#regions.mask)) this.#useMask();
  }

  /** The measuring range of the newest picture; high where it does not say. */
  get gain(): GainMode {
    return this.#gain;
  }

  /** "calibrating": the camera's shutter is closed, or has been a moment ago. */
  get camera(): "watching" | "calibrating" {
    return this.#calibrates ? "calibrating" : "watching";
  }

  /** How far the site's time is ahead of UTC from now on, for the schedules of its regions. */
  setLocalTime(local: LocalTime): void {
    this.#regions.setLocalTime(local);
  }

  /** Somebody pressed a call point: FIRE of the device's own zone at once. Without such a zone the hub has to be told. */
  pressCallPoint(atMicros: number, callPointId: string): void {
    this.#zone?.step({ kind: "call-point", atMicros, callPointId });
  }

  /** Gives the device's own zone another policy, for example another distance from UTC in summer. */
  setZonePolicy(policy: ZonePolicy): void {
    this.#zone?.setPolicy(policy);
  }

  /** The device's own zone, to be saved; null where a hub runs it. */
  get zoneState(): ZoneState | null {
    return this.#zone?.state ?? null;
  }

  /** The alarm state as it stands. */
  get state(): AlarmState {
    return this.#state;
  }

  /** The learnt background, to be saved; null until it is learnt. */
  backgroundSnapshot(): BackgroundSnapshot | null {
    return this.#extractor.backgroundSnapshot();
  }

  /** What has come in so far. */
  get counts(): DetectorCounts {
    return { ...this.#counts };
  }

  #newExtractor(background: BackgroundSnapshot | null, nextTrackId: number): FeatureExtractor {
    const { width, height, kernel } = this.#options;
    const { mask } = this.#regions;
    const options = { width, height, mask, badPixels: this.#badPixels, background, nextTrackId, kernel };
    return new FeatureExtractor(options, (second) => this.#closeSecond(second));
  }

  /** A mask that begins or ends begins the histories anew, as a jump of the clock does. */
  #followSchedules(atMicros: number): void {
    const changed = this.#regions.tick(atMicros);
    if (changed === "nothing") return;
    this.#rules.setThresholdRegions(this.#regions.thresholds);
    if (changed === "masks") this.#useMask();
  }

  #useMask(): void {
    this.#extractor = this.#newExtractor(this.backgroundSnapshot(), this.#extractor.nextTrackId);
    this.#sink.onMask?.(this.#regions.mask);
  }

  #extract(frame: ThermalFrame): FrameVerdict {
    return this.#timeLine.admits(frame.capturedAtMicros) ? this.#extractor.addFrame(frame) : "out-of-order";
  }

  #closeSecond(second: FeatureSecond): void {
    this.#counts.seconds += 1;
    if (second.vector !== null) this.#counts.thermalSeconds += 1;
    if (second.validFrames > 0) this.#restore(second.atMicros);
    const ofRules = this.#rules.evaluate(second);
    const { finding, reading } = this.#model.evaluate(second);
    const joined = finding === null ? ofRules : joinEvidence(ofRules, finding);
    const evidence = this.#regions.judge(joined, second, this.#state.disabledRegions);
    const wasAlarm = this.#state.level === "alarm";
    this.#step({ kind: "evidence", evidence }, second);
    // An alarm is nothing usual; and what is usual is learnt when everything has been decided.
    if (!wasAlarm) this.#options.learnedHeat?.addSecond(second, this.#regions.localTime);
    this.#camera.closeSecond(second);
    this.#room.closeSecond(second);
    this.#commissioning.closeSecond(second);
    this.#sink.onSecond(second, { ...evidence, model: reading });
  }

  #restore(atMicros: number): void {
    if (!this.#restores) return;
    this.#restores = false;
    const { sameIncidentSeconds } = this.#alarmPolicy;
    this.#rules.restore(findingsToRestore(this.#state, { atMicros, sameIncidentSeconds }));
  }

  #findBadPixels(frame: ThermalFrame): void {
    const given = this.#unjudgedMap;
    this.#unjudgedMap = null;
    if (given !== null) this.#camera.judgeBadPixels(frame.capturedAtMicros, given);
    const map = this.#finder?.addFrame(frame) ?? null;
    if (map === null) return;
    this.#useMap(map);
    this.#camera.judgeBadPixels(frame.capturedAtMicros, map);
    this.#sink.onBadPixels(map);
  }

  #useMap(map: Uint8Array): void {
    this.#badPixels = map;
    this.#extractor.setBadPixels(map);
    this.#counts.badPixels = countOnes(map);
  }

  #step(input: AlarmInput, decidedOn: FeatureSecond | null = null): void {
    const { state, events, notices } = stepAlarm(this.#state, input, this.#alarmPolicy);
    this.#state = state;
    for (const event of events) this.#sink.onEvent(event, decidedOn);
    for (const notice of notices) this.#sink.onNotice?.(notice);
    const atMicros = state.lastStepAtMicros ?? 0;
    this.#followFfc(atMicros);
    if (this.#zone === null) return;
    if (input.kind === "evidence") this.#zone.noteEvidence(input.evidence);
    this.#zone.follow({ atMicros, state, camera: this.camera });
  }

  #followFfc(atMicros: number): void {
    const before = this.#ffcHold.wish;
    const policy = this.#options.ffcHold ?? defaultFfcHoldPolicy;
    this.#ffcHold = stepFfcHold(this.#ffcHold, { atMicros, level: this.#state.level }, policy);
    if (this.#ffcHold.wish !== before) this.#sink.onFfcWish?.(this.#ffcHold.wish);
  }
}

function isSameMask(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other;
  return one.every((pixel, k) => pixel === other[k]);
}

function countOnes(map: Uint8Array | null): number {
  return map?.reduce((sum, pixel) => sum + (pixel === 0 ? 0 : 1), 0) ?? 0;
}
