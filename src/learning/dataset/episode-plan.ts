import { randomStreams } from "#simulation/scenario/random-streams.ts";
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
  const counts = new Map<string, number>();
  for (let episode = 0; ; ) {
    const stratum = farthestBehind(strata);
    const chosen = tally.fewest(stratum);
    const key = `${stratum.split}/${chosen.scenario.name}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const random = draw(`dataset-episode/${episode}`);
    const lit: EpisodeRecipe = {
      episode,
      pair: episode,
      split: stratum.split,
      scenario: chosen.scenario.name,
      room: chosen.rooms[count % chosen.rooms.length]!,
      seed: random.integer(seedsEnd),
      fire: "as-staged",
      flameRenderer: stratum.split === "test" && count % 2 === 1 ? "billow" : "plume",
      maskSeed: random.uniform() < maskedShare ? 1 + random.integer(seedsEnd) : 0,
    };
    yield lit;
    episode += 1;
    tally.add(stratum, chosen);
    const isPaired = chosen.scenario.kind === "fire" && twinTurn(count);
    if (!isPaired) continue;
    yield { ...lit, episode, fire: "unlit" };
    episode += 1;
    tally.add(stratum, chosen);
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

/** Seconds planned so far, by the mean length of each scenario: its true one is known only when it is set up. */
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

  add(stratum: Stratum, { scenario }: SplitScenario): void {
    const seconds = (scenario.shortestSeconds + scenario.longestSeconds) / 2;
    stratum.seconds += seconds;
    for (const [map, name] of [
      [this.#byFamily, scenario.family],
      [this.#byScenario, scenario.name],
    ] as const) {
      const key = `${stratum.split}/${name}`;
      map.set(key, (map.get(key) ?? 0) + seconds);
    }
  }
}
