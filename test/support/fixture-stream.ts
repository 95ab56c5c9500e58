import { Random } from "#core/random.ts";
import type { Cancel } from "#core/time.ts";
import type { FixtureHub } from "./fixture-hub.ts";
import { fixtureCelsius, fixtureFrame } from "./fixture-picture.ts";
import { fixtureTelemetry } from "./fixture-room.ts";

/** Sends pictures and telemetry of every room, as devices do. */
export class FixtureStream {
  pictures: "new" | "same" | "none" = "new";
  unit: "centikelvin" | "raw-counts" = "centikelvin";
  ffcState: "complete" | "in-progress" = "complete";
  telemetry: Parameters<typeof fixtureTelemetry>[1] = {};
  readonly #hub: FixtureHub;
  readonly #celsius = fixtureCelsius({
    seconds: 0,
    fireCelsius: null,
    person: "present",
    random: new Random(1),
  });
  #cancels: Cancel[] = [];
  #last = { capturedAtMicros: 0, frameCounter: 0 };

  constructor(hub: FixtureHub) {
    this.#hub = hub;
  }

  /** Begins, or goes on. */
  start(): void {
    const { clock } = this.#hub;
    this.#cancels = [clock.every(300, () => this.#picture()), clock.every(500, () => this.#second())];
  }

  /** Falls silent, as a device does whose cable is pulled. */
  stop(): void {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #picture(): void {
    if (this.pictures === "none") return;
    if (this.pictures === "new")
      this.#last = {
        capturedAtMicros: this.#hub.clock.nowMicros(),
        frameCounter: this.#last.frameCounter + 1,
      };
    const { unit, ffcState } = this;
    for (const id of this.#hub.devices.keys())
      this.#hub.tellFrame(id, fixtureFrame(this.#celsius, { ...this.#last, unit, ffcState }));
  }

  #second(): void {
    for (const id of this.#hub.devices.keys())
      this.#hub.tellTelemetry(id, fixtureTelemetry(this.#hub.clock.nowMicros(), this.telemetry));
  }
}
