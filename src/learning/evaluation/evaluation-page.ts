import { escaped } from "../dataset/description-charts.ts";
import type { ArmFigures, FireClass, TimeFigures } from "./alarm-figures.ts";
import type { Interval } from "./episode-bootstrap.ts";
import { installedArm, rulesArm, strangerArm } from "./evaluation-arms.ts";
import { calibrationChart, rocChart, timeChart } from "./evaluation-charts.ts";
import type { EvaluationReport, FireGroup } from "./evaluation-report.ts";
import { eventRates } from "./event-rates.ts";
import { importanceChart } from "./feature-importance.ts";
import { type RowQuestion, rowQuestions } from "./row-figures.ts";

/** An evaluation in one HTML page that loads nothing from anywhere. */
export function evaluationPage(report: EvaluationReport): string {
  const sections = [
    section("What was judged", judgedPart(report)),
    section("Goals", goalsPart(report)),
    section("Fires: found, and how soon", firesPart(report)),
    section("No fire: false alarms", quietPart(report)),
    section("By nuisance family", familiesPart(report)),
    section("Fires by family, scenario, distance and drawing", groupsPart(report)),
    section("By row and by episode", rowsPart(report)),
    section("What the model goes by", importancePart(report)),
    section("What went wrong", wrongPart(report)),
    section("The table of events", eventsPart()),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Evaluation: ${escaped(report.packages[0]?.name ?? "")}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Evaluation of ${escaped(report.packages.map(({ name }) => name).join(" beside "))}</h1>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --text: light-dark(#1c1f24, #e6e8eb); --soft: light-dark(#59616b, #a3abb5); --ground: light-dark(#ffffff, #14171a); --edge: light-dark(#d5d9de, #363c43); --good: light-dark(#1a6e2e, #6fd08c); --bad: light-dark(#c8102e, #ff6b70); }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; } th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; }
td + td, th + th { font-variant-numeric: tabular-nums; }
code { overflow-wrap: anywhere; } .soft { color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; }
figure { margin: 0; } figcaption { font-size: 0.85rem; } svg { width: 100%; height: auto; display: block; } svg text { fill: var(--soft); font-size: 10px; }
.frame { fill: none; stroke: var(--edge); } .key { font-size: 0.8rem; margin-right: 0.8rem; white-space: nowrap; } svg.dash { display: inline-block; width: 1.6rem; height: 0.5rem; margin-right: 0.3rem; }
.curve { fill: none; stroke-width: 1.8; }
.c0 { stroke: light-dark(#c8102e, #ff6b70); } .c1 { stroke: light-dark(#1560bd, #6db3ff); stroke-dasharray: 6 2; } .c2 { stroke: light-dark(#1a6e2e, #6fd08c); stroke-dasharray: 2 2; } .c3 { stroke: light-dark(#a35a00, #ffb454); stroke-dasharray: 8 2 2 2; } .c4 { stroke: light-dark(#6a3fb5, #b79bff); stroke-dasharray: 4 4; } .c5 { stroke: light-dark(#5b6b7c, #93a4b5); } .c6 { stroke: light-dark(#0f7c80, #5ad1d6); stroke-dasharray: 1 2; } .c7 { stroke: light-dark(#7a5230, #d3a98a); stroke-dasharray: 10 3; }
.met { color: var(--good); font-weight: 600; } .not-met { color: var(--bad); font-weight: 600; }
`;

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (name: "th" | "td", cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${name}>${cell}</${name}>`).join("")}</tr>`;
  return `<div class="wide"><table><thead>${line("th", head)}</thead><tbody>${rows.map((row) => line("td", row)).join("")}</tbody></table></div>`;
}

function judgedPart(report: EvaluationReport): string {
  const { counts } = report;
  const packages = report.packages.map(
    (one) =>
      `<p><b>${escaped(one.name)}</b> (<code>${one.hash}</code>), features <code>${escaped(one.schema)}</code>, trained with seed ${one.seed} by emberwatch ${escaped(one.version)} on ${one.data.rows} rows of ${one.data.episodes} episodes (<code>${one.data.hash.slice(0, 16)}…</code>).</p>${table(
        ["head", "threshold", "prior", "members and weights"],
        one.heads.map((head) => [
          `${head.name} ${head.modality}`,
          head.threshold.toFixed(3),
          percent(head.prior),
          escaped(head.members.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`).join(", ")),
        ]),
      )}`,
  );
  const warnings = report.warnings.map((one) => `<li class="not-met">${escaped(one)}</li>`).join("");
  return `<p>${escaped(report.what)}. ${counts.episodes} episodes, ${counts.hours.toFixed(1)} hours: ${counts.fires.flaming} visible flaming fires (at least 20 s of flames in view), ${counts.fires["slow heat"]} slow ones, ${counts.fires.hidden} hidden or occluded, ${counts.fires["too short"]} whose visible part is too short to judge; ${counts.unlitTwins} unlit twins, ${counts.nuisances} nuisances, ${counts.quiet} quiet. All rendered; ${report.isHoldOut ? "none was used to learn or to choose anything" : "<b>no hold-out</b>: what is said below of these episodes tells why"}.</p>${warnings === "" ? "" : `<ul>${warnings}</ul>`}${packages.join("")}`;
}

function goalsPart({ goals }: EvaluationReport): string {
  return table(
    ["goal", "found", ""],
    goals.map(({ goal, found, isMet }) => [
      escaped(goal),
      escaped(found),
      isMet === null
        ? "too little was judged to say"
        : `<span class="${isMet ? "met" : "not-met"}">${isMet ? "met" : "not met"}</span>`,
    ]),
  );
}

const classes: readonly FireClass[] = ["flaming", "slow heat", "hidden", "too short"];

/** An arm's name, and what is missing in it. */
function armName({ rulesOnlyArms }: EvaluationReport, arm: string): string {
  return escaped(rulesOnlyArms.includes(arm) ? `${arm} (no head for these sensors: the rules alone)` : arm);
}

/** Arms that have no figures, as a sentence; empty when there is none. */
function headlessText({ headlessArms }: EvaluationReport): string {
  return headlessArms.length === 0
    ? ""
    : `<p class="soft">Without figures, because the package has no such head: ${escaped(headlessArms.join("; "))}.</p>`;
}

function firesPart(report: EvaluationReport): string {
  const { arms } = report;
  const parts = classes.flatMap((name) => {
    if ((arms[0]?.fires[name].episodes ?? 0) === 0) return [];
    const rows = arms.map(({ arm, fires }) => {
      const one = fires[name];
      return [
        armName(report, arm),
        `${one.alarmed} of ${one.episodes}`,
        `${one.missed} (≤ ${percent(one.missedShareUpper)})`,
        String(one.unnoticed),
        String(one.alarmedBefore),
        times(one.prealarmAfterIgnition),
        times(one.prealarmAfterVisible),
        times(one.alarmAfterIgnition),
        times(one.alarmAfterVisible),
      ];
    });
    const since = name === "flaming" ? "first flame" : "first visible heat";
    return [
      `<h3>${name}</h3>${table(["detector", "alarmed", "no alarm (95 %)", "neither prealarm nor alarm", "alarm before the fire", "prealarm after ignition", `prealarm after ${since}`, "alarm after ignition", `alarm after ${since}`], rows)}`,
    ];
  });
  const chartOf = (name: FireClass, which: "alarmAfterVisible" | "prealarmAfterIgnition", title: string) =>
    timeChart(
      title,
      arms
        .filter(({ arm }) =>
          [installedArm, strangerArm, rulesArm, "model alone", "thermal only: rules + model"].includes(arm),
        )
        .map(({ arm, fires }) => ({
          name: arm,
          seconds: fires[name][which].seconds,
          episodes: fires[name].episodes,
        })),
    );
  return `<p class="soft">Times in seconds, median / p95 over all fires; one that is never told of counts as infinitely late. What was told of before it showed has a negative time. Nobody acknowledges anything, so a prealarm becomes an alarm after ten minutes.</p>${headlessText(report)}${parts.join("")}<div class="charts">${chartOf("flaming", "alarmAfterVisible", "Flaming fires: alarm after the first visible flame")}${chartOf("slow heat", "prealarmAfterIgnition", "Slow fires: prealarm after ignition")}</div>`;
}

function quietPart(report: EvaluationReport): string {
  const { arms } = report;
  const rows = arms.map((one) => [
    armName(report, one.arm),
    share(one.nuisances),
    share(one.coldNuisances),
    share(one.withoutFire),
    `${one.withoutFire.alarmsPerCameraDay.toFixed(2)} (≤ ${one.withoutFire.alarmsPerCameraDayUpper.toFixed(2)})`,
    `${one.alarmsPerCameraYear.perCameraYear.toFixed(2)} (≤ ${one.alarmsPerCameraYear.upper.toFixed(1)})`,
    `${one.prealarmsPerCameraYear.perCameraYear.toFixed(1)} (≤ ${one.prealarmsPerCameraYear.upper.toFixed(1)})`,
  ]);
  const [first] = arms;
  const unjudged = first?.alarmsPerCameraYear.unjudgedFamilies ?? [];
  return `<p class="soft">In brackets the 95 % upper bound. A camera-day here is a day of nothing but staged nuisances, which no camera ever has; a camera-year is weighed by the table of events below. ${unjudged.length === 0 ? "" : `Families of the table that were not judged and are not in the figures by year: ${escaped(unjudged.join(", "))}.`}</p>${headlessText(report)}${table(["detector", "nuisances alarming", "of them without a hot process", "all without fire", "alarms per camera-day as staged", "alarms per camera-year", "prealarms per camera-year"], rows)}`;
}

function share(one: ArmFigures["nuisances"]): string {
  return `${one.alarmed} of ${one.episodes} (≤ ${percent(one.alarmedShareUpper)})`;
}

function familiesPart({ arms }: EvaluationReport): string {
  const shownArms = [installedArm, strangerArm, rulesArm, "model alone"];
  const chosen = arms.filter(({ arm }) => shownArms.includes(arm));
  const families = chosen[0]?.families ?? [];
  const worth = new Map(
    arms[0]?.alarmsPerCameraYear.families.map(({ family, cameraYears }) => [
      family,
      cameraYears.toPrecision(2),
    ]) ?? [],
  );
  const yearly = arms[0]?.alarmsPerCameraYear;
  const note = `<p class="soft">Camera-years: how long one camera takes to see so many such events, by the table of events. The bound by year comes from the family with the fewest. For a 95 % bound of 1 false alarm a year, with none in any, each family needs 3.0 of them: ${yearly?.eventsForOneAYear ?? 0} episodes of the families judged.</p>`;
  return `${note}${table(
    [
      "family",
      "hot process",
      "episodes",
      "camera-years",
      ...chosen.map(({ arm }) => `${escaped(arm)}: alarms / prealarms`),
    ],
    families.map((family, k) => [
      escaped(family.family),
      family.isHotProcess ? "yes" : "",
      String(family.episodes),
      worth.get(family.family) ?? "–",
      ...chosen.map(({ families: own }) => `${own[k]!.alarmed} / ${own[k]!.prealarmed}`),
    ]),
  )}`;
}

function groupsPart(report: EvaluationReport): string {
  const part = (title: string, groups: readonly FireGroup[]) =>
    `<h3>${title}</h3>${table(
      [
        "",
        "fires",
        "ROC AUC by row from first visible heat",
        "flaming: alarmed",
        "alarm after first flame",
        "slow heat: told of",
        "prealarm after ignition",
        "hidden: told of",
      ],
      groups.map(({ name, episodes, rocAuc, arms }) => [
        escaped(name),
        String(episodes),
        rocAuc === null ? "–" : rocAuc.toFixed(4),
        `${arms.flaming.alarmed} of ${arms.flaming.episodes}`,
        times(arms.flaming.alarmAfterVisible),
        `${arms["slow heat"].prealarmed} of ${arms["slow heat"].episodes}`,
        times(arms["slow heat"].prealarmAfterIgnition),
        `${arms.hidden.prealarmed} of ${arms.hidden.episodes}`,
      ]),
    )}`;
  return `<p class="soft">As installed: rules and model, hot places declared.</p>${part("Family", report.byFamily)}${part("Scenario", report.byScenario)}${part("Distance", report.byDistance)}${part("Flame renderer", report.byRenderer)}`;
}

function rowsPart({ rows, episodeAreas, curves }: EvaluationReport): string {
  const parts = (Object.keys(rows) as RowQuestion[]).map(
    (question) =>
      `<h3>${question}</h3><p class="soft">Positive: ${rowQuestions[question]}. Negative: every second in which nothing burns or cools.</p>${table(
        [
          "who",
          "by",
          "ROC AUC (95 %)",
          "PR AUC (95 %)",
          "log-loss (95 %)",
          "Brier (95 %)",
          "rows",
          "of them positive",
        ],
        Object.entries(rows[question]).map(([who, { by, figures }]) => [
          escaped(who),
          escaped(by),
          ...(figures === null
            ? Array<string>(6).fill("–")
            : [
                interval(figures.rocAuc),
                interval(figures.averagePrecision),
                interval(figures.logLoss),
                interval(figures.brier),
                String(figures.rows),
                String(figures.positives),
              ]),
        ]),
      )}`,
  );
  const byEpisode = table(
    ["who", "ROC AUC by episode (95 %)"],
    Object.entries(episodeAreas).map(([who, area]) => [
      escaped(who),
      area === null ? "no such head" : interval(area),
    ]),
  );
  return `<p class="soft">Intervals by resampling whole episodes, a fire and its unlit twin together. A second's answer is the highest of its regions, 0 where nothing is hot; where two heads answer, it is the larger. Whoever has no say about slow heat is not asked about fire. The rules' nearness is no probability: its log-loss and Brier score mean little.</p>${parts.join("")}<h3>By episode: its highest answer</h3>${byEpisode}<div class="charts">${rocChart(curves.roc)}${curves.calibration.map(calibrationChart).join("")}</div>`;
}

function importancePart({ importance }: EvaluationReport): string {
  if (importance.length === 0)
    return "<p>Not known: no second in which something burnt in view was explained, or the package cannot say why.</p>";
  return `<p class="soft">Mean size of each feature's contribution to the head's log-odds, before calibration, in seconds in which the head should say yes, for the region it says so of most. What contributions are stands in docs/guides/training.md.</p><div class="charts">${importance.map(importanceChart).join("")}</div>`;
}

function wrongPart({ wrong }: EvaluationReport): string {
  if (wrong.length === 0) return "<p>Nothing.</p>";
  return table(
    ["what", "detector", "scenario", "room", "seed", "seconds", "fire", "drawn by", "distance, m", "reasons"],
    wrong.map(({ what, arm, about, reasons }) => [
      what,
      escaped(arm),
      escaped(about.scenario),
      escaped(about.room),
      String(about.seed),
      String(about.seconds),
      about.fire,
      escaped(about.flameRenderer),
      about.distanceMetres === null ? "" : about.distanceMetres.toFixed(1),
      escaped(reasons.join(", ")),
    ]),
  );
}

function eventsPart(): string {
  return `<p class="soft">How often each kind of nuisance is taken to happen in front of one camera. Every number is assumed.</p>${table(
    ["family", "events per camera-year", "basis"],
    eventRates.map(({ family, eventsPerCameraYear, basis }) => [
      family,
      String(eventsPerCameraYear),
      escaped(basis),
    ]),
  )}`;
}

function times({ episodes, medianSeconds, p95Seconds }: TimeFigures): string {
  if (episodes === 0) return "–";
  const word = (value: number | null) => (value === null ? "never" : String(Math.round(value)));
  return `${word(medianSeconds)} / ${word(p95Seconds)}`;
}

function interval({ value, low, high }: Interval): string {
  if (Number.isNaN(value)) return "–";
  return `${value.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
