/**
 * Version of everything that decides what an episode looks like: fire, room air, scene, camera, air sensor, scenario
 * library. It changes whenever one seed gives other pictures or readings than before, so that data sets say what they
 * were made with and an interrupted one is not continued with another physics.
 */
export const physicsVersion = "1";
