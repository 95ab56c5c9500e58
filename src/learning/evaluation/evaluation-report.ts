import type { Manifest } from "#model-package/manifest.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { type ArmFigures, armFigures, type FireClass, fireClassOf, toldAt } from "./alarm-figures.ts";
import type { Interval } from "./episode-bootstrap.ts";
import type { EpisodeJudgement, JudgedEpisode } from "./episode-judgement.ts";
import { evaluationArms, installedArm, strangerArm } from "./evaluation-arms.ts";
import { featureImportance, type HeadImportance } from "./feature-importance.ts";
import { type Goal, judgeGoals } from "./goals.ts";
import { isNamedTestFire } from "./named-test-fires.ts";
import { type RowCurves, rowCurves } from "./row-curves.ts";
import { areaOfSome, episodeAreas, rowFigures } from "./row-figures.ts";

/** A package that was judged. */
export interface JudgedPackage {
  readonly path: string;
  readonly hash: string;
  readonly name: string;
  readonly schema: string;
  readonly heads: readonly {
    readonly name: string;
    readonly modality: string;
    readonly threshold: number;
    readonly prior: number;
    readonly members: readonly { readonly name: string; readonly weight: number }[];
  }[];
  readonly data: Manifest["data"];
  readonly hyperparameters: Manifest["hyperparameters"];
  readonly seed: number;
  readonly version: string;
}

/** Figures of some fires: of a scenario, a family, a distance or a flame renderer. */
export interface FireGroup {
  readonly name: string;
  readonly episodes: number;
  readonly classes: Readonly<Partial<Record<FireClass, number>>>;
  /** By row from first visible heat against everything without fire; null where nothing showed. */
  readonly rocAuc: number | null;
  /** As installed. */
  readonly arms: ArmFigures["fires"];
}

/** An episode that went wrong as installed, so that it can be rendered and looked at. */
export interface WrongEpisode {
  readonly what: "missed" | "never told of" | "false alarm" | "alarm before the fire";
  readonly about: JudgedEpisode;
  readonly reasons: readonly string[];
  /** Whether it goes wrong without knowledge of the site only. */
  readonly arm: string;
}

/** All that an evaluation found out. Plain JSON; written beside the page. */
export interface EvaluationReport {
  readonly format: "emberwatch-evaluation/1";
  readonly what: string;
  /** Whether no package has learnt from these episodes or chosen anything by them; warnings say why not. */
  readonly isHoldOut: boolean;
  readonly softwareVersion: string;
  readonly packages: readonly JudgedPackage[];
  readonly warnings: readonly string[];
  readonly counts: {
    readonly episodes: number;
    readonly fires: Readonly<Record<FireClass, number>>;
    readonly unlitTwins: number;
    readonly nuisances: number;
    readonly quiet: number;
    readonly hours: number;
  };
  readonly goals: readonly Goal[];
  readonly rows: ReturnType<typeof rowFigures>;
  readonly episodeAreas: Readonly<Record<string, Interval | null>>;
  readonly curves: RowCurves;
  readonly arms: readonly ArmFigures[];
  /** Arms in which the rules are alone, because the package has no head for the sensors. */
  readonly rulesOnlyArms: readonly string[];
  /** Arms of a model alone that has no head for the sensors: nothing was judged, and they have no figures. */
  readonly headlessArms: readonly string[];
  readonly byScenario: readonly FireGroup[];
  readonly byFamily: readonly FireGroup[];
  readonly byDistance: readonly FireGroup[];
  readonly byRenderer: readonly FireGroup[];
  readonly wrong: readonly WrongEpisode[];
  /** What the first package goes by; empty where no second was explained. */
  readonly importance: readonly HeadImportance[];
}

/** Distances at which fires are reported together, metres. */
const distanceEdges = [0, 8, 15, 25, 100];
const wrongMax = 200;

/**
 * Makes the report out of judged episodes; the same ones give the same report. Named test fires are judged by their own
 * goals and stand in no other figure.
 */
