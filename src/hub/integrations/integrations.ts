import type { Clock } from "#core/time.ts";
import type { EventMessage, TelemetryMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import { DeviceFactsKeeper } from "./device-facts.ts";
import { EventCounts } from "./metrics/event-counts.ts";
import { processFigures } from "./metrics/hub-families.ts";
import { metricsText } from "./metrics/metrics-text.ts";

/** What the integrations stand on. They read, and nothing that they do reaches a device's alarm. */
export interface IntegrationsOptions {
  readonly clock: Clock;
  readonly softwareVersion: string;
  readonly devices: () => readonly DeviceView[];
  /** The zones that the hub runs. */
  readonly zones: () => readonly ZoneView[];
  /** What is wrong with each part of the hub in a sentence; null while it works. */
  readonly parts: () => Readonly<Record<string, string | null>>;
  readonly refusedMessages: () => number;
}

/** What other systems are told of this hub. */
export class Integrations {
  readonly #options: IntegrationsOptions;
  readonly #facts: DeviceFactsKeeper;
  readonly #counts = new EventCounts();

  constructor(options: IntegrationsOptions) {
    this.#options = options;
    this.#facts = new DeviceFactsKeeper(options.clock, options.devices);
  }

  /** A device has said what its room is like. */
  hearTelemetry(device: string, telemetry: TelemetryMessage): void {
    this.#facts.hearTelemetry(device, telemetry);
  }

  /** Something has happened; told once for each event. `source` is a device or a zone. */
  hearEvent(source: string, message: EventMessage): void {
    this.#counts.count(source, message);
  }

  /** The answer to a scrape by Prometheus. */
  metrics(): string {
    const { clock, softwareVersion, zones, parts, refusedMessages } = this.#options;
    return metricsText({
      devices: this.#facts.now(),
      zones: zones(),
      counts: this.#counts,
      hub: {
        version: softwareVersion,
        parts: parts(),
        refusedMessages: refusedMessages(),
        process: processFigures(clock.nowMicros()),
      },
    });
  }
}
