import { escaped } from "../dataset/description-charts.ts";
import { type HeldOutFamily, type HeldOutVariant, holdOutRounds } from "./family-hold-out.ts";

/** A comparison of inputs by families held out. Plain JSON; written beside the page. */
export interface HoldOutReport {
  readonly format: "emberwatch-hold-out/1";
  readonly data: { readonly path: string; readonly sha256: string };
  readonly seed: number;
  readonly variants: readonly HeldOutVariant[];
}

/** What a choice of inputs is called. */
export function inputsText({ schema, sceneLevels }: HeldOutVariant): string {
  return `${schema}, scene levels ${sceneLevels}`;
}

/** The comparison in one HTML page that loads nothing from anywhere. */
export function holdOutPage(report: HoldOutReport): string {
  const heads = [...new Set(report.variants.map(({ head }) => head))];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Families held out</title>
<style>body { margin: 1rem auto; max-width: 80rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color-scheme: light dark; } div { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; } th, td { padding: 0.2rem 0.6rem; text-align: left; border-bottom: 1px solid #8888; font-variant-numeric: tabular-nums; } code { overflow-wrap: anywhere; }</style>
</head>
<body>
<h1>Families held out</h1>
<p>Training and validation of ${escaped(report.data.path)} (<code>${report.data.sha256}</code>), seed ${report.seed}: families are left out in turn, and each row is answered by boosting alone (${holdOutRounds} rounds) that has not seen its family. The test split plays no part. A cell: ROC AUC by row / by episode, and the episodes answered yes at the threshold of the inputs: found of a fire, false of all else.</p>
${heads.map((head) => headPart(report, head)).join("\n")}
</body>
</html>
`;
}

function headPart({ variants }: HoldOutReport, head: HeldOutVariant["head"]): string {
  const own = variants.filter((variant) => variant.head === head);
  const names = ["fire", "no fire"].flatMap((kind) =>
    [
      ...new Set(
        own.flatMap(({ families }) =>
          families.filter((one) => one.kind === kind).map(({ family }) => family),
        ),
      ),
    ].map((family) => ({ kind, family })),
  );
  const rows = names.map(({ kind, family }) => [
    `${kind}: ${family}`,
    ...own.map(({ families }) => cell(families.find((one) => one.kind === kind && one.family === family))),
  ]);
  const all = ["all", ...own.map((one) => `${area(one.rocAucByRow)} / ${area(one.rocAucByEpisode)}`)];
  const limits = ["threshold", ...own.map(({ threshold }) => threshold.toFixed(3))];
  const line = (tag: "th" | "td", cells: readonly string[]) =>
    `<tr>${cells.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("")}</tr>`;
  return `<h2>${head}</h2><div><table>${line("th", ["family", ...own.map(inputsText)])}${[all, limits, ...rows].map((cells) => line("td", cells)).join("")}</table></div>`;
}

function cell(one: HeldOutFamily | undefined): string {
  if (one === undefined) return "–";
  return `${area(one.rocAucByRow)} / ${area(one.rocAucByEpisode)}; ${one.answeredYes} of ${one.episodes}`;
}

function area(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(4);
}
