import { uptimeSinceMs } from "../frames/counter-difference.ts";
import type { ThermalFrame } from "../frames/thermal-frame.ts";
import { microsPerMillisecond } from "../time.ts";

/** Frames this long after a flat-field correction are not valid: the picture is still settling. */
export const ffcSettlingMicros = 1_500_000;

/**
 * Watches for the camera's flat-field correction (FFC): a shutter closes for about a second, the picture freezes, and
 * what follows is offset by some tenths of a kelvin. An FFC is known by its state, or by a change of the uptime at the
 * last FFC, which is left even when every frame of the FFC itself was lost.
 */
export class FfcWatch {
  #settledAtMicros = Number.NEGATIVE_INFINITY;
  #lastFfcUptimeMs: number | null = null;
  #stepPending = false;

  /** What an FFC makes of a frame; null when it is untouched by one. Frames come in the order of their time. */
  judge(frame: ThermalFrame): "ffc" | "settling" | null {
    const { telemetry, capturedAtMicros } = frame;
    if (telemetry !== null) this.#noticeChange(frame);
    if (telemetry !== null && telemetry.ffcState === "in-progress") {
      this.#stepPending = true;
      this.#settledAtMicros = capturedAtMicros + ffcSettlingMicros;
      return "ffc";
    }
    return capturedAtMicros < this.#settledAtMicros ? "settling" : null;
  }

  /** True once after each FFC: the next valid frame may be offset against all before it. */
  takeStep(): boolean {
    const pending = this.#stepPending;
    this.#stepPending = false;
    return pending;
  }

  #noticeChange({ telemetry, capturedAtMicros }: ThermalFrame): void {
    const { lastFfcUptimeMs = null, uptimeMs = null } = telemetry ?? {};
    if (lastFfcUptimeMs === null) return;
    const before = this.#lastFfcUptimeMs;
    this.#lastFfcUptimeMs = lastFfcUptimeMs;
    const agoMs = uptimeMs === null ? 0 : (uptimeSinceMs({ momentMs: lastFfcUptimeMs, uptimeMs }) ?? 0);
    if (before === lastFfcUptimeMs) return;
    // The first frame ever only tells how long ago the FFC was; one without an uptime tells nothing.
    if (before === null && (uptimeMs === null || lastFfcUptimeMs === 0)) return;
    this.#stepPending = true;
    const settledAt = capturedAtMicros - agoMs * microsPerMillisecond + ffcSettlingMicros;
    this.#settledAtMicros = Math.max(this.#settledAtMicros, settledAt);
  }
}
