import type { Clock } from "#core/time.ts";
import type { IngestListener } from "#hub/ingest.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { SimulatedHub } from "./simulated-hub.ts";

/** A device from which the hub has heard nothing for so long must be shown as silent. */
const silenceBoundMs = 7_000;

/** Hears what the hub tells its pages, across restarts of the hub. */
export class HubWatch {
  /** How often each event was told, by device and id. */
  readonly told = new Map<string, number>();
  readonly #heardMs = new Map<string, number>();
  /** Devices that the hub last said to be online. */
  readonly #online = new Set<string>();
  readonly #kept = new Map<string, Set<number>>();

  /** Whom the hub tells. */
  listener(clock: Clock): IngestListener {
    return {
      onTelemetry: (device) => void this.#heardMs.set(device, clock.monotonicMs()),
      onEvent: (device, { id }) => {
        const key = `${device} ${id}`;
        this.told.set(key, (this.told.get(key) ?? 0) + 1);
      },
      onRegions: () => {},
      onHeard: () => {},
      onFrame: () => {},
    };
  }

  /** The hub has heard how a device is. A device that has just come is given the time to say something. */
  changed(view: Pick<DeviceView, "id" | "online">, nowMs: number): void {
    if (view.online && !this.#online.has(view.id)) this.#heardMs.set(view.id, nowMs);
    if (view.online) this.#online.add(view.id);
    else this.#online.delete(view.id);
  }

  /** The hub's process is gone, and with it whom it knows to be there. */
  hubGone(): void {
    this.#online.clear();
  }

  /** A second is said to be in the store. */
  kept(device: string, atMicros: number): void {
    const seconds = this.#kept.get(device) ?? new Set();
    this.#kept.set(device, seconds.add(atMicros));
  }

  /** Seconds of a device that are said to be in the store. */
  keptSeconds(device: string): ReadonlySet<number> {
    return this.#kept.get(device) ?? new Set();
  }

  /** What is wrong about the hub's word on a device that says nothing; null when nothing. */
  unreportedSilence(now: {
    readonly id: string;
    readonly hub: SimulatedHub;
    readonly nowMs: number;
  }): string | null {
    const { id, hub, nowMs } = now;
    const { startedMs } = hub;
    const view = hub.view(id);
    const heardMs = this.#heardMs.get(id);
    if (startedMs === null || view === null || heardMs === undefined) return null;
    if (nowMs - Math.max(heardMs, startedMs) <= silenceBoundMs || view.silentSinceMicros !== null)
      return null;
    return "The hub does not show a device as silent of which it hears nothing.";
  }
}
