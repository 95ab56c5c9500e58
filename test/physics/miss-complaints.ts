import type { ComparedCase } from "./compare-case.ts";
import { knownMisses } from "./known-misses.ts";
import { percent } from "./validation-report.ts";

/** Nine of NIST and NRC, eight compartments and three houses of FSRI, twenty of LLNL. */
const experimentCount = 40;
/** A known miss may move by this much: rounding and small repairs, but no change of what is modelled. */
const knownMissSlack = 0.1;

/** What makes a validation fail: nothing when every figure is within its tolerance, or misses it as it is known to. */
export function missComplaints(
  cases: readonly Pick<ComparedCase, "validationCase" | "comparisons">[],
  expected: { readonly experiments: number; readonly misses: Readonly<Record<string, number>> } = {
    experiments: experimentCount,
    misses: knownMisses,
  },
): readonly string[] {
  const complaints: string[] = [];
  const known = new Map(Object.entries(expected.misses));
  if (cases.length !== expected.experiments)
    complaints.push(`${cases.length} experiments were compared instead of ${expected.experiments}`);
  for (const { validationCase, comparisons } of cases)
    for (const { kind, verdict, relativeError } of comparisons) {
      const name = `${validationCase.name}: ${kind}`;
      const was = known.get(name);
      known.delete(name);
      if (verdict === "FAIL" && validationCase.missedBecause[kind] === undefined)
        complaints.push(`missed without a reason: ${name} (${percent(relativeError)})`);
      if ((verdict === "FAIL") === (was === undefined))
        complaints.push(
          verdict === "FAIL"
            ? `a new miss: ${name}, ${relativeError.toFixed(2)}`
            : `no longer missed, so no longer to be excused: ${name}`,
        );
      else if (was !== undefined && !isAsKnown(relativeError, was))
        complaints.push(`${name} is missed by ${percent(relativeError)}, and was by ${percent(was)}`);
    }
  for (const name of known.keys()) complaints.push(`excused and never compared: ${name}`);
  return complaints;
}

function isAsKnown(error: number, known: number): boolean {
  return error === known || Math.abs(error - known) <= knownMissSlack;
}
