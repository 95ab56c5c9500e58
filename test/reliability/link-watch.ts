import type { NewEntry } from "#core/event-log/event-log.ts";
import { unacknowledgedMax } from "#edge/receipt-watch.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import { batchSecondsMax, type TelemetryBatch } from "#wire/telemetry-batch.ts";

/** What is counted of a second, to be found again in the hub's store: whether a camera and an air sensor had a value. */
export interface SecondCounts {
  readonly hottest: number;
  readonly humidity: number;
}

/** How often a device measured one second, and how often with values: a clock that was set back measures it again. */
export interface MeasuredSecond extends SecondCounts {
  readonly times: number;
}

/** Knows what was given to the link of one device, and follows it: what waits in memory, what is under way, receipts. */
export class LinkWatch {
  /** Every second that the device measured, by its time. */
  readonly seconds = new Map<number, MeasuredSecond>();
  /** Times of the seconds of each batch. */
  readonly batches = new Map<string, readonly number[]>();
  /** Batches that have their receipt. */
  readonly receivedBatches = new Set<string>();
  /** Events and batches that have their receipt. */
  readonly #received = new Set<string>();
  readonly #hubHas: (id: string) => boolean;
  readonly #report: (what: string) => void;
  readonly #underWay = new Set<string>();
  /** Seconds that the link holds in memory. */
  #gathered: number[] = [];

  constructor(parts: {
    /** Whether the hub's store has an event or batch. */
    readonly hubHas: (id: string) => boolean;
    readonly report: (what: string) => void;
  }) {
    this.#hubHas = parts.hubHas;
    this.#report = parts.report;
  }

  /** The device's process is gone, with its memory. */
  gone(): void {
    this.#gathered = [];
    this.#underWay.clear();
  }

  /** A second was given to the link. */
  second({ atMicros, hottest, humidityPercent }: TelemetryMessage, link: "up" | "down"): void {
    const known = this.seconds.get(atMicros) ?? { times: 0, hottest: 0, humidity: 0 };
    this.seconds.set(atMicros, {
      times: known.times + 1,
      hottest: known.hottest + (hottest === null ? 0 : 1),
      humidity: known.humidity + (humidityPercent === null ? 0 : 1),
    });
    if (link === "down") this.#gathered.push(atMicros);
    else if (this.#gathered.length > 0)
      this.#report("Seconds wait in the link's memory though the hub is there.");
    if (this.#gathered.length > batchSecondsMax)
      this.#report(`The link holds more than ${batchSecondsMax} seconds in memory.`);
  }

  /** The keeper got an entry: a batch holds just what was gathered. */
  kept({ id, class: entryClass, body }: NewEntry): void {
    if (entryClass !== "telemetry") return;
    // After a start the keeper gets what the state on disk carries, which was given to it before.
    if (this.batches.has(id)) return;
    const times = (JSON.parse(body) as TelemetryBatch).seconds.map(([atMicros]) => atMicros);
    this.batches.set(id, times);
    if (times.join() !== this.#gathered.join())
      this.#report(`The batch ${id} holds other seconds than passed without the hub.`);
    this.#gathered = [];
  }

  /** A new connection: nothing is under way on it. */
  connecting(): void {
    this.#underWay.clear();
  }

  /** An event or a batch was sent. */
  sent(id: string): void {
    this.#underWay.add(id);
    if (this.#underWay.size > unacknowledgedMax)
      this.#report(`More than ${unacknowledgedMax} events are under way without a receipt.`);
  }

  /** Whether the hub has given a receipt for an event or a batch. */
  hasReceipt(id: string): boolean {
    return this.#received.has(id);
  }

  /** Receipts came: the hub must have what they are for. */
  receipts(ids: readonly string[]): void {
    for (const id of ids) {
      this.#underWay.delete(id);
      this.#received.add(id);
      if (this.batches.has(id)) this.receivedBatches.add(id);
      if (!this.#hubHas(id)) this.#report(`A receipt came for ${id}, which the hub has not.`);
    }
  }
}
