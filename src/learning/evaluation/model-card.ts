import type { ArmFigures } from "./alarm-figures.ts";
import type { Interval } from "./episode-bootstrap.ts";
import { installedArm, rulesArm, strangerArm } from "./evaluation-arms.ts";
import type { EvaluationReport, JudgedPackage } from "./evaluation-report.ts";
import type { HoldOutFigures } from "./hold-out-figures.ts";
import { modelAnswerer } from "./row-answers.ts";

/** The model card of the first package, as Markdown, for people who have to decide whether to use it. */
export function modelCard(report: EvaluationReport): string {
  const judged = report.packages[0]!;
  const visible = report.rows["fire, from first visible heat"][modelAnswerer]!;
  const ignition = report.rows["fire, from ignition"][modelAnswerer]!;
  const areaOf = (figures: HoldOutFigures | null, of: "rocAuc" | "averagePrecision") =>
    figures === null ? "no such head" : interval(figures[of]);
  const installed = report.arms.find(({ arm }) => arm === installedArm)!;
  const stranger = report.arms.find(({ arm }) => arm === strangerArm)!;
  const rules = report.arms.find(({ arm }) => arm === rulesArm)!;
  const { flaming } = installed.fires;
  const { counts } = report;
  return [
    `# Model card: ${judged.name}`,
    "",
    `Package \`${judged.hash}\`; features \`${judged.schema}\`; trained by emberwatch ${judged.version} with seed ${judged.seed}.`,
    "",
    "## What it is for",
    "",
    "A second opinion beside the rule detector of a device with a Lepton camera and a CO2 sensor: flames raise the alarm, slow heat and air the prealarm. It never keeps a rule from alarming, and it is no certified fire detector.",
    "",
    "## What it has learnt from",
    "",
    `${judged.data.rows} rows of ${judged.data.episodes} episodes, SHA-256 \`${judged.data.hash}\`:`,
    "",
    ...Object.entries(judged.data.lineage).map(([name, value]) => `- ${name}: ${value}`),
    "",
    "## Heads",
    "",
    "| head | threshold | prior | members and weights |",
    "|---|---:|---:|---|",
    ...judged.heads.map(headRow),
    "",
    "## How it was judged",
    "",
    `${report.what}. ${counts.episodes} rendered episodes, ${counts.hours.toFixed(1)} hours: ${counts.fires.flaming} visible flaming fires, ${counts.fires["slow heat"]} slow, ${counts.fires.hidden} hidden, ${counts.unlitTwins} unlit twins, ${counts.nuisances} nuisances, ${counts.quiet} quiet.${report.isHoldOut ? " None was used to learn or to choose anything." : ""}`,
    "",
    ...report.warnings.map((warning) => `- ${warning}`),
    ...(report.warnings.length === 0 ? [] : [""]),
    "| figure | found |",
    "|---|---|",
    `| ROC AUC by row, from first visible heat | ${areaOf(visible.figures, "rocAuc")} |`,
    `| ROC AUC by row, from ignition | ${areaOf(ignition.figures, "rocAuc")} |`,
    `| PR AUC by row, from first visible heat | ${areaOf(visible.figures, "averagePrecision")} |`,
    `| visible flaming fires without alarm, as installed | ${flaming.missed} of ${flaming.episodes} (95 %: at most ${percent(flaming.missedShareUpper)}) |`,
    `| nuisances that alarm, as installed | ${installed.nuisances.alarmed} of ${installed.nuisances.episodes} (95 %: at most ${percent(installed.nuisances.alarmedShareUpper)}) |`,
    `| the same without knowledge of the site | ${stranger.nuisances.alarmed} of ${stranger.nuisances.episodes} (95 %: at most ${percent(stranger.nuisances.alarmedShareUpper)}) |`,
    `| false alarms per camera-year of the table of events, as installed | ${installed.alarmsPerCameraYear.perCameraYear.toFixed(2)} (95 %: at most ${installed.alarmsPerCameraYear.upper.toFixed(1)}) |`,
    `| false prealarms per camera-year of that table, as installed | ${prealarms(installed)}; without knowledge of the site ${prealarms(stranger)}, by the rules alone ${prealarms(rules)} |`,
    ...leastJudged(installed),
    "",
    "## Goals",
    "",
    ...report.goals.map(
      ({ goal, found, isMet }) =>
        `- ${isMet === null ? "too little judged to say" : isMet ? "met" : "**not met**"}: ${goal}. Found: ${found}.`,
    ),
    "",
    "## Limits",
    "",
    `- ${originText(judged)} All figures above are of rendered episodes; what real cameras and fires do is told by replays of recordings, not here.`,
    ...(report.isHoldOut
      ? []
      : ["- The figures above are not all from episodes that it has not seen: see how it was judged."]),
    "- Rates per year rest on an assumed table of events.",
    "- A fire that shows neither flame nor hot fuel to the camera is found by the air alone, late or not at all.",
    "",
  ].join("\n");
}

/** How little the figure by year rests on. */
function leastJudged({ alarmsPerCameraYear: { families } }: ArmFigures): readonly string[] {
  if (families.length === 0) return [];
  const years = families.map(({ cameraYears }) => cameraYears);
  return [
    `| camera-years' worth of events judged, by family | ${Math.min(...years).toPrecision(2)} to ${Math.max(...years).toPrecision(2)}; 3.0 in each are needed for a bound of 1 |`,
  ];
}

/** Where the rows came from that it has learnt from, as a sentence. */
function originText({ data: { lineage } }: JudgedPackage): string {
  if (lineage["origin"] === "simulation") return "All training is simulated.";
  const title = lineage["title"];
  const from = typeof title === "string" ? title : "rows whose origin its package does not say";
  return `It has learnt from ${from}: nothing is known here of how that was measured and labelled.`;
}

function interval({ value, low, high }: Interval): string {
  return `${value.toFixed(4)} (95 %: ${low.toFixed(4)} to ${high.toFixed(4)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Prealarms in a camera-year of the table, with the bound. */
function prealarms({ prealarmsPerCameraYear: { perCameraYear, upper } }: ArmFigures): string {
  return `${perCameraYear.toFixed(1)} (95 %: at most ${upper.toFixed(1)})`;
}

function headRow({ name, modality, threshold, prior, members }: JudgedPackage["heads"][number]): string {
  const weights = members.map((member) => `${member.name} ${member.weight.toFixed(2)}`).join(", ");
  return `| ${name} ${modality} | ${threshold.toFixed(3)} | ${percent(prior)} | ${weights} |`;
}
