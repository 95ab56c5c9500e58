import type { Cancel, Clock } from "#core/time.ts";
import type { SimulatedDevice } from "./simulated-device.ts";
import type { SimulatedHub } from "./simulated-hub.ts";

/** Looks at the page so often. */
const lookEveryMs = 7_000;

/** Somebody at the page who resets whatever stands as an alarm where nothing burns any more. */
export class Person {
  readonly #hub: SimulatedHub;
  readonly #devices: readonly SimulatedDevice[];
  readonly #clock: Clock;
  #cancel: Cancel = () => {};

  constructor(parts: {
    readonly hub: SimulatedHub;
    readonly devices: readonly SimulatedDevice[];
    readonly clock: Clock;
  }) {
    this.#hub = parts.hub;
    this.#devices = parts.devices;
    this.#clock = parts.clock;
  }

  /** Begins to look. */
  start(): void {
    this.#cancel = this.#clock.every(lookEveryMs, () => this.#look());
  }

  /** Goes home. */
  stop(): void {
    this.#cancel();
  }

  #look(): void {
    for (const { id, room } of this.#devices) {
      const level = this.#hub.view(id)?.state?.level ?? "normal";
      if (level !== "alarm" || room.burningSeconds !== null) continue;
      void this.#hub.ask(id, { command: "act", act: "reset", by: "Ada", reason: "it is out", minutes: null });
    }
  }
}
