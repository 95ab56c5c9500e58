/** Measured fires that are not simulated, and why. */
export const notCompared: readonly (readonly [what: string, why: string])[] = [
  [
    "FSRI house 2, 12, 15, 16, 20",
    "the smoke spread over several rooms of unknown measures; the model has one room",
  ],
  ["FSRI compartments, chairs and sofas with the door closed", "no heat release was measured"],
  ["NIST/NRC tests 1, 2, 7, 8, 13, 17", "no heat release was measured"],
  ["DelCo training house", "several rooms, one above the other"],
  ["OLIVE-Fire", "a fire inside a steel cabinet: no room, and no layers"],
  ["LLNL tests with a divided cell", "a ceiling with a hole divided the cell; the model has one room"],
  ["hrr-nist-transient", "only the heat release was measured, under an open hood"],
];
