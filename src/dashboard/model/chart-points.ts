import { floorToSecondMicros, microsPerSecond } from "#core/time.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import type { History } from "#wire/hub-api.ts";

/** One moment in the charts; absent values are null, which leaves a gap in the line. */
export type ChartPoint = History["points"][number];

/** The charts show this much. */
export const chartSpanMicros = 15 * 60 * microsPerSecond;
/** One a second and some to spare; the oldest go first. */
export const chartPointsMax = 1_000;
/** A longer pause than this is drawn as a gap, never bridged. */
const bridgedMaxMicros = 8 * microsPerSecond;

/** A second of telemetry as a moment in the charts. */
export function chartPointOf(telemetry: TelemetryMessage): ChartPoint {
  return {
    atMicros: telemetry.atMicros,
    hottestCelsius: telemetry.hottest?.celsius ?? null,
    co2Ppm: telemetry.co2Ppm,
    airTemperatureCelsius: telemetry.airTemperatureCelsius,
    humidityPercent: telemetry.humidityPercent,
    nearness: telemetry.nearness,
  };
}

/** Adds a newer moment; one that is not newer changes nothing. */
export function withPoint(points: readonly ChartPoint[], point: ChartPoint): readonly ChartPoint[] {
  const newest = points.at(-1);
  return newest !== undefined && point.atMicros <= newest.atMicros ? points : bounded([...points, point]);
}

/** Fills the seconds the page has not seen itself from the hub's history. */
export function withHistory(
  points: readonly ChartPoint[],
  history: readonly ChartPoint[],
): readonly ChartPoint[] {
  const seen = new Set(points.map((point) => floorToSecondMicros(point.atMicros)));
  const missed = history.filter((point) => !seen.has(floorToSecondMicros(point.atMicros)));
  return bounded([...missed, ...points].sort((a, b) => a.atMicros - b.atMicros));
}

function bounded(points: readonly ChartPoint[]): readonly ChartPoint[] {
  const newest = points.at(-1)?.atMicros ?? 0;
  return points.filter((point) => point.atMicros > newest - chartSpanMicros).slice(-chartPointsMax);
}

/** The measured values of a moment. */
export type ChartKey = Exclude<keyof ChartPoint, "atMicros">;

/** Columns as the chart draws them: seconds since the epoch, then one column for each key. */
export type ChartColumns = [number[], ...(number | null)[][]];

/** Turns moments into columns, with an empty moment in every pause, so that no line bridges it. */
export function chartColumns(points: readonly ChartPoint[], keys: readonly ChartKey[]): ChartColumns {
  const seconds: number[] = [];
  const columns: (number | null)[][] = keys.map(() => []);
  let previousMicros = Number.NaN;
  for (const point of points) {
    if (point.atMicros - previousMicros > bridgedMaxMicros) {
      seconds.push(previousMicros / microsPerSecond + 1);
      for (const column of columns) column.push(null);
    }
    seconds.push(point.atMicros / microsPerSecond);
    for (const [index, key] of keys.entries()) columns[index]!.push(point[key]);
    previousMicros = point.atMicros;
  }
  return [seconds, ...columns];
}
