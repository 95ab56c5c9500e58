import type uPlot from "uplot";

/** One line of a chart. */
export interface ChartLine {
  /** Name of the custom property of the style sheet that holds its colour. */
  readonly colour: string;
  readonly scale: "left" | "right";
  readonly dash: readonly number[];
}

/** How a chart is drawn: its lines, and the least that each scale shows. */
export interface ChartLook {
  readonly lines: readonly ChartLine[];
  readonly left: ScaleLook;
  readonly right: ScaleLook | null;
}

/** Limits of one scale. */
export interface ScaleLook {
  /** Least span, so that noise does not fill the chart. */
  readonly spanMin: number;
  /** Limits that never move; null where the scale follows the data. */
  readonly fixed: readonly [number, number] | null;
}

/** What `chartOptions` builds from. */
export interface ChartOptionsInput {
  readonly look: ChartLook;
  readonly width: number;
  readonly height: number;
  readonly colourOf: (property: string) => string;
  readonly timeRange: () => [number, number];
  readonly onPoint: (index: number | null) => void;
}

const font = "11px system-ui, sans-serif";

/** Options of uPlot for one of our charts. */
export function chartOptions(input: ChartOptionsInput): uPlot.Options {
  const { look } = input;
  const text = input.colourOf("--text-muted");
  const grid = { stroke: input.colourOf("--line"), width: 1 };
  const axis = { stroke: text, font, grid, ticks: { show: false }, gap: 4 };
  const axes: uPlot.Axis[] = [
    { ...axis, size: 22, space: 70, values: (_, seconds) => seconds.map(minuteText) },
    { ...axis, scale: "left", size: 40, space: 26 },
  ];
  if (look.right !== null)
    axes.push({ ...axis, scale: "right", side: 1, size: 34, space: 26, grid: { show: false } });
  return {
    width: input.width,
    height: input.height,
    padding: [6, look.right === null ? 10 : 0, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: true, range: () => input.timeRange() },
      left: { range: rangeOf(look.left) },
      ...(look.right === null ? {} : { right: { range: rangeOf(look.right) } }),
    },
    axes,
    series: [
      {},
      ...look.lines.map((line) => ({
        scale: line.scale,
        stroke: input.colourOf(line.colour),
        width: 2,
        dash: [...line.dash],
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: { setCursor: [(plot) => input.onPoint(plot.cursor.idx ?? null)] },
  };
}

/** Limits of a scale for data from `low` to `high`: some room around it, and never narrower than the least span. */
export function scaleLimits(
  data: { readonly low: number; readonly high: number },
  look: ScaleLook,
): [number, number] {
  if (look.fixed !== null) return [look.fixed[0], look.fixed[1]];
  const span = Math.max(look.spanMin, (data.high - data.low) * 1.15);
  const middle = (data.low + data.high) / 2;
  return [middle - span / 2, middle + span / 2];
}

function rangeOf(look: ScaleLook): uPlot.Scale.Range {
  return (_plot: uPlot, low: number | null, high: number | null) =>
    scaleLimits({ low: low ?? 0, high: high ?? look.spanMin }, look);
}

function minuteText(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
