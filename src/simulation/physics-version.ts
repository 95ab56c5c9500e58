/**
 * Version of the simulation: of its physics, rooms, scenarios, emulated devices and of the features measured on them.
 * Whatever changes a byte of what a scenario and seed give raises it (test/simulation/physics-version.test.ts watches
 * some); recordings and data sets carry it.
 */
export const physicsVersion = "6";
