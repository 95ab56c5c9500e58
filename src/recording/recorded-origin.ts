/**
 * Where a recording comes from that no sensor made, so that nobody takes it for a real one and everybody can make it
 * again. Only for people and for tests: no replay looks at it.
 */
export interface RecordedOrigin {
  /**
   * `simulated`: all of it is rendered. `measured`: rendered from somebody's measurements of a real fire. `composite`:
   * rendered things over real pictures.
   */
  readonly kind: "simulated" | "measured" | "composite";
  readonly scenario: string;
  readonly seed: number;
  /** Version of the simulation's physics: the same scenario and seed give the same bytes only within one. */
  readonly physicsVersion: string;
  readonly softwareVersion: string;
  /** Room in which it takes place. */
  readonly room: string;
  /** Everything else that made it, as plain JSON: what was drawn by lot, what is measured and what is modelled. */
  readonly details: unknown;
}
