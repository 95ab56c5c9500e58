import type { ComparedCase, Comparison } from "./compare-case.ts";
import { curvePlot } from "./curve-plot.ts";
import { notCompared } from "./not-compared.ts";
import { type ComparedKind, tolerances } from "./validation-case.ts";

/** How well one kind of quantity is met over all experiments. */
export interface KindSummary {
  readonly kind: ComparedKind;
  readonly tolerance: number;
  readonly count: number;
  readonly within: number;
  /** Mean of the relative errors, and their standard deviation; of what is reached in the simulation too. */
  readonly bias: number;
  readonly scatter: number;
}

/** Sums up all comparisons by kind. */
export function summaries(cases: readonly ComparedCase[]): readonly KindSummary[] {
  const all = cases.flatMap(({ comparisons }) => comparisons);
  return (Object.keys(tolerances) as ComparedKind[]).map((kind) => {
    const errors = all.filter((one) => one.kind === kind);
    const values = errors.map(({ relativeError }) => relativeError).filter(Number.isFinite);
    const bias = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - bias) ** 2, 0);
    return {
      kind,
      tolerance: tolerances[kind],
      count: errors.length,
      within: errors.filter(({ verdict }) => verdict === "pass").length,
      bias,
      scatter: Math.sqrt(squares / values.length),
    };
  });
}

/** The cells of one line of the table. */
export function tableCells(name: string, comparison: Comparison): readonly string[] {
  const { kind, unit, measured, simulated, relativeError, tolerance, verdict } = comparison;
  const digits = unit === "K" || unit === "s" ? 0 : 2;
  const figure = (value: number) => (Number.isFinite(value) ? `${value.toFixed(digits)} ${unit}` : "never");
  return [
    name,
    kind,
    figure(measured),
    figure(simulated),
    percent(relativeError),
    `±${Math.round(100 * tolerance)} %`,
    verdict,
  ];
}

/** Names of the columns of the table. */
export const tableHeader = [
  "experiment",
  "quantity",
  "measured",
  "simulated",
  "error",
  "tolerance",
  "verdict",
] as const;

/** A share as a signed percentage. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  return `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(0)} %`;
}

/** One self-contained web page: summary, where and why the simulation fails, all curves. */
export function reportPage(cases: readonly ComparedCase[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Validation of the fire physics</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: 0.2rem 0.7rem; border-bottom: 1px solid #ddd; font-variant-numeric: tabular-nums; }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; } figcaption { font-size: 13px; max-width: 330px; }
.fail { color: #b91c1c; font-weight: 600; }
</style>
<h1>Validation of the fire physics</h1>
<p>The simulation's two-zone room and, for heptane and furniture, its own fires, against what was measured in real rooms.
The size of each fire is given to it: by the burner's programme or setting, or by the measured heat release. Geometry and
materials are those of the experiments' documents; what had to be assumed is said at each case in the source. Tolerances
stand in <code>validation-case.ts</code>. Analysers dry their samples; simulated CO2 and oxygen are those of dry air too.
Curves: measured black, simulated orange. Layer heights are compared from 60 s on: before, the layer file's height follows
from temperatures that hardly differ.</p>
${summaryTable(cases)}
<h2>Where it fails, and why</h2>
<p>The reasons are our reading of the curves, not proven.</p>
${failures(cases)}
<h2>Not compared</h2>
<ul>${notCompared.map(([what, why]) => `<li>${escaped(what)}: ${escaped(why)}.</li>`).join("\n")}</ul>
<h2>All experiments</h2>
${cases.map(caseSection).join("\n")}
</html>
`;
}

function summaryTable(cases: readonly ComparedCase[]): string {
  const rows = summaries(cases).map(
    ({ kind, tolerance, count, within, bias, scatter }) =>
      `<tr><td>${kind}</td><td>±${Math.round(100 * tolerance)} %</td><td>${within} of ${count}</td><td>${percent(bias)}</td><td>${Math.round(100 * scatter)} %</td></tr>`,
  );
  return `<table><tr><th>quantity</th><th>tolerance</th><th>within</th><th>mean error</th><th>scatter</th></tr>${rows.join("")}</table>`;
}

function failures(cases: readonly ComparedCase[]): string {
  const byReason = new Map<string, string[]>();
  for (const { validationCase, comparisons } of cases)
    for (const { kind, verdict, relativeError } of comparisons) {
      if (verdict === "pass") continue;
      const reason = validationCase.missedBecause[kind] ?? "Not explained.";
      const what = `${validationCase.name} ${kind} (${percent(relativeError)})`;
      byReason.set(reason, [...(byReason.get(reason) ?? []), what]);
    }
  const items = [...byReason].map(
    ([reason, what]) => `<li>${escaped(reason)} <small>${escaped(what.join("; "))}.</small></li>`,
  );
  return `<ul>${items.join("\n")}</ul>`;
}

function caseSection(compared: ComparedCase): string {
  const { validationCase, comparisons, curves, missingOxygenKilograms: missing } = compared;
  const rows = comparisons.map((comparison) => {
    const cells = tableCells(validationCase.name, comparison).slice(1);
    const mark = comparison.verdict === "pass" ? "" : ' class="fail"';
    return `<tr${mark}>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  const plots = curves.map(
    (one) =>
      `<figure>${curvePlot(one)}<figcaption>${one.quantity.kind} (${escaped(one.quantity.instruments)})</figcaption></figure>`,
  );
  const lacks =
    missing > 0.01
      ? ` The heat stands for ${missing.toFixed(2)} kg of oxygen more than the modelled room had: that much burnt outside.`
      : "";
  const head = tableHeader
    .slice(1)
    .map((name) => `<th>${name}</th>`)
    .join("");
  return `<h3>${escaped(validationCase.name)}</h3><p>${escaped(validationCase.about)}. Size by ${escaped(validationCase.drivenBy)}.${lacks}</p><table><tr>${head}</tr>${rows.join("")}</table><div class="plots">${plots.join("\n")}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