export function evaluationReport(
  all: readonly EpisodeJudgement[],
  about: {
    readonly what: string;
    readonly isHoldOut: boolean;
    readonly softwareVersion: string;
    readonly packages: readonly { readonly path: string; readonly read: ModelPackage }[];
    readonly warnings: readonly string[];
  },
): EvaluationReport {
  const draw = randomStreams(1);
  const judged = all.filter((one) => !isNamedTestFire(one.about.scenario));
  const named = all.filter((one) => isNamedTestFire(one.about.scenario));
  const manifests = about.packages.map(({ read }) => read.manifest);
  const headless = evaluationArms(manifests.length).filter(
    ({ model, sensors }) =>
      model !== null && !manifests[model]!.heads.some(({ modality }) => modality === sensors),
  );
  const headlessArms = headless.filter(({ rules }) => rules === "off").map(({ name }) => name);
  const arms = evaluationArms(manifests.length)
    .filter(({ name }) => !headlessArms.includes(name))
    .map(({ name }) => armFigures(name, judged));
  const rows = rowFigures(judged, { manifests, draw });
  const groups = (nameOf: (about: JudgedEpisode) => string) => fireGroups(judged, { manifests, nameOf });
  return {
    format: "emberwatch-evaluation/1",
    what: about.what,
    isHoldOut: about.isHoldOut,
    softwareVersion: about.softwareVersion,
    packages: about.packages.map(({ path, read }) => judgedPackage(path, read)),
    warnings: about.warnings,
    counts: countsOf(judged),
    goals: judgeGoals({ judged, named, rows, arms }),
    rows,
    episodeAreas: episodeAreas(judged, { manifests, draw }),
    curves: rowCurves(judged, manifests),
    arms,
    rulesOnlyArms: headless.filter(({ rules }) => rules === "on").map(({ name }) => name),
    headlessArms,
    byScenario: groups(({ scenario }) => scenario),
    byFamily: groups(({ family }) => family),
    byDistance: groups(distanceName),
    byRenderer: groups(({ flameRenderer }) => `flames drawn by ${flameRenderer}`),
    wrong: wrongEpisodes(judged),
    importance: featureImportance(judged),
  };
}

function judgedPackage(path: string, { hash, manifest }: ModelPackage): JudgedPackage {
  return {
    path,
    hash,
    name: manifest.name,
    schema: manifest.featureSchema.id,
    heads: manifest.heads.map(({ name, modality, threshold, prior, members }) => ({
      name,
      modality,
      threshold,
      prior,
      members: members.map((member) => ({ name: member.name, weight: member.weight })),
    })),
    data: manifest.data,
    hyperparameters: manifest.hyperparameters,
    seed: manifest.seed,
    version: manifest.code.version,
  };
}

function countsOf(judged: readonly EpisodeJudgement[]): EvaluationReport["counts"] {
  const fires: Record<FireClass, number> = { flaming: 0, "slow heat": 0, hidden: 0, "too short": 0 };
  let [unlitTwins, nuisances, quiet, seconds] = [0, 0, 0, 0];
  for (const { about } of judged) {
    seconds += about.seconds;
    const fire = fireClassOf(about);
    if (fire !== null) fires[fire] += 1;
    else if (about.fire === "unlit") unlitTwins += 1;
    else if (about.kind === "quiet") quiet += 1;
    else nuisances += 1;
  }
  return { episodes: judged.length, fires, unlitTwins, nuisances, quiet, hours: seconds / 3600 };
}

function distanceName({ distanceMetres }: JudgedEpisode): string {
  if (distanceMetres === null) return "unknown distance";
  const at = distanceEdges.findLastIndex((edge) => distanceMetres >= edge);
  return `${distanceEdges[at]} to ${distanceEdges[at + 1]} m`;
}

function fireGroups(
  judged: readonly EpisodeJudgement[],
  of: {
    readonly manifests: readonly Manifest[];
    readonly nameOf: (about: JudgedEpisode) => string;
  },
): readonly FireGroup[] {
  const { manifests, nameOf } = of;
  const fires = judged.filter((one) => one.about.fire === "lit");
  const names = [...new Set(fires.map(({ about }) => nameOf(about)))];
  names.sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return names.map((name) => {
    const isOwn = (one: EpisodeJudgement) => nameOf(one.about) === name;
    const own = fires.filter(isOwn);
    const classes: Partial<Record<FireClass, number>> = {};
    for (const { about } of own) {
      const fire = fireClassOf(about)!;
      classes[fire] = (classes[fire] ?? 0) + 1;
    }
    const area = areaOfSome(judged, {
      manifests,
      kept: (one) => one.about.fire === "lit" && isOwn(one),
    });
    return {
      name,
      episodes: own.length,
      classes,
      rocAuc: Number.isNaN(area) ? null : area,
      arms: armFigures(installedArm, own).fires,
    };
  });
}

function wrongEpisodes(judged: readonly EpisodeJudgement[]): readonly WrongEpisode[] {
  const wrong: WrongEpisode[] = [];
  for (const arm of [installedArm, strangerArm])
    for (const { about, arms } of judged) {
      const outcome = arms[arm]!;
      const reasons = outcome.alarmReasons;
      const fire = fireClassOf(about);
      if (fire === null) {
        if (outcome.alarmAt !== null) wrong.push({ what: "false alarm", about, reasons, arm });
        continue;
      }
      const told = toldAt(about, outcome);
      if (told.before === "alarm") wrong.push({ what: "alarm before the fire", about, reasons, arm });
      else if (fire === "flaming" && told.alarm === null) wrong.push({ what: "missed", about, reasons, arm });
      else if (fire !== "too short" && told.alarm === null && told.prealarm === null)
        wrong.push({ what: "never told of", about, reasons: outcome.prealarmReasons, arm });
    }
  // What goes wrong as installed goes wrong without knowledge too: it is named once.
  const known = new Set<string>();
  return wrong
    .filter(({ what, about }) => {
      const key = `${what}/${about.episode}`;
      if (known.has(key)) return false;
      known.add(key);
      return true;
    })
    .slice(0, wrongMax);
}
