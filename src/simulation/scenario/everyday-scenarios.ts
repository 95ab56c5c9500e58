import { co2Leak } from "./everyday/co2-leak.ts";
import { crowdScenarios } from "./everyday/crowd-scenarios.ts";
import { dryIce } from "./everyday/dry-ice.ts";
import { forkliftDrives } from "./everyday/forklift-drives.ts";
import { hotCup } from "./everyday/hot-cup.ts";
import { hvacScenarios } from "./everyday/hvac-scenarios.ts";
import { kettleBoils } from "./everyday/kettle-boils.ts";
import { machineWarmsUp } from "./everyday/machine-warms-up.ts";
import { outerDoor } from "./everyday/outer-door.ts";
import { peopleScenarios } from "./everyday/people-scenarios.ts";
import { quietRoom } from "./everyday/quiet-room.ts";
import { radiatorHeatsUp } from "./everyday/radiator-heats-up.ts";
import { sunScenarios } from "./everyday/sun-scenarios.ts";
import { vehicleScenarios } from "./everyday/vehicle-scenarios.ts";
import type { Scenario } from "./scenario.ts";

/** Everyday life without open fire: people, sun, heating, ventilation, doors, drinks, machines, vehicles, gas. */
export const everydayScenarios: readonly Scenario[] = [
  quietRoom,
  ...peopleScenarios,
  ...crowdScenarios,
  ...sunScenarios,
  radiatorHeatsUp,
  ...hvacScenarios,
  outerDoor,
  hotCup,
  kettleBoils,
  machineWarmsUp,
  dryIce,
  co2Leak,
  forkliftDrives,
  ...vehicleScenarios,
];
