/**
 * Version of the simulation: of its physics, rooms, scenarios and emulated devices together. Whatever changes a byte of
 * what a scenario and seed give raises it; recordings and data sets carry it.
 */
export const physicsVersion = "2";
