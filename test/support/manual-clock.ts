import { SimulatedClock } from "#core/simulated-clock.ts";

/** A clock for tests: it moves only when told to, and begins in June 2025. */
export class ManualClock extends SimulatedClock {
  constructor(startMicros = 1_750_000_000_000_000) {
    super(startMicros);
  }
}
