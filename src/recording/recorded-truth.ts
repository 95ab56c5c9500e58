/**
 * What was true in a simulated room in one second of a recording, for labels, tables and film strips. No detector sees
 * it, and no replay looks at it.
 */
export interface RecordedTruth {
  /** Seconds since the episode began. */
  readonly seconds: number;
  /** `none`, `flaming`, `slow-heat` or `hidden`, by the rule in docs/guides/scenarios.md. */
  readonly label: string;
  /** How far the fire has come: `none`, `warming`, `incipient`, `smouldering`, `flaming` or `cooling`. */
  readonly stage: string;
  readonly heatReleaseKilowatts: number;
  /** Picture points that show flame; that show hot fuel. */
  readonly flamePixels: number;
  readonly hotPixels: number;
  /** Distance of the fire from the lens; null without a fire. */
  readonly fireDistanceMetres: number | null;
}
