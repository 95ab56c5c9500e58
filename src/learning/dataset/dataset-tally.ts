import type { DataCard } from "./data-card.ts";
import {
  featureColumnNames,
  labelNames,
  numberColumnNames,
  type SplitName,
  splitNames,
} from "./dataset-columns.ts";
import type { EpisodeRows } from "./episode-rows.ts";
import { ImpossibleRows } from "./impossible-rows.ts";

type ScenarioCount = DataCard["scenarios"][number];

/** The counts of a card. */
export type DatasetCounts = Pick<
  DataCard,
  | "rows"
  | "episodes"
  | "maskedEpisodes"
  | "blindSeconds"
  | "impossibleRows"
  | "rowsBySplit"
  | "episodesBySplit"
  | "scenarios"
  | "featureColumns"
>;

/** Names a row of an episode for people. */
export type RowName = (episode: EpisodeRows, row: number) => string;

function rowOfEpisode({ words, numbers }: EpisodeRows, row: number): string {
  return `row ${row + 1} of ${words.scenario} (episode ${numbers.episode})`;
}

/** Counts what goes into a data set. */
export class DatasetTally {
  /** Judges every row. */
  readonly impossible = new ImpossibleRows();
  readonly #rowsBySplit = bySplit(noLabels);
  readonly #labelledEpisodes = bySplit(noLabels);
  readonly #episodesBySplit = bySplit(() => 0);
  readonly #scenarios = new Map<string, ScenarioCount>();
  readonly #present = new Uint8Array(featureColumnNames.length);
  readonly #rowName: RowName;
  #rows = 0;
  #episodes = 0;
  #maskedEpisodes = 0;
  #blindSeconds = 0;

  /** `rowName` says for people which row it is. */
  constructor(rowName: RowName = rowOfEpisode) {
    this.#rowName = rowName;
  }

  /** Counts an episode. */
  add(episode: EpisodeRows): void {
    const split = episode.words.split as SplitName;
    this.#episodes += 1;
    this.#rows += episode.rows;
    this.#blindSeconds += episode.blindSeconds;
    if (episode.numbers.mask > 0) this.#maskedEpisodes += 1;
    this.#episodesBySplit[split] += 1;
    const scenario = this.#scenario(episode);
    scenario.episodes += 1;
    scenario.rows += episode.rows;
    if (episode.words.fire === "unlit") scenario.unlitTwins += 1;
    if (!scenario.rooms.includes(episode.words.room)) scenario.rooms.push(episode.words.room);
    for (const code of episode.labels) {
      const label = labelNames[code]!;
      scenario.labels[label] = (scenario.labels[label] ?? 0) + 1;
      this.#rowsBySplit[split][label] = (this.#rowsBySplit[split][label] ?? 0) + 1;
    }
    for (const code of new Set(episode.labels)) {
      const label = labelNames[code]!;
      this.#labelledEpisodes[split][label] = (this.#labelledEpisodes[split][label] ?? 0) + 1;
    }
    this.#judge(episode);
  }

  #judge(episode: EpisodeRows): void {
    for (let row = 0; row < episode.rows; row += 1) {
      const first = row * numberColumnNames.length;
      const features = episode.numbersByRow.subarray(first, first + featureColumnNames.length);
      for (let k = 0; k < features.length; k += 1) if (!Number.isNaN(features[k])) this.#present[k] = 1;
      this.impossible.judge(features, () => this.#rowName(episode, row));
    }
  }

  /** All counts so far. */
  get counts(): DatasetCounts {
    return {
      rows: this.#rows,
      episodes: this.#episodes,
      maskedEpisodes: this.#maskedEpisodes,
      blindSeconds: this.#blindSeconds,
      impossibleRows: this.impossible.rows,
      rowsBySplit: this.#rowsBySplit,
      episodesBySplit: this.#episodesBySplit,
      scenarios: [...this.#scenarios.values()].sort(byNameAndSplit),
      featureColumns: featureColumnNames.filter((_, k) => this.#present[k] === 1),
    };
  }

  /** Episodes of each split that have at least one row of a label. */
  get labelledEpisodes(): Readonly<Record<SplitName, Readonly<Record<string, number>>>> {
    return this.#labelledEpisodes;
  }

  #scenario({ words }: EpisodeRows): ScenarioCount {
    const key = `${words.split}/${words.scenario}`;
    const found = this.#scenarios.get(key);
    if (found !== undefined) return found;
    const { scenario, family, kind } = words;
    const made: ScenarioCount = {
      scenario,
      family,
      kind,
      split: words.split as SplitName,
      rooms: [],
      episodes: 0,
      unlitTwins: 0,
      rows: 0,
      labels: noLabels(),
    };
    this.#scenarios.set(key, made);
    return made;
  }
}

function noLabels(): Record<string, number> {
  return Object.fromEntries(labelNames.map((label) => [label, 0]));
}

function bySplit<Value>(make: () => Value): Record<SplitName, Value> {
  return { train: make(), validation: make(), test: make() };
}

function byNameAndSplit(one: ScenarioCount, other: ScenarioCount): number {
  const [a, b] = [one, other].map(
    ({ kind, scenario, split }) => `${kind}/${scenario}/${splitNames.indexOf(split)}`,
  );
  return a! < b! ? -1 : 1;
}
