import { assert } from "../failure.ts";
import type { AirSample } from "../frames/air-sample.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { floorToSecondMicros, microsPerSecond } from "../time.ts";
import { AirHistory } from "./air-history.ts";
import { BadPixelReplacement } from "./bad-pixel-replacement.ts";
import type { FeatureKernelMaker } from "./feature-kernel.ts";
import { wholePictureFeatureNames } from "./feature-schema.ts";
import type { AirFeatures, FeatureSecond } from "./feature-second.ts";
import { ffcStepKelvin } from "./ffc-step.ts";
import { FfcWatch } from "./ffc-watch.ts";
import { FrameFeatures, type FrameSuccession, frameFeatureCount } from "./frame-features.ts";
import { type BackgroundSnapshot, RegionTracker } from "./region-tracker.ts";
import { SecondAccumulator } from "./second-accumulator.ts";
import { TimeSeries } from "./time-series.ts";

/** Differences and flow are taken only across gaps of at most this. */
export const frameGapMaxMicros = 500_000;

/** Lag of tproxy_delta and window of tproxy_vel. */
export const proxyWindowMicros = 10 * microsPerSecond;

/**
 * Most seconds closed by one call, a day: after a longer silence (or a wrong time) the older empty seconds are left
 * out, because nothing is in them and alarm timers hold without evidence.
 */
export const secondsClosedAtOnceMax = 86_400;

/** Seconds of hot-spot proxy kept: the window and some more. The oldest leaves. */
const proxySecondsMax = 16;

/** What the extractor is told about its pictures; maps have one byte a pixel. */
export interface FeatureExtractorOptions {
  readonly width: number;
  readonly height: number;
  /** 1 = known bad; null while none is known. */
  readonly badPixels: Uint8Array | null;
  /** 1 = masked by the operator; null without masks. */
  readonly mask: Uint8Array | null;
  /** What the region tracker had learnt before a restart; null to learn anew. */
  readonly background: BackgroundSnapshot | null;
  /** `nextTrackId` of the extractor before this one, so that no track number comes twice; 1 where left out. */
  readonly nextTrackId?: number;
  /** What runs the loops over all pixels, with the same results; plain TypeScript where left out. */
  readonly kernel?: FeatureKernelMaker | undefined;
}

/** What became of a frame: only `valid` ones are measured, all others are counted as rejected. */
export type FrameVerdict =
  | "valid"
  /** The shutter is closed for a flat-field correction. */
  | "ffc"
  /** Less than 1.5 s after a flat-field correction. */
  | "settling"
  /** Not a temperature. */
  | "raw-counts"
  | "wrong-size"
  /** Not newer than the frame before, or of a second that has closed. */
  | "out-of-order";

/** The part of a second that its valid frames decide. */
type SeenSecond = Pick<
  FeatureSecond,
  "vector" | "regions" | "tracked" | "severeMasked" | "commissionedHot" | "hottest"
>;

const nothingSeen: SeenSecond = {
  vector: null,
  regions: [],
  tracked: [],
  severeMasked: [],
  commissionedHot: null,
  hottest: null,
};

/**
 * Turns frames and air readings into one `FeatureSecond` for each whole second of capture time. Frames of a second are
 * those captured from its beginning to just before its end; it closes at its end, by the next frame or by `advance`,
 * whichever comes first. The same calls in the same order give the same seconds, bit for bit. Time only goes forward:
 * the caller gives times that do not jump back when a clock is set.
 */
export class FeatureExtractor {
  readonly #options: FeatureExtractorOptions;
  readonly #onSecond: (second: FeatureSecond) => void;
  readonly #replacement: BadPixelReplacement;
  readonly #frameFeatures: FrameFeatures;
  readonly #second: SecondAccumulator;
  readonly #regions: RegionTracker;
  readonly #ffc = new FfcWatch();
  readonly #air = new AirHistory();
  readonly #proxy = new TimeSeries({ samplesMax: proxySecondsMax, periodMicros: microsPerSecond });
  readonly #medianCelsius: Float32Array;
  readonly #maxCelsius: Float32Array;
  /** Reused for every frame, so that the region tracker's argument is no garbage. */
  readonly #regionFrame: { atMicros: number; centikelvin: Uint16Array };
  #secondEndMicros: number | null = null;
  #mapChanged = false;
  #lastFrameAtMicros = Number.NEGATIVE_INFINITY;
  #lastValid: { atMicros: number; counter: number } = { atMicros: Number.NEGATIVE_INFINITY, counter: 0 };

