import { wholePictureFeatureNames } from "#core/features/feature-schema.ts";
import type { HeadName, Modality } from "#model-package/head.ts";
import { labelNames, regionColumn, regionsPerRow, stageNames } from "../dataset/dataset-columns.ts";
import type { DatasetTable } from "../dataset/open-dataset.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { featureGroup, type SceneLevels, type SchemaChoice } from "./feature-groups.ts";
import { headRowClass } from "./head-rows.ts";

/** What a table is made for. */
export interface HeadTableChoice {
  readonly name: HeadName;
  readonly modality: Modality;
  readonly schema: SchemaChoice;
  readonly sceneLevels: SceneLevels;
}

/** A row of a head's table: second `second` of the data set's table, region `region` of it, −1 for none. */
export interface HeadRows {
  readonly table: TrainingTable;
  readonly seconds: Int32Array;
  readonly regions: Int8Array;
}

/** Hot work where it belongs is context's business more than the pixels': its rows count this much. */
const hotPlaceWeight = 0.3;

/** Columns of numbers and words that `headRows` needs of a data set. */
export function neededColumns(schema: SchemaChoice): {
  readonly numbers: string[];
  readonly words: string[];
} {
  const numbers: string[] = [...wholePictureFeatureNames];
  for (let region = 0; region < regionsPerRow; region += 1) {
    numbers.push(regionColumn(region, "fire_px"), regionColumn(region, "hot_place"));
    numbers.push(regionColumn(region, "r_area"));
    if (schema === "region")
      for (const name of featureGroup("region", { modality: "thermal-only", sceneLevels: "kept" }))
        if (name.startsWith("r_") && name !== "r_area") numbers.push(regionColumn(region, name));
  }
  return { numbers, words: ["stage"] };
}

/**
 * The rows that a head learns from or is judged on: one for each region of a second with the region schema, one for each
 * second otherwise. Rows of one episode and class together weigh as the square root of their number, and both classes
 * weigh alike, so that neither a long episode nor the commoner class decides.
 */
export function headRows(data: DatasetTable, choice: HeadTableChoice): HeadRows {
  const features = featureGroup(choice.schema, choice);
  const picked = pickRows(data, choice);
  const columns = features.map((name) => {
    if (!name.startsWith("r_")) {
      const column = data.numbers.get(name)!;
      return Float32Array.from(picked.seconds, (second) => column[second]!);
    }
    const byRegion = Array.from(
      { length: regionsPerRow },
      (_, k) => data.numbers.get(regionColumn(k, name))!,
    );
    return Float32Array.from(picked.seconds, (second, row) => {
      const region = picked.regions[row]!;
      return region < 0 ? Number.NaN : byRegion[region]![second]!;
    });
  });
  const table: TrainingTable = {
    featureNames: features,
    rows: picked.seconds.length,
    columns,
    labels: picked.labels,
    groups: Int32Array.from(picked.seconds, (second) => data.groups[second]!),
    weights: null,
  };
  return { ...picked, table: { ...table, weights: balancedWeights(table, picked.inHotPlace) } };
}

interface PickedRows {
  readonly seconds: Int32Array;
  readonly regions: Int8Array;
  readonly labels: Uint8Array;
  readonly inHotPlace: Uint8Array;
}

function pickRows(data: DatasetTable, choice: HeadTableChoice): PickedRows {
  const seconds: number[] = [];
  const regions: number[] = [];
  const labels: number[] = [];
  const inHotPlace: number[] = [];
  const byRegion = (name: string): readonly ArrayLike<number>[] =>
    Array.from({ length: regionsPerRow }, (_, k) => data.numbers.get(regionColumn(k, name))!);
  const [areas, fires, hotPlaces] = [byRegion("r_area"), byRegion("fire_px"), byRegion("hot_place")];
  const stages = data.words.get("stage");
  const cooling = stageNames.indexOf("cooling");
  for (let second = 0; second < data.rows; second += 1) {
    const label = labelNames[data.labels[second]!]!;
    const isCooling = stages !== undefined && stages.names[stages.codes[second]!] === stageNames[cooling];
    const present = areas.flatMap((area, k) => (Number.isNaN(area[second]!) ? [] : [k]));
    const asked =
      choice.schema === "region" && choice.modality !== "air-only"
        ? present.length > 0
          ? present
          : [-1]
        : [-1];
    for (const region of asked) {
      // A second of the region schema without any region is a no, or nothing to learn from: no region shows its fire.
      const firePixels =
        choice.schema === "whole-picture"
          ? null
          : region < 0
            ? Number.POSITIVE_INFINITY
            : fires[region]![second]!;
      const found = headRowClass({ label, isCooling, firePixels }, choice);
      if (found === "left-out") continue;
      seconds.push(second);
      regions.push(region);
      labels.push(found === "positive" ? 1 : 0);
      inHotPlace.push(region >= 0 && hotPlaces[region]![second] === 1 ? 1 : 0);
    }
  }
  return {
    seconds: Int32Array.from(seconds),
    regions: Int8Array.from(regions),
    labels: Uint8Array.from(labels),
    inHotPlace: Uint8Array.from(inHotPlace),
  };
}

function balancedWeights(table: TrainingTable, inHotPlace: Uint8Array): Float32Array {
  const counts = new Map<number, number>();
  const keyOf = (row: number): number => 2 * table.groups[row]! + table.labels[row]!;
  for (let row = 0; row < table.rows; row += 1) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const weights = Float32Array.from({ length: table.rows }, (_, row) => {
    const context = table.labels[row] === 0 && inHotPlace[row] === 1 ? hotPlaceWeight : 1;
    return context / Math.sqrt(counts.get(keyOf(row))!);
  });
  const sums = [0, 0];
  weights.forEach((weight, row) => {
    sums[table.labels[row]!] = sums[table.labels[row]!]! + weight;
  });
  return weights.map((weight, row) => (weight * table.rows) / (2 * sums[table.labels[row]!]!));
}
