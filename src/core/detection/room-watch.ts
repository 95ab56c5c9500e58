import type { TroubleCode } from "../alarm/trouble.ts";
import { regionFeatureNames } from "../features/feature-schema.ts";
import type { FeatureSecond } from "../features/feature-second.ts";
import type { AirSample } from "../frames/air-sample.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { secondsBetween } from "../time.ts";
import { climateContradiction } from "./sensor-health-climate.ts";
import {
  coldestSketch,
  looksCovered,
  patternCorrelation,
  sketchContrastKelvin,
  sketchMedianCelsius,
  sketchPicture,
} from "./sensor-health-picture.ts";
import { type FaultReport, WatchedFault, type WatchedFaultOptions } from "./watched-fault.ts";

/** Sketches of so many seconds make the view without the people in it. */
const viewSeconds = 30;

/** The view is taken for the camera's place after so many seconds of pictures. */
const referenceSeconds = 60;

/** The reference follows seasons and moved furniture with this time constant, while the view is the same. */
const referenceFollowSeconds = 3_600;

/** Correlation under which it is another view; from `sameCorrelation` on the reference may follow. */
const movedCorrelation = 0.45;
const sameCorrelation = 0.6;

/** The usual contrast follows with this time constant, and not while the camera looks covered. */
const contrastFollowSeconds = 600;

/** New heat changes walls for long: for so long after it the view proves nothing. */
const heatHoldSeconds = 1_800;
const newHeatKelvin = 30;
const hotPictureCelsius = 60;

/** An air temperature older than this says nothing about now. */
const airAgeMaxSeconds = 60;

const peakFeature = regionFeatureNames.indexOf("r_peak");

const faults: Readonly<Record<"covered" | "moved" | "climate", Omit<WatchedFaultOptions, "standing">>> = {
  covered: {
    code: "camera-covered",
    text: "The thermal camera sees one temperature only, as under a cover or in thick smoke: look at the room at once, then clear its view.",
    restoredText: "The thermal camera's view is clear again.",
    raiseSeconds: 20,
    clearSeconds: 10,
  },
  moved: {
    code: "camera-moved",
    text: "The thermal camera looks elsewhere than before: turn it back, or restart the device to accept its new place. Masks and the learnt background do not fit.",
    restoredText: "The thermal camera looks where it looked before.",
    raiseSeconds: 30,
    clearSeconds: 30,
  },
  climate: {
    code: "climate-mismatch",
    text: "Camera and air sensor contradict each other about the room's temperature.",
    restoredText: "Camera and air sensor agree about the room's temperature.",
    raiseSeconds: 600,
    clearSeconds: 60,
  },
};

/**
 * Finds out whether the camera still looks at its room: not covered, not moved, and of one mind with the air sensor
 * about how warm it is there. It looks at one valid picture of each second.
 */
export class RoomWatch {
  readonly #covered: WatchedFault;
  readonly #moved: WatchedFault;
  readonly #climate: WatchedFault;
  #sketch: Float32Array | null = null;
  #housingCelsius = Number.NaN;
  readonly #recent: Float32Array[] = [];
  #reference: Float32Array | null = null;
  #secondsSeen = 0;
  #usualContrastKelvin = Number.NaN;
  #heatSeconds = 0;
  #air: AirSample | null = null;

  constructor(options: { readonly standing: ReadonlySet<TroubleCode>; readonly report: FaultReport }) {
    const watched = (name: keyof typeof faults): WatchedFault =>
      new WatchedFault(
        { ...faults[name], standing: options.standing.has(faults[name].code) },
        options.report,
      );
    this.#covered = watched("covered");
    this.#moved = watched("moved");
    this.#climate = watched("climate");
  }

  /** Takes in a valid picture. */
  addFrame(frame: ThermalFrame): void {
    if (this.#sketch !== null) return;
    this.#sketch = sketchPicture(frame);
    const kelvin = frame.telemetry?.housingTemperatureKelvin ?? Number.NaN;
    this.#housingCelsius = kelvin - 273.15;
  }

  /** Takes in a reading of the air. */
  addAir(sample: AirSample): void {
    this.#air = sample;
  }

  /** A second has closed. */
  closeSecond(second: FeatureSecond): void {
    const sketch = this.#sketch;
    this.#sketch = null;
    if (sketch === null) return;
    const { atMicros } = second;
    const medianCelsius = sketchMedianCelsius(sketch);
    const isHot = medianCelsius >= hotPictureCelsius || hasNewHeat(second);
    this.#heatSeconds = isHot ? heatHoldSeconds : Math.max(0, this.#heatSeconds - 1);
    this.#secondsSeen += 1;
    this.#watchCover({ atMicros, sketch, medianCelsius });
    this.#watchPlace(atMicros, sketch);
    this.#watchClimate(atMicros, medianCelsius);
  }

  #watchCover(now: {
    readonly atMicros: number;
    readonly sketch: Float32Array;
    readonly medianCelsius: number;
  }): void {
    const { atMicros, sketch, medianCelsius } = now;
    const contrastKelvin = sketchContrastKelvin(sketch);
    const isKnown = this.#secondsSeen > referenceSeconds;
    const sign = looksCovered({
      contrastKelvin,
      usualContrastKelvin: isKnown ? this.#usualContrastKelvin : Number.NaN,
      medianCelsius,
      housingCelsius: this.#housingCelsius,
    });
    // A picture that is all hot has no contrast either, and is no cover.
    this.#covered.watch({ atMicros, sign: medianCelsius >= hotPictureCelsius ? null : sign, seconds: 1 });
    if (sign || this.#heatSeconds > 0) return;
    const before = Number.isNaN(this.#usualContrastKelvin) ? contrastKelvin : this.#usualContrastKelvin;
    this.#usualContrastKelvin = before + (contrastKelvin - before) / contrastFollowSeconds;
  }

  #watchPlace(atMicros: number, sketch: Float32Array): void {
    this.#recent.push(sketch);
    if (this.#recent.length > viewSeconds) this.#recent.shift();
    // Under a cover there is no view, and heat paints its own.
    if (this.#covered.active || this.#heatSeconds > 0 || this.#secondsSeen < referenceSeconds) return;
    const view = coldestSketch(this.#recent);
    this.#reference ??= view;
    const correlation = patternCorrelation({ reference: this.#reference, now: view });
    const sign = correlation === null ? false : correlation < movedCorrelation;
    this.#moved.watch({ atMicros, sign, seconds: 1 });
    if (correlation !== null && correlation < sameCorrelation) return;
    for (let k = 0; k < view.length; k += 1)
      this.#reference[k] = this.#reference[k]! + (view[k]! - this.#reference[k]!) / referenceFollowSeconds;
  }

  #watchClimate(atMicros: number, sceneCelsius: number): void {
    const air = this.#air;
    const isFresh = air !== null && secondsBetween(air.sampledAtMicros, atMicros) <= airAgeMaxSeconds;
    if (!isFresh || this.#heatSeconds > 0 || Number.isNaN(air.temperatureCelsius)) return;
    const wrong = climateContradiction({
      sceneCelsius,
      housingCelsius: this.#housingCelsius,
      airCelsius: air.temperatureCelsius,
    });
    this.#climate.watch({
      atMicros,
      sign: wrong !== null,
      seconds: 1,
      ...(wrong === null ? {} : { text: wrong }),
    });
  }
}

/** Something that was not so hot when the device was commissioned. */
function hasNewHeat(second: FeatureSecond): boolean {
  return second.tracked.some(
    ({ features, commissionedCelsius }) => features[peakFeature]! - commissionedCelsius >= newHeatKelvin,
  );
}
