import type { ComparedCurves } from "./compare-case.ts";

const width = 330;
const height = 180;
const left = 48;
const bottom = 34;
const top = 16;
const right = 18;
const ticksMax = 5;
/** What goes beyond the last tick by less than this share of a step needs no further one. */
const tickSlack = 0.05;
const measuredColour = "#1a1a1a";
const simulatedColour = "#c2410c";

/** Measured (black) and simulated (orange) curve of one quantity as an SVG picture. */
export function curvePlot({ seconds, measured, simulated, quantity }: ComparedCurves): string {
  const values = [...measured, ...simulated].filter(Number.isFinite);
  const heights = ticks(Math.min(0, ...values), Math.max(0, ...values));
  const times = ticks(0, seconds.at(-1) ?? 1);
  const [low, high] = [heights[0]!, heights.at(-1)!];
  const end = times.at(-1)!;
  const x = (at: number) => left + ((width - left - right) * at) / end;
  const y = (value: number) => height - bottom - ((height - bottom - top) * (value - low)) / (high - low);
  const line = (curve: readonly number[], colour: string) => {
    const points = curve.flatMap((value, i) =>
      Number.isFinite(value) ? [`${x(seconds[i] ?? 0).toFixed(1)},${y(value).toFixed(1)}`] : [],
    );
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.join(" ")}"/>`;
  };
  const text = (at: { x: number; y: number; anchor: string }, content: string) =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" text-anchor="${at.anchor}" font-size="10" fill="#555">${content}</text>`;
  const grid = [
    ...heights.map((value) => `M${left - 3},${y(value).toFixed(1)}H${width - right}`),
    ...times.map((at) => `M${x(at).toFixed(1)},${height - bottom + 3}V${top}`),
  ].join("");
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${quantity.kind}, measured and simulated">`,
    `<path d="${grid}" fill="none" stroke="#ddd"/>`,
    ...heights.map((value) => text({ x: left - 6, y: y(value) + 3, anchor: "end" }, label(value))),
    ...times.map((at) => text({ x: x(at), y: height - bottom + 14, anchor: "middle" }, label(at))),
    text({ x: left - 6, y: top - 6, anchor: "end" }, quantity.unit),
    text({ x: width - right, y: height - 6, anchor: "end" }, "seconds"),
    line(measured, measuredColour),
    line(simulated, simulatedColour),
    "</svg>",
  ].join("");
}

/** Round numbers, evenly spaced by 1, 2 or 5 times a power of ten, that hold everything from low to high. */
function ticks(low: number, high: number): readonly number[] {
  const span = Math.max(1e-9, high - low);
  const power = 10 ** Math.floor(Math.log10(span / ticksMax));
  const step = power * ([1, 2, 5, 10].find((one) => span / (one * power) <= ticksMax) ?? 10);
  const first = Math.floor(low / step + tickSlack);
  const last = Math.max(first + 1, Math.ceil(high / step - tickSlack));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function label(value: number): string {
  return String(Number(value.toPrecision(6)));
}
