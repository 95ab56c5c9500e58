import { labelNames } from "./dataset-columns.ts";
import type { FeatureDistribution } from "./feature-distributions.ts";

const chartWidth = 240;
const chartHeight = 90;
const plotTop = 8;
const axisHeight = 16;

/** Text that is safe inside HTML and SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** A number as a person reads it: four digits. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return String(Number(value.toPrecision(4)));
}

/** Histograms of one feature, a line for each class; each class's line is as high as its own fullest bar. */
export function distributionChart(one: FeatureDistribution): string {
  const floor = chartHeight - axisHeight;
  const lines = one.shares.map((shares, label) => {
    if (shares === null) return "";
    const most = Math.max(...shares);
    const points = shares.map((share, bin) => {
      const x = ((bin + 0.5) / shares.length) * chartWidth;
      const y = floor - (share / most) * (floor - plotTop);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    return `<polyline class="line ${labelNames[label]}" points="${points.join(" ")}"/>`;
  });
  const beyond = one.beyondShare > 0 ? ` <small>beyond ${shown(100 * one.beyondShare)} %</small>` : "";
  const absent = one.absentShare > 0 ? ` <small>absent ${shown(100 * one.absentShare)} %</small>` : "";
  return `<figure><figcaption>${escaped(one.name)}${absent}${beyond}</figcaption><svg viewBox="0 0 ${chartWidth} ${chartHeight}" role="img" aria-label="Distribution of ${escaped(one.name)} by class"><line class="axis" x1="0" x2="${chartWidth}" y1="${floor}" y2="${floor}"/>${lines.join("")}<text x="0" y="${chartHeight - 3}">${shown(one.low)}</text><text x="${chartWidth}" y="${chartHeight - 3}" text-anchor="end">${shown(one.high)}</text></svg></figure>`;
}

const cellSize = 14;
const nameSpace = 150;

/** A square of correlations: blue for −1, red for 1, nothing for 0. */
export function correlationChart(
  names: readonly string[],
  correlations: readonly (readonly number[])[],
): string {
  const size = nameSpace + names.length * cellSize;
  const rows = names.map((name, i) => {
    const y = nameSpace + i * cellSize;
    const cells = correlations[i]!.map((value, j) => {
      const strength = Number.isNaN(value) ? 0 : Math.abs(value);
      const x = nameSpace + j * cellSize;
      return `<rect class="${value < 0 ? "against" : "with"}" x="${x}" y="${y}" width="${cellSize - 1}" height="${cellSize - 1}" fill-opacity="${strength.toFixed(2)}"><title>${escaped(name)} and ${escaped(names[j]!)}: ${shown(value)}</title></rect>`;
    });
    const label = `<text x="${nameSpace - 4}" y="${y + cellSize - 4}" text-anchor="end">${escaped(name)}</text>`;
    const x = nameSpace + i * cellSize + cellSize - 4;
    const above = `<text transform="translate(${x},${nameSpace - 4}) rotate(-90)">${escaped(name)}</text>`;
    return label + above + cells.join("");
  });
  return `<div class="wide" tabindex="0"><svg class="square" viewBox="0 0 ${size} ${size}" role="img" aria-label="Correlations between features">${rows.join("")}</svg></div>`;
}
