import { badInput } from "#core/failure.ts";
import type { Scenario } from "#simulation/scenario/scenario.ts";
import { nearestNames } from "./nearest-names.ts";

/** The scenario of this name among some; throws `badInput` that says which names are near when there is none. */
export function findScenario(name: string, scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const near = nearestNames(
    name,
    scenarios.map((scenario) => scenario.name),
  );
  const meant = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  throw badInput(
    "scenario-unknown",
    `There is no scenario "${name}".${meant} emberwatch scenarios lists all of them.`,
  );
}
