import type { Comparison } from "./compare-case.ts";

const width = 330;
const height = 170;
const left = 44;
const bottom = 24;
const top = 8;
const right = 8;
const measuredColour = "#1a1a1a";
const simulatedColour = "#c2410c";

/** Measured (black) and simulated (orange) curve of one comparison as an SVG picture. */
export function curvePlot(comparison: Comparison): string {
  const { seconds, measured, simulated, quantity } = comparison;
  const values = [...measured, ...simulated].filter(Number.isFinite);
  const low = Math.min(0, ...values);
  const high = Math.max(1e-9, ...values);
  const end = seconds.at(-1) ?? 1;
  const x = (at: number) => left + ((width - left - right) * at) / end;
  const y = (value: number) => height - bottom - ((height - bottom - top) * (value - low)) / (high - low);
  const line = (curve: readonly number[], colour: string) => {
    const points = curve.map((value, i) => `${x(seconds[i] ?? 0).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.join(" ")}"/>`;
  };
  const text = (at: { x: number; y: number; anchor: string }, content: string) =>
    `<text x="${at.x}" y="${at.y}" text-anchor="${at.anchor}" font-size="10" fill="#555">${content}</text>`;
  const axes = `M${left},${top}V${height - bottom}H${width - right}`;
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${quantity.kind}, measured and simulated">`,
    `<path d="${axes}" fill="none" stroke="#999"/>`,
    text({ x: left - 4, y: y(high) + 8, anchor: "end" }, label(high)),
    text({ x: left - 4, y: y(low), anchor: "end" }, label(low)),
    text({ x: width - right, y: height - 8, anchor: "end" }, `${Math.round(end)} s`),
    text({ x: left, y: height - 8, anchor: "start" }, quantity.unit),
    line(measured, measuredColour),
    line(simulated, simulatedColour),
    "</svg>",
  ].join("");
}

function label(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
