import type { Random } from "#core/random.ts";
import { usualIgnition } from "#simulation/scenario/episode.ts";
import { randomStreams } from "#simulation/scenario/random-streams.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { type SplitName, splitNames } from "./dataset-columns.ts";
import type { EpisodeRecipe } from "./episode-rows.ts";
import type { SplitDivision, SplitScenario, SplitShares } from "./split-rule.ts";

/** Shares of a split's seconds: fires with their unlit twins, nuisances, quiet. Our own choice. */
export const classShares = { fire: 0.6, nuisance: 0.3, quiet: 0.1 } as const;

/** Every other episode of a fire scenario has an unlit twin. */
const episodesPerTwin = 2;
/** Share of episodes with an operator's mask. */
const maskedShare = 0.15;
const seedsEnd = 2 ** 31 - 1;

/** One class of one split, whose families take turns. */
interface Stratum {
  readonly split: SplitName;
  readonly share: number;
  readonly scenarios: readonly SplitScenario[];
  seconds: number;
}

/**
 * The episodes of a data set, without end: the first so many of them are the data set of a size, so that a smaller one
 * is the beginning of a larger one of the same seed. At each turn the class of a split that is farthest behind its share
 * of seconds is served, in it the family with the fewest seconds, and in that the scenario with the fewest; rooms of a
 * scenario take turns. A fire and its twin have one seed and follow each other. In the test split every second fire is
 * drawn by the second flame renderer.
 */
export function* planEpisodes(
  division: SplitDivision,
  options: { readonly seed: number; readonly shares: SplitShares },
): Generator<EpisodeRecipe, void, undefined> {
  const draw = randomStreams(options.seed);
  const strata = strataOf(division, options.shares);
  const tally = new SecondsTally();
  const lengths = new EpisodeLengths(division);
  const counts = new Map<string, number>();
  for (let episode = 0; ; ) {
    const stratum = farthestBehind(strata);
    const chosen = tally.fewest(stratum);
    const key = `${stratum.split}/${chosen.scenario.name}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const random = draw(`dataset-episode/${episode}`);
    const at = { split: stratum.split, random, ignition: draw(`dataset-ignition/${episode}`) };
    const lit: EpisodeRecipe = {
      episode,
      pair: episode,
      split: stratum.split,
      scenario: chosen.scenario.name,
      room: chosen.rooms[count % chosen.rooms.length]!,
      seed: random.integer(seedsEnd),
      ...lengths.draw(chosen.scenario, at),
      fire: "as-staged",
      flameRenderer: stratum.split === "test" && count % 2 === 1 ? "billow" : "plume",
      maskSeed: random.uniform() < maskedShare ? 1 + random.integer(seedsEnd) : 0,
    };
    yield lit;
    episode += 1;
    tally.add(stratum, { ...lit, family: chosen.scenario.family });
    const isPaired = chosen.scenario.kind === "fire" && twinTurn(count);
    if (!isPaired) continue;
    yield { ...lit, episode, fire: "unlit" };
    episode += 1;
    tally.add(stratum, { ...lit, family: chosen.scenario.family });
  }
}

/** Twins come in both renderers' turns: episodes 0 and 3 of each four of a scenario. */
function twinTurn(count: number): boolean {
  const inFour = count % (2 * episodesPerTwin);
  return inFour === 0 || inFour === 3;
}

function strataOf(division: SplitDivision, shares: SplitShares): readonly Stratum[] {
  return splitNames.flatMap((split) =>
    (["fire", "nuisance", "quiet"] as const).flatMap((kind) => {
      const scenarios = division.scenarios[split].filter(({ scenario }) => scenario.kind === kind);
      return scenarios.length === 0
        ? []
        : [{ split, share: shares[split] * classShares[kind], scenarios, seconds: 0 }];
    }),
  );
}

function farthestBehind(strata: readonly Stratum[]): Stratum {
  return strata.reduce((best, one) => (one.seconds / one.share < best.seconds / best.share ? one : best));
}

/**
 * Draws lengths. A fire has its scenario's own. Everything else is as long as a fire of its split may be (no shorter than
 * its scenario needs), so that the time since an episode began tells nothing of whether it will burn: families of fires
 * share their seconds equally, so a short one has more episodes, and is drawn more often. Its imagined ignition is that of the same fire. Short ones are likelier than
 * long ones, so that more rooms and fires fit into a data set.
 */
class EpisodeLengths {
  readonly #fires: Readonly<Record<SplitName, readonly Scenario[]>>;

  constructor(division: SplitDivision) {
    const firesOf = (split: SplitName) =>
      division.scenarios[split].map(({ scenario }) => scenario).filter(({ kind }) => kind === "fire");
    this.#fires = { train: firesOf("train"), validation: firesOf("validation"), test: firesOf("test") };
  }

  draw(
    scenario: Scenario,
    at: { readonly split: SplitName; readonly random: Random; readonly ignition: Random },
  ): Pick<EpisodeRecipe, "seconds" | "imaginedIgnitionSeconds"> {
    const fires = this.#fires[at.split];
    const isFire = scenario.kind === "fire";
    const like = isFire || fires.length === 0 ? scenario : drawFire(fires, at.random);
    const longer = like.longestSeconds - like.shortestSeconds;
    const length = like.shortestSeconds + longer * at.random.uniform() ** 2;
    const ignition = length * at.ignition.between(...(like.ignition ?? usualIgnition));
    return {
      seconds: Math.round(Math.max(scenario.shortestSeconds, length)),
      imaginedIgnitionSeconds: isFire ? null : ignition,
    };
  }
}

/** Mean length as drawn: the mean of a squared lot is a third. */
function meanSeconds({ shortestSeconds, longestSeconds }: Scenario): number {
  return shortestSeconds + (longestSeconds - shortestSeconds) / 3;
}

/** Draws a fire scenario by how often its turn comes. */
function drawFire(fires: readonly Scenario[], random: Random): Scenario {
  const frequencies = fires.map((fire) => {
    const siblings = fires.filter(({ family }) => family === fire.family).length;
    return 1 / (meanSeconds(fire) * siblings);
  });
  let left = random.uniform() * frequencies.reduce((sum, one) => sum + one, 0);
  for (let i = 0; i < fires.length; i += 1) {
    left -= frequencies[i]!;
    if (left < 0) return fires[i]!;
  }
  return fires.at(-1)!;
}

/** Seconds planned so far. */
class SecondsTally {
  readonly #byFamily = new Map<string, number>();
  readonly #byScenario = new Map<string, number>();

  fewest(stratum: Stratum): SplitScenario {
    const cost = (one: SplitScenario) => [
      this.#byFamily.get(`${stratum.split}/${one.scenario.family}`) ?? 0,
      this.#byScenario.get(`${stratum.split}/${one.scenario.name}`) ?? 0,
    ];
    return stratum.scenarios.reduce((best, one) => {
      const [family = 0, scenario = 0] = cost(one);
      const [bestFamily = 0, bestScenario = 0] = cost(best);
      return family < bestFamily || (family === bestFamily && scenario < bestScenario) ? one : best;
    });
  }

  add(
    stratum: Stratum,
    episode: { readonly seconds: number; readonly scenario: string; readonly family: string },
  ): void {
    const { seconds, scenario, family } = episode;
    stratum.seconds += seconds;
    for (const [map, name] of [
      [this.#byFamily, family],
      [this.#byScenario, scenario],
    ] as const) {
      const key = `${stratum.split}/${name}`;
      map.set(key, (map.get(key) ?? 0) + seconds);
    }
  }
}
