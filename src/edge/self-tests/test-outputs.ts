/** What was found of the fire relay in a self-test. */
export interface RelayProof {
  /** "inhibited": the relay shows what it shows anyway. "acting": it is driven as in a fire. */
  readonly outputs: "inhibited" | "acting";
  /** The level that the line was driven to; null where there is no relay. */
  readonly wanted: "high" | "low" | null;
  /** The level that was read back; null where it could not be. */
  readonly read: "high" | "low" | null;
  readonly problem: string | null;
}

/** The outputs of a device as a self-test uses them. */
export interface TestOutputs {
  /** Drives the relay and reads it back, its fire output inhibited or, in a manned walk test, acting. Never rejects. */
  proveRelay(outputs: "inhibited" | "acting"): Promise<RelayProof>;
  /** The test is over: the outputs show the device's own state alone. Safe to call at any time. */
  release(): void;
}
