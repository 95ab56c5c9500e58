import { assert } from "#core/failure.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import type { Head } from "#model-package/head.ts";
import type { Member } from "#model-package/member.ts";
import { buildModel, outputName } from "#model-package/onnx/build-graph.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import { logOdds } from "./log-odds.ts";

/** Rows that go through the graph at once. */
const rowsAtOnce = 4_096;

/** Rows of a table, one behind the other, from `from` to `to`. */
export function rowsOf(table: TrainingTable, from: number, to: number): Float32Array {
  const width = table.columns.length;
  const rows = new Float32Array((to - from) * width);
  table.columns.forEach((column, feature) => {
    for (let row = from; row < to; row += 1) rows[(row - from) * width + feature] = column[row]!;
  });
  return rows;
}

/** What each member says of each row, in log-odds: through the same graph that a device runs. */
export function memberOdds(members: readonly Member[], table: TrainingTable): readonly Float64Array[] {
  const probe: Head = {
    name: "flaming",
    modality: "fused",
    members,
    weights: members.map(() => 1),
    calibration: { kind: "platt", slope: 1, offset: 0 },
    prior: 0.5,
    threshold: 0.5,
  };
  const output = `${outputName(probe)}_members`;
  const odds = members.map(() => new Float64Array(table.rows));
  eachChunk([probe], table, (values, from) => {
    const votes = values.get(output);
    assert(votes !== undefined, "the graph gives the members' votes");
    votes.data.forEach((vote, at) => {
      const row = from + Math.floor(at / members.length);
      odds[at % members.length]![row] = logOdds(vote);
    });
  });
  return odds;
}

/** The calibrated probability of each head for each row. */
export function headProbabilities(heads: readonly Head[], table: TrainingTable): readonly Float64Array[] {
  const probabilities = heads.map(() => new Float64Array(table.rows));
  eachChunk(heads, table, (values, from) => {
    heads.forEach((head, k) => {
      probabilities[k]!.set(values.get(outputName(head))!.data, from);
    });
  });
  return probabilities;
}

function eachChunk(
  heads: readonly Head[],
  table: TrainingTable,
  take: (values: ReturnType<GraphExecutor["run"]>, from: number) => void,
): void {
  const executor = new GraphExecutor(buildModel(heads, { featureNames: table.featureNames, metadata: {} }));
  for (let from = 0; from < table.rows; from += rowsAtOnce)
    take(executor.run(rowsOf(table, from, Math.min(table.rows, from + rowsAtOnce))), from);
}
