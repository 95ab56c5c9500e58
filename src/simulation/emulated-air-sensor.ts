import { assert } from "#core/failure.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { AirSensor, AirSensorListener } from "#sensors/air-sensor.ts";
import { airPeriodSeconds } from "./devices/air-probe.ts";
import type { EmulatedRoom } from "./emulated-room.ts";

/** An SCD41 in an emulated room: a reading every 5 s on an exact grid, the first one 5 s after the start. */
export class EmulatedAirSensor implements AirSensor {
  readonly periodSeconds = airPeriodSeconds;
  readonly #room: EmulatedRoom;
  readonly #clock: Clock;
  #cancel: Cancel | null = null;
  #started = false;
  #startedAtMs = 0;
  #index = 0;

  constructor(options: { readonly room: EmulatedRoom; readonly clock: Clock }) {
    this.#room = options.room;
    this.#clock = options.clock;
  }

  async start(listener: AirSensorListener): Promise<void> {
    assert(!this.#started, "an emulated air sensor is started once");
    this.#started = true;
    this.#startedAtMs = this.#clock.monotonicMs();
    this.#schedule(listener);
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(listener: AirSensorListener): void {
    const periodMs = airPeriodSeconds * 1000;
    const passedMs = this.#clock.monotonicMs() - this.#startedAtMs;
    this.#index = Math.max(this.#index + 1, Math.ceil(passedMs / periodMs));
    const delayMs = Math.max(0, this.#index * periodMs - passedMs);
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#schedule(listener);
      listener.onSample(this.#room.airAt(this.#clock.nowMicros()));
    });
  }
}
