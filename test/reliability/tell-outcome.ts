import type { Fault } from "./fault.ts";
import { isFailing, type RunLength, repeatCommand, type SeedOutcome } from "./seed-outcome.ts";

/** One line for a program: the run, or its error, and for a seed that failed the command that repeats it. */
export function outcomeAsJson(outcome: SeedOutcome, length: RunLength): string {
  const { seed } = outcome;
  const what = outcome.kind === "ran" ? outcome.summary : { seed, error: outcome.error };
  return JSON.stringify(isFailing(outcome) ? { ...what, repeat: repeatCommand({ seed, length }) } : what);
}

/** What a person wants to know: of one that is run alone all its faults, of many only what is wrong. */
export function outcomeAsLines(
  outcome: SeedOutcome,
  { length, of }: { readonly length: RunLength; readonly of: "one" | "many" },
): string[] {
  const { seed } = outcome;
  const failed = `Seed ${seed} failed; repeat it with: ${repeatCommand({ seed, length })}`;
  if (outcome.kind === "broke") return [failed, ...outcome.error.split("\n").map((line) => `  ${line}`)];
  const { violations, plan, digest } = outcome.summary;
  const lines: string[] = [];
  if (of === "one") {
    lines.push(`Seed ${seed}: ${plan.devices} devices, ${plan.fires.length} fires, digest ${digest}.`);
    lines.push(...plan.faults.map((fault) => `  ${describe(fault)}`));
  }
  if (violations.length === 0) return lines;
  const wrong = violations.map(
    ({ atSeconds, device, what }) => `  ${atSeconds.toFixed(1)} s, ${device}: ${what}`,
  );
  return [...lines, failed, ...wrong];
}

function describe({ kind, device, atMs, afterEventMs, lastsMs, jumpMicros }: Fault): string {
  const where = device === null ? "" : ` of device-${device + 1}`;
  const when = afterEventMs === null ? "" : `, ${afterEventMs.toFixed(0)} ms after the next event`;
  const how = kind === "clock jump" ? ` by ${jumpMicros / 1e6} s` : ` for ${(lastsMs / 1_000).toFixed(1)} s`;
  return `${(atMs / 1_000).toFixed(1)} s${when}: ${kind}${where}${how}`;
}
