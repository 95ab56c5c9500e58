import type { Clock } from "#core/time.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { silentAfterMs } from "../device-registry.ts";

/** What is known of a device now, for systems that must never take an old value for a present one. */
export interface DeviceFacts {
  readonly view: DeviceView;
  /** "ended" is a replay that has come to its end: it owes nothing more and tells nothing. */
  readonly standing: "heard" | "silent" | "ended";
  /** What it said within the last seconds; null when that is older, whatever was said before. */
  readonly telemetry: TelemetryMessage | null;
  /** Seconds with valid pictures that it has told since the hub started; stands still while no picture comes. */
  readonly picturedSeconds: number;
}

interface Heard {
  telemetry: TelemetryMessage;
  atMs: number;
  picturedSeconds: number;
}

/** Keeps the newest word of each device with the time when it came, by a clock that never jumps. */
export class DeviceFactsKeeper {
  readonly #clock: Clock;
  readonly #views: () => readonly DeviceView[];
  /** By device; the registry admits devices, so there are never more of them than it takes. */
  readonly #heard = new Map<string, Heard>();

  constructor(clock: Clock, views: () => readonly DeviceView[]) {
    this.#clock = clock;
    this.#views = views;
  }

  /** A device has said what its room is like. */
  hearTelemetry(device: string, telemetry: TelemetryMessage): void {
    const before = this.#heard.get(device);
    const isNew = telemetry.validFrames > 0 && telemetry.atMicros !== before?.telemetry.atMicros;
    const picturedSeconds = (before?.picturedSeconds ?? 0) + (isNew ? 1 : 0);
    this.#heard.set(device, { telemetry, atMs: this.#clock.monotonicMs(), picturedSeconds });
  }

  /** All devices, by id. */
  now(): readonly DeviceFacts[] {
    const views = this.#views();
    const known = new Set(views.map(({ id }) => id));
    for (const id of this.#heard.keys()) if (!known.has(id)) this.#heard.delete(id);
    return views.map((view) => this.of(view));
  }

  /** One device, by the view of it that was just made. */
  of(view: DeviceView): DeviceFacts {
    const heard = this.#heard.get(view.id);
    const standing = standingOf(view);
    const isFresh = heard !== undefined && this.#clock.monotonicMs() - heard.atMs <= silentAfterMs;
    return {
      view,
      standing,
      telemetry: standing === "heard" && isFresh ? heard.telemetry : null,
      picturedSeconds: heard?.picturedSeconds ?? 0,
    };
  }
}

function standingOf({ ended, silentSinceMicros }: DeviceView): DeviceFacts["standing"] {
  if (ended === true) return "ended";
  return silentSinceMicros === null ? "heard" : "silent";
}
