import { escaped, shown } from "../dataset/description-charts.ts";
import type { CalibrationCurve, RowCurves } from "./row-curves.ts";

const size = 300;
const margin = 34;
const plot = size - 2 * margin;
/** Colours of lines, told apart also by dashes. */
const lineClasses = 8;

interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Axes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Largest value of x; y always goes to 1. */
  readonly xMax: number;
  readonly kind: "line" | "steps";
}

/** The trade of found rows against false ones, one line for each score. */
export function rocChart(roc: RowCurves["roc"]): string {
  const lines = Object.entries(roc).map(([name, points]) => ({
    name,
    points: points.map(({ falseShare, trueShare }) => [falseShare, trueShare] as const),
  }));
  const axes = {
    title: "Rows found against rows falsely found, from first visible heat",
    x: "share of rows without fire",
    y: "share of rows with fire",
  };
  return chart({ ...axes, xMax: 1, kind: "line" }, lines);
}

/** What a head said against what came true. */
export function calibrationChart({ head, prior, positiveShare, bins }: CalibrationCurve): string {
  const points = bins.map(({ meanProbability, positiveShare }) => [meanProbability, positiveShare] as const);
  const axes = {
    title: `Calibration of ${head}: points hold equal shares of both classes; the dashed line is perfect. Calibrated where ${percent(prior)} of the rows are positive; here ${percent(positiveShare)} are, of seconds and not of regions`,
    x: "mean probability",
    y: "share that was so",
  };
  const ideal = [
    [0, 0],
    [1, 1],
  ] as const;
  return chart({ ...axes, xMax: 1, kind: "line" }, [
    { name: "said", points },
    { name: "perfect", points: ideal },
  ]);
}

/** Share of fires told of by a time. `episodes` is all of them, told or not. */
export function timeChart(
  title: string,
  lines: readonly { readonly name: string; readonly seconds: readonly number[]; readonly episodes: number }[],
): string {
  const xMax = Math.max(10, ...lines.flatMap(({ seconds }) => seconds));
  return chart(
    { title, x: "seconds", y: "share of fires", xMax, kind: "steps" },
    lines.map(({ name, seconds, episodes }) => ({
      name,
      points: [
        [0, seconds.filter((at) => at < 0).length / Math.max(1, episodes)] as const,
        ...seconds.map((at, k) => [Math.max(0, at), (k + 1) / Math.max(1, episodes)] as const),
        [xMax, seconds.length / Math.max(1, episodes)] as const,
      ],
    })),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function chart(axes: Axes, lines: readonly Line[]): string {
  const x = (value: number) => margin + (value / axes.xMax) * plot;
  const y = (value: number) => size - margin - value * plot;
  const drawn = lines.map(({ points }, k) => {
    const path = points.map(([px, py], i) => {
      const before = points[i - 1];
      const step =
        axes.kind === "steps" && before !== undefined
          ? `${x(px).toFixed(1)},${y(before[1]).toFixed(1)} `
          : "";
      return `${step}${x(px).toFixed(1)},${y(py).toFixed(1)}`;
    });
    return `<polyline class="curve c${k % lineClasses}" points="${path.join(" ")}"/>`;
  });
  const keys = lines.map(
    ({ name }, k) =>
      `<span class="key"><svg class="dash" viewBox="0 0 24 6"><line class="curve c${k % lineClasses}" x1="0" x2="24" y1="3" y2="3"/></svg>${escaped(name)}</span>`,
  );
  const ticks = [0, 0.5, 1].map(
    (share) =>
      `<text x="${x(share * axes.xMax)}" y="${size - margin + 14}" text-anchor="middle">${shown(share * axes.xMax)}</text><text x="${margin - 4}" y="${y(share) + 3}" text-anchor="end">${share}</text>`,
  );
  return `<figure><figcaption>${escaped(axes.title)}</figcaption><svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${escaped(axes.title)}"><rect class="frame" x="${margin}" y="${margin}" width="${plot}" height="${plot}"/>${drawn.join("")}${ticks.join("")}<text x="${size / 2}" y="${size - 4}" text-anchor="middle">${escaped(axes.x)}</text><text transform="translate(10,${size / 2}) rotate(-90)" text-anchor="middle">${escaped(axes.y)}</text></svg><div>${keys.join("")}</div></figure>`;
}