  constructor(options: FeatureExtractorOptions, onSecond: (second: FeatureSecond) => void) {
    const { width, height } = options;
    const pixels = width * height;
    this.#options = options;
    this.#onSecond = onSecond;
    this.#replacement = new BadPixelReplacement({ width, height, masked: options.mask });
    const kernel = options.kernel?.({ width, height }) ?? null;
    this.#frameFeatures = new FrameFeatures({ width, height }, kernel);
    this.#second = new SecondAccumulator(pixels, kernel);
    this.#regions = new RegionTracker({
      width,
      height,
      ignored: this.#replacement.ignored,
      masked: this.#replacement.masked,
      bad: this.#replacement.bad,
      background: options.background,
      ...(options.nextTrackId === undefined ? {} : { nextTrackId: options.nextTrackId }),
    });
    this.#medianCelsius = new Float32Array(pixels);
    this.#maxCelsius = new Float32Array(pixels);
    this.#regionFrame = { atMicros: 0, centikelvin: this.#second.picture.next };
    this.#useMap(options.badPixels ?? new Uint8Array(pixels));
  }

  /** Takes a frame, after closing every second that ended before it, and says what became of it. */
  addFrame(frame: ThermalFrame): FrameVerdict {
    const verdict = this.#judge(frame);
    if (verdict === "valid") this.#measure(frame);
    else this.#second.rejectedFrames += 1;
    return verdict;
  }

  /** Takes an air reading; it counts in the seconds that end after it. */
  addAir(sample: AirSample): void {
    this.#air.add(sample);
  }

  /** Closes every whole second up to a time. */
  advance(atMicros: number): void {
    assert(Number.isSafeInteger(atMicros), "time is whole microseconds");
    this.#secondEndMicros ??= floorToSecondMicros(atMicros) + microsPerSecond;
    const behind = Math.floor((atMicros - this.#secondEndMicros) / microsPerSecond) + 1;
    if (behind > secondsClosedAtOnceMax) {
      this.#closeSecond(this.#secondEndMicros);
      this.#secondEndMicros += (behind - secondsClosedAtOnceMax) * microsPerSecond;
    }
    while (this.#secondEndMicros <= atMicros) {
      this.#closeSecond(this.#secondEndMicros);
      this.#secondEndMicros += microsPerSecond;
    }
  }

  /** Takes a new map of bad pixels, 1 = bad. The hot-spot proxy's history begins anew with the second after it. */
  setBadPixels(map: Uint8Array): void {
    this.#mapChanged = true;
    this.#useMap(map);
  }

  /** What the region tracker has learnt, to survive a restart; null while it has learnt nothing. */
  backgroundSnapshot(): BackgroundSnapshot | null {
    return this.#regions.snapshot();
  }

  /** The number the next new track of a region will get, for the extractor after this one. */
  get nextTrackId(): number {
    return this.#regions.nextTrackId;
  }

  #useMap(map: Uint8Array): void {
    this.#replacement.setMap(map);
    this.#frameFeatures.setExcluded(this.#replacement.excluded);
  }

  #judge(frame: ThermalFrame): FrameVerdict {
    const { width, height } = this.#options;
    const { capturedAtMicros: at } = frame;
    if (!Number.isSafeInteger(at) || at <= this.#lastFrameAtMicros) return "out-of-order";
    if (this.#secondEndMicros !== null && at < this.#secondEndMicros - microsPerSecond) return "out-of-order";
    this.#lastFrameAtMicros = at;
    this.advance(at);
    if (frame.width !== width || frame.height !== height || frame.pixels.length !== width * height)
      return "wrong-size";
    if (frame.unit === "raw-counts") return "raw-counts";
    return this.#ffc.judge(frame) ?? "valid";
  }

  #measure(frame: ThermalFrame): void {
    const features = this.#frameFeatures;
    const picture = this.#second.picture.next;
    picture.set(frame.pixels);
    this.#replacement.apply(picture);
    const stepped = this.#ffc.takeStep();
    if (stepped && features.current.length > 0) this.#shiftHistory(features.current, picture);
    features.measure(picture, stepped ? "apart" : this.#succession(frame));
    this.#lastValid.atMicros = frame.capturedAtMicros;
    this.#lastValid.counter = frame.frameCounter;
    this.#second.add({
      features: features.values,
      capturedAtMicros: frame.capturedAtMicros,
      // A source that does not say is taken to be in high gain, the camera's default.
      saturatedPixels: features.saturatedPixels(frame.telemetry?.effectiveGain ?? "high"),
    });
    this.#regionFrame.atMicros = frame.capturedAtMicros;
    this.#regionFrame.centikelvin = picture;
    this.#regions.addFrame(this.#regionFrame);
  }

  #succession(frame: ThermalFrame): FrameSuccession {
    const { atMicros, counter } = this.#lastValid;
    if (frame.capturedAtMicros - atMicros > frameGapMaxMicros) return "apart";
    return frame.frameCounter === (counter + 1) % 2 ** 32 ? "adjacent" : "near";
  }

  /** After an FFC. Where its step cannot be told the background stays, and the hot-spot proxy cannot be compared. */
  #shiftHistory(before: Uint16Array, after: Uint16Array): void {
    const stepKelvin = ffcStepKelvin({ before, after, excluded: this.#replacement.excluded });
    if (stepKelvin === null) {
      this.#proxy.clear();
      return;
    }
    this.#proxy.shift(stepKelvin);
    this.#regions.shiftHistory(stepKelvin);
  }

  #closeSecond(atMicros: number): void {
    const second = this.#second;
    const air = this.#air.featuresAt(atMicros);
    const { validFrames, rejectedFrames, saturatedPixels } = second;
    const { watchedPixels } = this.#replacement;
    const counts = { atMicros, air, validFrames, rejectedFrames, saturatedPixels, watchedPixels };
    const seen = validFrames === 0 ? nothingSeen : this.#lookAt(atMicros, air);
    second.clear();
    this.#onSecond({ ...counts, ...seen });
  }

  /** What the valid frames of a second showed. */
  #lookAt(atMicros: number, air: AirFeatures): SeenSecond {
    const vector = this.#vector(atMicros, air);
    this.#second.picture.close(this.#medianCelsius, this.#maxCelsius);
    this.#replacement.settle(this.#medianCelsius);
    const regions = this.#regions.closeSecond({
      atMicros,
      medianCelsius: this.#medianCelsius,
      maxCelsius: this.#maxCelsius,
    });
    return {
      vector: this.#replacement.watchedPixels === 0 ? null : vector,
      regions: regions.reported,
      tracked: regions.tracked,
      severeMasked: regions.severeMasked,
      commissionedHot: regions.commissionedHot,
      hottest: this.#hottest(),
    };
  }

  #vector(atMicros: number, air: AirFeatures): Float64Array {
    const vector = new Float64Array(wholePictureFeatureNames.length);
    for (let k = 0; k < frameFeatureCount; k += 1) vector[k] = this.#second.median(k);
    const proxy = vector[12]!;
    const measuredAtMicros = this.#second.medianCapturedAtMicros;
    // A mapped pixel was often the hottest: with and without it the proxy cannot be compared.
    if (this.#mapChanged) this.#proxy.clear();
    else if (Number.isFinite(proxy)) this.#proxy.add({ atMicros, measuredAtMicros, value: proxy });
    vector[13] = proxy - this.#proxy.lagged(atMicros - proxyWindowMicros);
    vector[14] = this.#proxy.slopePerSecond({ endMicros: atMicros, windowMicros: proxyWindowMicros });
    this.#mapChanged = false;
    vector[15] = air.co2Ppm;
    vector[16] = air.co2DeltaPpm;
    vector[17] = air.co2SlopePpmPerSecond;
    return vector;
  }

  #hottest(): FeatureSecond["hottest"] {
    const { width } = this.#options;
    const place = hottestPlace(this.#medianCelsius, this.#replacement.ignored);
    if (place < 0) return null;
    return { x: place % width, y: Math.floor(place / width), celsius: this.#medianCelsius[place]! };
  }
}

function hottestPlace(celsius: Float32Array, ignored: Uint8Array): number {
  let place = -1;
  let hottest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < celsius.length; i += 1) {
    if (ignored[i] !== 0 || celsius[i]! <= hottest) continue;
    place = i;
    hottest = celsius[i]!;
  }
  return place;
}
