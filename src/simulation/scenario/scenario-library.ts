import { badInput } from "#core/failure.ts";
import { cameraScenarios } from "./camera-scenarios.ts";
import { everydayScenarios } from "./everyday-scenarios.ts";
import { fireScenarios } from "./fire-scenarios.ts";
import { hotThingScenarios } from "./hot-thing-scenarios.ts";
import type { Scenario } from "./scenario.ts";

/** Every scenario that we have, fires first. */
export const scenarioLibrary: readonly Scenario[] = [
  ...fireScenarios,
  ...hotThingScenarios,
  ...everydayScenarios,
  ...cameraScenarios,
];

/** The scenario of this name; throws `badInput` that lists the names when there is none. */
export function scenarioNamed(name: string): Scenario {
  const found = scenarioLibrary.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const names = scenarioLibrary.map((scenario) => scenario.name).join(", ");
  throw badInput("scenario-unknown", `There is no scenario "${name}". There are: ${names}.`);
}
