import type { Scenario } from "./scenario.ts";

/** Scenarios of this kind. */
export const hotThingScenarios: readonly Scenario[] = [];
