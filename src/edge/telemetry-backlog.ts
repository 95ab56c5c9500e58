import type { TelemetryMessage } from "#wire/device-messages.ts";
import { batchSecondsMax, type HistorySecond, type TelemetryBatch } from "#wire/telemetry-batch.ts";
import type { EventKeeper } from "./event-keeper.ts";

/**
 * Keeps what the seconds were like while the hub is away. A minute at a time goes into the event log, as what goes first
 * when room is short: one write a minute, 1,440 a day, for the wear of flash memory. What a power cut costs is the
 * minute that is being gathered, and where the log is so full of alarms that it takes no telemetry, what came since the
 * state was last saved, with which the rest is kept.
 */
export class TelemetryBacklog {
  readonly #keeper: EventKeeper;
  readonly #newId: () => string;
  #seconds: HistorySecond[] = [];

  /** `newId` makes an id that is unique for ever. */
  constructor(keeper: EventKeeper, newId: () => string) {
    this.#keeper = keeper;
    this.#newId = newId;
  }

  /** A second that the hub was not told. */
  add(telemetry: TelemetryMessage): void {
    const { atMicros, hottest, co2Ppm, airTemperatureCelsius, humidityPercent, nearness } = telemetry;
    this.#seconds.push([
      atMicros,
      rounded(hottest?.celsius ?? null),
      rounded(co2Ppm),
      rounded(airTemperatureCelsius),
      rounded(humidityPercent),
      nearness,
    ]);
    if (this.#seconds.length >= batchSecondsMax) this.flush();
  }

  /** The hub is back, or the device stops: what was gathered so far is kept, too. */
  flush(): void {
    if (this.#seconds.length === 0) return;
    const batch: TelemetryBatch = { v: 1, id: this.#newId(), seconds: this.#seconds };
    this.#seconds = [];
    this.#keeper.add({ id: batch.id, class: "telemetry", body: JSON.stringify(batch) });
  }
}

/** To hundredths, finer than any of these is measured: a third of the text. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(100 * value) / 100;
}
