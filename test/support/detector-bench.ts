import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ActName } from "#core/alarm/alarm-input.ts";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { FfcWish } from "#core/alarm/ffc-hold.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { DeviceDetectorOptions } from "#core/detection/device-detector-options.ts";
import type { ModelReading } from "#core/detection/model-reading.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import type { ZoneStep } from "#core/zone/zone-machine.ts";
import { actAt } from "#support/alarm-inputs.ts";

/** When the bench's time begins. */
export const benchStartMicros = 1_700_000_000_000_000;

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Small enough to be quick, large enough for a fire. */
const usualSize: PictureSize = { width: 80, height: 60 };
/** A quarter of it, for tests that ask nothing of what the picture shows. */
export const tinyPictures: PictureSize = { width: 40, height: 30 };
const framesPerSecond = 8;

/** Noise of 0.03 K; each picture takes a stretch of it that begins anywhere, which is quicker than fresh noise. */
const noiseCentikelvin = ((random: Random) =>
  Float64Array.from({ length: 1 << 17 }, () => 3 * random.normal()))(new Random(1));

/** A hot disc in the picture at one moment; null for none. */
export type Disc = { readonly celsius: number; readonly radiusPixels: number } | null;

/** A rectangle of one temperature in the picture, over everything else. */
export interface Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly celsius: number;
}

/** What a Lepton in order says of itself with each picture. */
export const quietTelemetry: FrameTelemetry = {
  uptimeMs: null,
  ffcState: "complete",
  ffcDesired: false,
  lastFfcUptimeMs: null,
  agcEnabled: false,
  shutterLockout: false,
  overTemperature: false,
  fpaTemperatureKelvin: null,
  fpaTemperatureAtLastFfcKelvin: null,
  housingTemperatureKelvin: null,
  effectiveGain: "high",
  tLinearEnabled: true,
  tLinearResolutionKelvin: 0.01,
  serialNumber: null,
  words: null,
};

/** What the bench does to the sensors during a stretch of time; whatever is left out is in order. */
export interface Stretch {
  readonly seconds: number;
  /** What is in the picture, by seconds since the bench began. */
  readonly disc?: (second: number) => Disc;
  /** What stands behind the disc, °C by pixel; 21 °C everywhere when left out. */
  readonly backdrop?: (x: number, y: number) => number;
  /** Pictures left out of every eight. */
  readonly missingFrames?: number;
  /** What else is in the picture. */
  readonly patches?: (second: number) => readonly Patch[];
  /** Only every so many of the camera's frames arrive. */
  readonly oneFrameOf?: number;
  /** How far the frames' own times are ahead of the device's clock. */
  readonly frameLeadSeconds?: number;
  /** How far the readings' own times are ahead of the device's clock. */
  readonly airLeadSeconds?: number;
  readonly camera?: "works" | "silent" | "frozen" | "raw-counts" | "repeats";
  readonly telemetry?: Partial<FrameTelemetry>;
  readonly air?: "works" | "silent" | "zero" | "stuck";
  readonly co2Ppm?: (second: number) => number;
  /** Moves the device's clock at the beginning. */
  readonly clockJumpSeconds?: number;
}

/** A room of 21 °C with real-sized noise before the whole decision path of a device, on time of its own. */
export class DetectorBench {
  readonly detector: DeviceDetector;
  readonly events: AlarmEvent[] = [];
  /** For each event the second it was decided on. */
  readonly decidedOn: (FeatureSecond | null)[] = [];
  /** What was told beside the events. */
  readonly notices: AlarmNotice[] = [];
  /** What the camera was to do with its corrections, and each mask that came to hold. */
  readonly ffcWishes: FfcWish[] = [];
  readonly masks: (Uint8Array | null)[] = [];
  /** What the device's own zone did. */
  readonly zoneSteps: ZoneStep[] = [];
  /** What the model said of each closed second. */
  readonly readings: (ModelReading | null)[] = [];
  /** How near each closed second was to FIRE. */
  readonly nearness: number[] = [];
  readonly #random: Random;
  readonly #size: PictureSize;
  #elapsed = 0;
  #shift = 0;
  #counter = 0;
  readonly #pixels: Uint16Array;
  /** The newest picture without noise, in hundredths of a kelvin. */
  readonly #scene: Float64Array;
  readonly #backdrops = new Map<Stretch["backdrop"], Float64Array>();

  constructor(
    options: Partial<DeviceDetectorOptions> & {
      readonly seed?: number;
      /** Size of the camera's pictures; 80×60 when left out. */
      readonly pictureSize?: PictureSize;
      /** Where the bench's time goes on, after another bench. */
      readonly startSecond?: number;
    } = {},
  ) {
    this.#random = new Random(options.seed ?? 7);
    this.#size = options.pictureSize ?? usualSize;
    const pixels = this.#size.width * this.#size.height;
    this.#pixels = new Uint16Array(pixels);
    this.#scene = new Float64Array(pixels);
    this.#elapsed = options.startSecond ?? 0;
    this.detector = new DeviceDetector(
      {
        deviceId: "bench",
        ...this.#size,
        badPixels: "find",
        mask: null,
        detectionPolicy: defaultDetectionPolicy,
        alarmPolicy: defaultAlarmPolicy,
        scorer: null,
        state: null,
        background: null,
        expects: { thermal: "required", air: "required" },
        ...options,
      },
      {
        onSecond: (_, evidence) => {
          this.nearness.push(evidence.nearness);
          this.readings.push(evidence.model);
        },
        onEvent: (event, decidedOn) => {
          this.events.push(event);
          this.decidedOn.push(decidedOn);
        },
        onBadPixels: () => undefined,
        onNotice: (notice) => this.notices.push(notice),
        onFfcWish: (wish) => this.ffcWishes.push(wish),
        onMask: (mask) => this.masks.push(mask),
        onZone: (step) => this.zoneSteps.push(step),
      },
    );
  }

