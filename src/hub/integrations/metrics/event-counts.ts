import type { EventMessage } from "#wire/device-messages.ts";
import { type MetricFamily, type MetricSample, sample } from "./metric-family.ts";

/** Series of one counter at most; what would make a further one is counted under `device="other"`. */
const seriesMax = 10_000;

/** Counts what has happened since the hub started; a restart begins at 0, as Prometheus expects of a counter. */
export class EventCounts {
  readonly #events = new Counter();
  readonly #alarms = new Counter();
  readonly #prealarms = new Counter();
  readonly #troubles = new Counter();

  /** Counts an event; to be called once for each, however often it was delivered. */
  count(source: string, { event }: EventMessage): void {
    this.#events.add({ device: source, type: event.type });
    if (event.type === "trouble" && event.active) this.#troubles.add({ device: source, code: event.code });
    if (event.type !== "level" || event.test) return;
    if (event.level === "alarm") this.#alarms.add({ device: source });
    if (event.level === "prealarm") this.#prealarms.add({ device: source });
  }

  /** The counters as metrics. */
  families(): readonly MetricFamily[] {
    return [
      this.#events.family("emberwatch_events_total", "Events taken from devices and zones, by type."),
      this.#alarms.family("emberwatch_alarms_total", "Alarms raised by devices, tests left out."),
      this.#prealarms.family("emberwatch_prealarms_total", "Prealarms raised by devices, tests left out."),
      this.#troubles.family("emberwatch_troubles_total", "Troubles that began, by code."),
    ];
  }
}

class Counter {
  readonly #series = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();

  add(labels: Readonly<Record<string, string>>): void {
    const key = JSON.stringify(labels);
    const known = this.#series.get(key);
    if (known !== undefined) known.value += 1;
    else if (this.#series.size < seriesMax || labels["device"] === "other")
      this.#series.set(key, { labels, value: 1 });
    else this.add({ ...labels, device: "other" });
  }

  family(name: string, help: string): MetricFamily {
    const samples: readonly MetricSample[] = [...this.#series.values()].flatMap(({ labels, value }) =>
      sample(labels, value),
    );
    return { name, help, type: "counter", samples };
  }
}
