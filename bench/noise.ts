import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { median } from "#support/noise-statistics.ts";
import { realStillFrames, simulatedStillFrames } from "./noise-clips.ts";
import { featureValues, type NoiseFigure, noiseFigures } from "./noise-figures.ts";

/** So many simulated units are compared with the one real unit. */
const units = 8;

const nameWidth = 46;
const columnWidth = 12;

function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

function line(name: string, cells: readonly string[]): string {
  return `${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`;
}

interface Compared {
  readonly name: string;
  readonly real: number | null;
  readonly simulated: readonly number[];
}

/** The real value is beyond what the simulated units show. */
function differs({ real, simulated }: Compared): boolean {
  return real !== null && (real < Math.min(...simulated) || real > Math.max(...simulated));
}

function print(compared: Compared): void {
  const { name, real, simulated } = compared;
  const cells = [real === null ? "–" : digits(real), ...spread(simulated)];
  console.log(line(name, cells) + (differs(compared) ? "  differs" : ""));
}

function spread(values: readonly number[]): readonly string[] {
  return [digits(median(values)), digits(Math.min(...values)), digits(Math.max(...values))];
}

function label({ name, unit }: NoiseFigure): string {
  return unit === "" ? name : `${name} [${unit}]`;
}

function compareNoise(
  real: readonly ThermalFrame[] | null,
  clips: readonly (readonly ThermalFrame[])[],
): void {
  console.log(line("noise of still frames", ["real", "simulated", "least", "most"]));
  const realFigures = real === null ? null : noiseFigures(real);
  const figures = clips.map(noiseFigures);
  for (const [i, figure] of figures[0]!.entries())
    print({
      name: label(figure),
      real: realFigures === null ? null : realFigures[i]!.value,
      simulated: figures.map((one) => one[i]!.value),
    });
}

function compareFeatures(
  real: readonly ThermalFrame[] | null,
  clips: readonly (readonly ThermalFrame[])[],
): void {
  console.log(`\n${line("features of still frames, median second", ["real", "simulated", "least", "most"])}`);
  const realValues = real === null ? null : featureValues(real);
  const values = clips.map(featureValues);
  for (const name of values[0]!.keys()) {
    const one = realValues?.get(name);
    print({
      name,
      real: one === undefined ? null : median(one),
      simulated: values.map((clip) => median(clip.get(name) ?? [Number.NaN])),
    });
  }
}

const real = await realStillFrames();
if (real === null)
  console.log("The real clip is absent: set EMBERWATCH_RECORDINGS. Simulated units alone:\n");
const clips = Array.from({ length: units }, (_, i) => simulatedStillFrames(i + 1));
console.log(`${units} simulated units, ${clips[0]!.length} frames of a plain wall each.\n`);
compareNoise(real, clips);
compareFeatures(real, clips);
