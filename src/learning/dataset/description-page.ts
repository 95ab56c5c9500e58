import type { CheatingReport, CheatingScore } from "./cheating-checks.ts";
import { labelNames, splitNames } from "./dataset-columns.ts";
import type { DatasetDescription } from "./describe-dataset.ts";
import { correlationChart, distributionChart, escaped, shown } from "./description-charts.ts";
import { strongestPairs, tailShare } from "./feature-distributions.ts";

/** A data set in one HTML page that loads nothing from anywhere. */
export function descriptionPage(description: DatasetDescription): string {
  const { card } = description;
  const sections = [
    section("What it is", factsOf(description)),
    section("Counts", countTables(description)),
    section("Can a model cheat?", cheatingPart(description.cheating)),
    section("Impossible rows", impossiblePart(description)),
    section("Duplicates and leaks between splits", leakPart(description)),
    section("Typical pictures", framePart(description)),
    section("Distribution of each feature by class", distributionPart(description)),
    section(
      "Correlations",
      `<p>Red: together. Blue: against each other. Point at a square for its number; the strongest stand below.</p>${correlationChart(description.correlated, description.correlations)}${strongestTable(description)}`,
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(card.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Data set: ${escaped(card.title)}</h1>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --text: light-dark(#1c1f24, #e6e8eb); --soft: light-dark(#59616b, #a3abb5); --ground: light-dark(#ffffff, #14171a); --edge: light-dark(#d5d9de, #363c43); --none: light-dark(#5b6b7c, #93a4b5); --flaming: light-dark(#c8102e, #ff6b70); --slow-heat: light-dark(#a35a00, #ffb454); --hidden: light-dark(#6a3fb5, #b79bff); --good: light-dark(#1a6e2e, #6fd08c); }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; } th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; } td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.number + td:not(.number) { white-space: nowrap; } .wide + .wide { margin-top: 1rem; }
code { overflow-wrap: anywhere; }
small, .soft { color: var(--soft); }
.charts, .frames { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem; }
.frames { grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); }
figure { margin: 0; } figcaption { font-size: 0.85rem; overflow-wrap: anywhere; }
.frames img { width: 100%; height: auto; image-rendering: pixelated; display: block; }
svg { width: 100%; height: auto; display: block; } svg text { fill: var(--soft); font-size: 11px; }
svg.square { min-width: 42rem; max-width: 48rem; }
.axis { stroke: var(--edge); } .line { fill: none; stroke-width: 1.6; }
${labelNames.map((label) => `.line.${label} { stroke: var(--${label}); } .key.${label} { color: var(--${label}); }`).join("\n")}
.line.slow-heat { stroke-dasharray: 6 2; } .line.hidden { stroke-dasharray: 2 2; } .key { border-bottom: 2px solid; } .key.slow-heat { border-bottom-style: dashed; } .key.hidden { border-bottom-style: dotted; }
.with { fill: var(--flaming); } .against { fill: light-dark(#1560bd, #6db3ff); }
.key { font-weight: 600; margin-right: 1rem; }
.passed { color: var(--good); font-weight: 600; } .failed { color: var(--flaming); font-weight: 600; }
`;

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

interface Column {
  readonly title: string;
  readonly kind: "word" | "number";
}

function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const tag = (name: "th" | "td", cells: readonly string[]) =>
    `<tr>${cells.map((cell, k) => `<${name}${columns[k]?.kind === "number" ? ' class="number"' : ""}>${cell}</${name}>`).join("")}</tr>`;
  const head = tag(
    "th",
    columns.map(({ title }) => title),
  );
  return `<div class="wide" tabindex="0"><table><thead>${head}</thead><tbody>${rows.map((row) => tag("td", row)).join("")}</tbody></table></div>`;
}

function words(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title, kind: "word" }));
}

function numbers(...titles: readonly string[]): readonly Column[] {
  return titles.map((title) => ({ title, kind: "number" }));
}

function factsOf({ card }: DatasetDescription): string {
  const made =
    card.origin === "simulation"
      ? `Rendered by emberwatch ${escaped(card.softwareVersion)}, physics version ${escaped(String(card.physicsVersion))}, seed ${card.seed}, fold ${card.fold}.`
      : `Imported by emberwatch ${escaped(card.softwareVersion)}.`;
  return `<p>${made} ${card.rows} rows (one a second) of ${card.episodes} episodes; ${card.maskedEpisodes} of them under an operator's mask; ${card.blindSeconds} seconds without a valid picture have no row.</p>
<p><b>Labels.</b> ${escaped(card.labelRule)}</p><p><b>Splits.</b> ${escaped(card.splitRule)}</p><p><b>Which episodes.</b> ${escaped(card.samplingPlan)}</p>
<p><b>Known gaps.</b></p><ul>${card.knownGaps.map((gap) => `<li>${escaped(gap)}</li>`).join("")}</ul>
<p class="soft">Licence: ${escaped(card.licence)}<br>SHA-256 of the content: <code>${escaped(card.contentSha256)}</code></p>`;
}

function countTables({ card }: DatasetDescription): string {
  const bySplit = table(
    [...words("split"), ...numbers("episodes", ...labelNames)],
    splitNames.map((split) => [
      split,
      String(card.episodesBySplit[split] ?? 0),
      ...labelNames.map((label) => String(card.rowsBySplit[split]?.[label] ?? 0)),
    ]),
  );
  const byScenario = table(
    [
      ...words("scenario", "family", "split", "rooms"),
      ...numbers("episodes", "twins", "rows", ...labelNames),
    ],
    card.scenarios.map((one) => [
      escaped(one.scenario),
      escaped(one.family),
      one.split,
      escaped(one.rooms.join(", ")),
      String(one.episodes),
      String(one.unlitTwins),
      String(one.rows),
      ...labelNames.map((label) => String(one.labels[label] ?? 0)),
    ]),
  );
  return `${bySplit}${byScenario}`;
}

function cheatingPart(report: CheatingReport | null): string {
  if (report === null)
    return "<p>Imported rows do not say what would have happened: this cannot be asked of them.</p>";
  const telling =
    report.mostTelling === null || report.mostTelling.auc === 0.5
      ? ""
      : ` The feature that tells most of fires from twins before ignition is ${escaped(report.mostTelling.feature)}: AUC ${shown(report.mostTelling.auc)}.`;
  const rows = report.scores.map((score) => [
    `<span class="${score.verdict}">${verdictWords[score.verdict]}</span>`,
    escaped(score.question),
    score.sees,
    shown(score.auc),
    Number.isFinite(score.low) ? `${shown(score.low)} – ${shown(score.high)}` : "–",
    String(score.rows),
    String(score.groups),
  ]);
  return `<p>Area under the curve of probes that see only what should tell nothing; .5 is nothing. Each half of the episodes is judged by a probe that has learnt from the other half; 99 % intervals by resampling whole episodes or pairs. ${report.equalTwinSeconds} of ${report.twinSeconds} seconds before ignition are equal in every feature in a fire and its unlit twin.${telling}</p>${table([...words("answer", "question", "the probe sees"), ...numbers("AUC", "99 %", "rows", "groups")], rows)}`;
}

const verdictWords: Readonly<Record<CheatingScore["verdict"], string>> = {
  passed: "tells nothing",
  failed: "tells something",
  told: "for comparison: a model has to beat it",
  "too-few": "too few episodes to say",
};

function impossiblePart({ impossible }: DatasetDescription): string {
  if (impossible.rows === 0) return "<p>None.</p>";
  return `<p>${impossible.rows} rows break a rule that every measured row keeps.</p>${table(
    [...words("what is wrong"), ...numbers("rows")],
    impossible.byRule.map(({ what, rows }) => [escaped(what), String(rows)]),
  )}`;
}

function leakPart({ leaks, card }: DatasetDescription): string {
  const list = (names: readonly string[]) => (names.length === 0 ? "none" : escaped(names.join(", ")));
  const rooms = card.roomRule === "templates" ? "" : ` (room rule: ${escaped(card.roomRule ?? "none")})`;
  return table(words("what", "found"), [
    ["rows equal to one of another split", String(leaks.duplicatesAcrossSplits)],
    ["rows equal to an earlier one of the same pair, as before ignition", String(leaks.duplicatesInPair)],
    ["rows equal to an earlier one elsewhere in the split", String(leaks.duplicatesElsewhere)],
    ["episodes in two splits", list(leaks.episodesInTwoSplits)],
    ["pairs in two splits", list(leaks.pairsInTwoSplits)],
    ["families in two splits", list(leaks.familiesInTwoSplits)],
    [`kinds of rooms in two splits${rooms}`, list(leaks.roomsInTwoSplits)],
  ]);
}

function framePart({ frames, card }: DatasetDescription): string {
  if (frames.length === 0)
    return card.origin === "simulation"
      ? "<p>No pictures: they were not asked for, or the data set was made with another version of the physics.</p>"
      : "<p>Imported rows have no pictures.</p>";
  const figures = frames.map(
    ({ title, png }) =>
      `<figure><img width="160" height="120" alt="${escaped(title)}" src="data:image/png;base64,${Buffer.from(png).toString("base64")}"><figcaption>${escaped(title)}</figcaption></figure>`,
  );
  return `<p>Rendered again from scenario, room and seed; each picture from its coldest (black) to its hottest point (white).</p><div class="frames">${figures.join("")}</div>`;
}

function distributionPart({ distributions }: DatasetDescription): string {
  const keys = labelNames.map((label) => `<span class="key ${label}">${label}</span>`).join("");
  return `<p>${keys}<small>each class by itself: its fullest bar reaches the top; the range holds all rows but ${100 * tailShare} % at each end, which count in the outermost bars</small></p><div class="charts">${distributions.map(distributionChart).join("")}</div>`;
}

/** Pairs in the table below the chart, which can be read where nobody can point at a square. */
const pairsShown = 12;

function strongestTable({ correlated, correlations }: DatasetDescription): string {
  return table(
    [...numbers("r"), ...words("feature", "and")],
    strongestPairs(correlated, correlations, pairsShown).map(({ one, other, correlation }) => [
      correlation.toFixed(2),
      escaped(one),
      escaped(other),
    ]),
  );
}
