import type { Member } from "#model-package/member.ts";
import { memberOdds } from "../ensemble/member-odds.ts";
import { selectRows } from "../ensemble/select-columns.ts";
import type { TrainingTable } from "../trainers/training-table.ts";
import type { FamilyFolds } from "./family-folds.ts";

/**
 * What members say of rows whose families they have not learnt from, in log-odds by member: each fold is left out in
 * turn, members learn from all others and answer for it. Boosting and networks stop early by the fold that they answer
 * for, as the members of a package do by the validation split.
 */
export async function crossFit(
  table: TrainingTable,
  folds: FamilyFolds,
  fit: (learnt: TrainingTable, heldOut: TrainingTable, fold: number) => Promise<readonly Member[]>,
): Promise<readonly Float64Array[]> {
  let odds: readonly Float64Array[] = [];
  for (let fold = 0; fold < folds.count; fold += 1) {
    const [inside, outside]: [number[], number[]] = [[], []];
    folds.ofRow.forEach((of, row) => {
      (of === fold ? inside : outside).push(row);
    });
    const heldOut = selectRows(table, inside);
    const members = await fit(selectRows(table, outside), heldOut, fold);
    if (odds.length === 0) odds = members.map(() => new Float64Array(table.rows));
    memberOdds(members, heldOut).forEach((votes, k) => {
      inside.forEach((row, at) => {
        odds[k]![row] = votes[at]!;
      });
    });
  }
  return odds;
}
