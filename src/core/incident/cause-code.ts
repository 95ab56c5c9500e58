/** What an incident turned out to be; a person says it at its closing, and it labels what was recorded. */
export const causeCodes = [
  "fire",
  "cooking",
  "vehicle",
  "hot-work",
  "sun",
  "works",
  "test",
  "unknown",
] as const;

/** See `causeCodes`. */
export type CauseCode = (typeof causeCodes)[number];
