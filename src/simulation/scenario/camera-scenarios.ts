import type { Scenario } from "./scenario.ts";

/** Scenarios of this kind. */
export const cameraScenarios: readonly Scenario[] = [];
