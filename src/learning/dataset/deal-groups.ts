import { randomStreams } from "#simulation/scenario/random-streams.ts";
import { labelNames, type SplitName, splitNames } from "./dataset-columns.ts";
import type { ImportedGroup } from "./imported-group.ts";
import type { SplitShares } from "./split-rule.ts";

/**
 * The split of each group, in their order: groups with a fire and those without are dealt apart, and at each turn the
 * split that is farthest behind its share of rows gets the next. Another fold deals them otherwise.
 */
export function dealGroups(wish: {
  readonly groups: readonly ImportedGroup[];
  readonly shares: SplitShares;
  readonly fold: number;
}): readonly SplitName[] {
  const random = randomStreams(wish.fold)("import-split");
  const none = labelNames.indexOf("none");
  const order = wish.groups.map((group, index) => ({ group, index, lot: random.uniform() }));
  order.sort((one, other) => one.lot - other.lot);
  const splits: SplitName[] = wish.groups.map(() => "train");
  for (const burns of [true, false]) {
    const filled = { train: 0, validation: 0, test: 0 };
    for (const { group, index } of order) {
      if (group.rows.some(({ label }) => label !== none) !== burns) continue;
      const behind = (split: SplitName) => filled[split] / wish.shares[split];
      const split = splitNames.reduce((best, one) => (behind(one) < behind(best) ? one : best));
      splits[index] = split;
      filled[split] += group.rows.length;
    }
  }
  return splits;
}
