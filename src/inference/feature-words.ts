import type { RegionFeatureName, WholePictureFeatureName } from "#core/features/feature-schema.ts";

/** How a feature is told to people. */
export interface FeatureWords {
  readonly unit: string;
  /** What it measures, as the subject of a sentence. */
  readonly quantity: string;
  /** What a value says, as a clause. It says no more than the number does: not whether that is much. */
  say(value: number): string;
}

/** Words for every feature of both schemas; units and meaning are those of docs/guides/features.md. */
export const featureWords: Readonly<Record<WholePictureFeatureName | RegionFeatureName, FeatureWords>> = {
  t_mean: level("the picture's mean", "°C"),
  t_std: level("the spread of temperatures in the picture", "°C"),
  t_max: level("the picture's hottest pixel", "°C"),
  t_p95: level("the temperature that 95 % of the picture stay below", "°C"),
  t_hot_area_pct: level("the hot share of the picture", "%"),
  t_hot_largest_blob_pct: level("the share of the picture in its largest hot spot", "%"),
  t_grad_mean: level("the mean step from pixel to pixel", "°C/pixel"),
  t_grad_std: level("the spread of steps from pixel to pixel", "°C/pixel"),
  t_diff_mean: level("the mean change from picture to picture", "°C"),
  t_diff_std: level("the spread of changes from picture to picture", "°C"),
  flow_mag_mean: level("the mean movement from picture to picture", "pixel"),
  flow_mag_std: level("the spread of movements from picture to picture", "pixel"),
  tproxy_val: level("the picture's hot spot", "°C"),
  tproxy_delta: change("the picture's hot spot", {
    up: "has risen by",
    down: "has fallen by",
    unit: "°C",
    after: " in 10 s",
  }),
  tproxy_vel: change("the picture's hot spot", { up: "rises by", down: "falls by", unit: "°C/s" }),
  gas_val: level("CO2", "ppm"),
  gas_delta: change("CO2", { up: "has risen by", down: "has fallen by", unit: "ppm", after: " in 60 s" }),
  gas_vel: change("CO2", { up: "rises by", down: "falls by", unit: "ppm/s" }),
  r_area: level("the region's size", "pixel"),
  r_peak: level("the region's hottest pixel", "°C"),
  r_area_vel: change("the region", { up: "grows by", down: "shrinks by", unit: "pixel/s" }),
  r_peak_vel: change("the region", { up: "gets hotter by", down: "cools by", unit: "°C/s" }),
  r_move: change("the region", { up: "has moved by", down: "has moved by", unit: "pixel", after: " in 4 s" }),
  r_rise: change("the region", {
    up: "has gone up by",
    down: "has gone down by",
    unit: "pixel",
    after: " in 4 s",
  }),
  r_age: level("the region's age", "s"),
  r_flicker: share(
    "the flicker of the region's heat",
    (percent) => `the region's heat flickers by ${percent}`,
  ),
  r_area_flicker: share(
    "the flicker of the region's size",
    (percent) => `the region's size flickers by ${percent}`,
  ),
  r_overlap: share(
    "the part of the region that has stayed in place for a second",
    (percent) => `${percent} of the region has stayed in place for a second`,
  ),
  r_saturated: share(
    "the part of the region at 140 °C or more",
    (percent) => `${percent} of the region is at 140 °C or more`,
  ),
  r_aspect: {
    unit: "1",
    quantity: "the region's height over its width",
    say: (value) => `the region is ${digits(value)} times as high as wide`,
  },
  r_excess: level("the region's heat above its background", "K·pixel"),
  r_excess_vel: change("the region's heat above its background", {
    up: "rises by",
    down: "falls by",
    unit: "K·pixel/s",
  }),
};

/** What a feature says by its value, as a clause; absent values (NaN) are said to be unknown. */
export function sayFeature(name: string, value: number): string {
  const words = wordsOf(name);
  if (Number.isNaN(value)) return `${words.quantity} is not known`;
  return words.say(value);
}

/** Words for a feature by its name; a name of no schema stands for itself. */
export function wordsOf(name: string): FeatureWords {
  const known: Readonly<Record<string, FeatureWords>> = featureWords;
  return known[name] ?? level(name, "1");
}

function level(quantity: string, unit: string): FeatureWords {
  const behind = unit === "1" ? "" : ` ${unit}`;
  return { unit, quantity, say: (value) => `${quantity} is ${digits(value)}${behind}` };
}

function share(quantity: string, say: (percent: string) => string): FeatureWords {
  return { unit: "1", quantity, say: (value) => say(`${digits(100 * value)} %`) };
}

function change(
  subject: string,
  words: { readonly up: string; readonly down: string; readonly unit: string; readonly after?: string },
): FeatureWords {
  const { up, down, unit, after = "" } = words;
  return {
    unit,
    quantity: `how ${subject} ${up.replace(/ by$/, "")}`,
    say: (value) => `${subject} ${value < 0 ? down : up} ${digits(Math.abs(value))} ${unit}${after}`,
  };
}

/** A number with three digits that count, and no fraction from 100 on. */
function digits(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
