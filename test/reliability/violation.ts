/** Something that must never be. */
export interface Violation {
  /** Device that it concerns. */
  readonly device: string;
  /** One sentence. */
  readonly what: string;
  /** When it was found, in seconds since the run began. */
  readonly atSeconds: number;
}