  /** The bench's time now, with its clock's jumps. */
  get nowMicros(): number {
    return benchStartMicros + Math.round((this.#elapsed + this.#shift) * 1e6);
  }

  /** Seconds since the bench began, without jumps. */
  get elapsedSeconds(): number {
    return this.#elapsed;
  }

  /** Lets time go by: frames at 8 Hz, a reading every 5 s, a tick every second. */
  run(stretch: Stretch): void {
    this.#shift += stretch.clockJumpSeconds ?? 0;
    for (let step = 0; step < stretch.seconds * framesPerSecond; step += 1) {
      this.#elapsed += 1 / framesPerSecond;
      const isMissing =
        step % (stretch.oneFrameOf ?? 1) !== 0 || step % framesPerSecond < (stretch.missingFrames ?? 0);
      if (stretch.camera !== "silent" && !isMissing) this.detector.addFrame(this.#frame(stretch));
      const sinceSecond = Math.round(this.#elapsed * framesPerSecond) % framesPerSecond;
      if (sinceSecond === 1 && Math.floor(this.#elapsed) % 5 === 0) this.#breathe(stretch);
      if (sinceSecond === 2) this.detector.advance(this.nowMicros);
    }
  }

  /** A person does something now. */
  act(act: ActName, minutes = 0): void {
    this.detector.act(actAt(this.nowMicros, { act, minutes }));
  }

  /** "level alarm", "trouble camera-silent on" and so on, in order. */
  get story(): readonly string[] {
    return this.events.map((event) => {
      if (event.type === "level") return `level ${event.level}`;
      if (event.type === "trouble") return `trouble ${event.code} ${event.active ? "on" : "off"}`;
      return event.type;
    });
  }

  #frame(stretch: Stretch): ThermalFrame {
    const camera = stretch.camera ?? "works";
    if (camera !== "repeats") this.#counter += 1;
    if (camera === "works" || camera === "raw-counts") this.#draw(stretch);
    return {
      ...this.#size,
      capturedAtMicros: this.nowMicros + Math.round(1e6 * (stretch.frameLeadSeconds ?? 0)),
      frameCounter: this.#counter,
      unit: camera === "raw-counts" ? "raw-counts" : "centikelvin",
      pixels: this.#pixels.slice(),
      telemetry: { ...quietTelemetry, ...stretch.telemetry },
    };
  }

  #draw(stretch: Stretch): void {
    const scene = this.#scene;
    const { width } = this.#size;
    scene.set(this.#backdropOf(stretch.backdrop));
    const disc = stretch.disc?.(this.#elapsed) ?? null;
    if (disc !== null) drawDisc(scene, this.#size, disc);
    for (const { left, top, ...patch } of stretch.patches?.(this.#elapsed) ?? [])
      for (let y = top; y < top + patch.height; y += 1)
        scene.fill(toCentikelvin(patch.celsius), y * width + left, y * width + left + patch.width);
    const noise = noiseCentikelvin.subarray(this.#random.integer(noiseCentikelvin.length - scene.length));
    for (let k = 0; k < scene.length; k += 1)
      this.#pixels[k] = Math.min(65_535, Math.round(scene[k]! + noise[k]!));
  }

  /** What a backdrop looks like, drawn once for all pictures that stand before it. */
  #backdropOf(backdrop: Stretch["backdrop"]): Float64Array {
    const known = this.#backdrops.get(backdrop);
    if (known !== undefined) return known;
    const { width } = this.#size;
    const drawn = Float64Array.from(this.#scene, (_, k) =>
      toCentikelvin(backdrop?.(k % width, Math.floor(k / width)) ?? 21),
    );
    this.#backdrops.set(backdrop, drawn);
    return drawn;
  }

  #breathe({ air = "works", co2Ppm = () => 600, airLeadSeconds = 0 }: Stretch): void {
    if (air === "silent") return;
    const noise = air === "stuck" ? 0 : this.#random.normal();
    this.detector.addAir({
      sampledAtMicros: this.nowMicros + Math.round(1e6 * airLeadSeconds),
      co2Ppm: air === "zero" ? 0 : co2Ppm(this.#elapsed) + Math.round(3 * noise),
      temperatureCelsius: air === "zero" ? 0 : 21 + 0.05 * noise,
      humidityPercent: air === "zero" ? 0 : 45 + 0.1 * noise,
    });
  }
}

function toCentikelvin(celsius: number): number {
  return 100 * (celsius + 273.15);
}

/** Draws a disc around the middle of a picture, as much of it as there is room for. */
function drawDisc(scene: Float64Array, { width, height }: PictureSize, disc: NonNullable<Disc>): void {
  const { celsius, radiusPixels } = disc;
  const [middleX, middleY] = [width / 2, height / 2];
  const reach = Math.ceil(radiusPixels);
  for (let y = Math.max(0, middleY - reach); y <= Math.min(height - 1, middleY + reach); y += 1)
    for (let x = Math.max(0, middleX - reach); x <= Math.min(width - 1, middleX + reach); x += 1)
      if (Math.hypot(x - middleX, y - middleY) <= radiusPixels) scene[y * width + x] = toCentikelvin(celsius);
}
