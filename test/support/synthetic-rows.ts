import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import { Random } from "#core/random.ts";
import { labelNames, numberColumnNames } from "#learning/dataset/dataset-columns.ts";
import type { EpisodeRecipe, EpisodeRows } from "#learning/dataset/episode-rows.ts";

/** What a made-up data set does wrong on purpose. */
export type Cheat = "none" | "telling-feature" | "telling-time" | "impossible";

/** Rows that look like measured ones and cost nothing: the same for a fire and its twin until the middle of the episode. */
export function syntheticRows(recipe: EpisodeRecipe, cheat: Cheat = "none"): EpisodeRows {
  const random = new Random(recipe.seed);
  const isFire = recipe.scenario.endsWith("-fire");
  const isLit = isFire && recipe.fire === "as-staged";
  const rows = recipe.seconds;
  const igniteAtSeconds = cheat === "telling-time" ? (isFire ? rows : 3) : Math.round(rows / 2);
  const columns = numberColumnNames.length;
  const numbersByRow = new Float32Array(rows * columns).fill(Number.NaN);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const burns = isLit && row + 1 >= igniteAtSeconds;
    labels[row] = burns ? labelNames.indexOf("flaming") : 0;
    const base = 20 + random.uniform();
    const hottest = base + (burns ? 50 : 5) + (cheat === "telling-feature" && isLit ? 2 : 0);
    const values: Readonly<Record<string, number>> = {
      t_mean: base,
      t_max: cheat === "impossible" ? base - 1 : hottest,
      t_p95: base + 1,
      gas_val: 500 + row,
      // Absent at first, as after a start.
      gas_delta: row < 3 ? Number.NaN : row,
      second: row + 1,
    };
    for (const [name, value] of Object.entries(values))
      numbersByRow[row * columns + numberColumnNames.indexOf(name)] = value;
    for (const name of wholePictureFeatureNames)
      if (values[name] === undefined)
        numbersByRow[row * columns + numberColumnNames.indexOf(name)] = name.startsWith("flow") ? 0.1 : 0;
    numbersByRow[row * columns + numberColumnNames.indexOf("tproxy_val")] = base;
  }
  const { episode, pair, seed } = recipe;
  const absent = Number.NaN;
  return {
    words: syntheticWords(recipe),
    numbers: {
      episode,
      pair,
      seed,
      is_hot_process: 0,
      mask: recipe.maskSeed,
      length_s: recipe.seconds,
      ignite_at_s: igniteAtSeconds,
      first_visible_heat_s: isLit ? igniteAtSeconds : absent,
      incipient_from_s: absent,
      smouldering_from_s: absent,
      flaming_from_s: isLit ? igniteAtSeconds : absent,
      cooling_from_s: absent,
      hour_of_day: 12,
      inside_celsius: 21,
      start_co2_ppm: 500,
      growth_factor: 1,
      unit_bias_kelvin: 0,
    },
    rows,
    labels,
    stages: new Uint8Array(rows),
    numbersByRow,
    blindSeconds: 0,
  };
}

function syntheticWords(recipe: EpisodeRecipe): EpisodeRows["words"] {
  const isFire = recipe.scenario.endsWith("-fire");
  return {
    split: recipe.split,
    scenario: recipe.scenario,
    family: recipe.scenario.replace(/-.*/, ""),
    kind: isFire ? "fire" : recipe.scenario === "quiet" ? "quiet" : "nuisance",
    shows: isFire ? "flaming" : "none",
    room: recipe.room,
    fire: isFire ? (recipe.fire === "as-staged" ? "lit" : "unlit") : "none",
    flame_renderer: recipe.flameRenderer,
    gain_mode: "high",
    origin: "simulation",
  };
}
