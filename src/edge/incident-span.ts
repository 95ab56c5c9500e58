import type { LevelEvent } from "#core/alarm/alarm-event.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import { microsPerSecond } from "#core/time.ts";

/** Incidents that one recording can name; the evidence of a further one is there, its name is not. */
export const incidentsMax = 100;

/** Incidents whose recording was cut off, and for how long they are to be recorded yet. */
export interface StandingIncidents {
  readonly incidents: readonly string[];
  readonly seconds: number;
}

/** The incidents that one recording shows, and until when it goes on. */
export class IncidentSpan {
  readonly #incidents: string[] = [];
  #untilMs = Number.NEGATIVE_INFINITY;

  /** First to last, at most `incidentsMax`. */
  get incidents(): readonly string[] {
    return this.#incidents;
  }

  /** Monotonic time of its end. */
  get untilMs(): number {
    return this.#untilMs;
  }

  /** A prealarm or alarm: the recording goes on for so long from now. */
  hear(event: LevelEvent, until: { readonly nowMs: number; readonly afterSeconds: number }): void {
    this.#name(event.incidentId ?? `no-incident-${event.atMicros}`);
    this.#untilMs = until.nowMs + 1_000 * until.afterSeconds;
  }

  /** What another recorder has begun goes on here. */
  resume({ incidents, seconds }: StandingIncidents, nowMs: number): void {
    for (const id of incidents) this.#name(id);
    this.#untilMs = Math.max(this.#untilMs, nowMs + 1_000 * seconds);
  }

  #name(id: string): void {
    if (!this.#incidents.includes(id) && this.#incidents.length < incidentsMax) this.#incidents.push(id);
  }
}

/** An event that begins a recording or makes it longer: a prealarm or alarm. Null for any other. */
export function incidentEvent(event: DeviceEvent): LevelEvent | null {
  return event.type === "level" && event.level !== "normal" ? event : null;
}

/** What a device that has just started would still be recording, as far as its alarm state tells; null for nothing. */
export function standingIncidents(
  { level, incident }: AlarmState,
  now: { readonly nowMicros: number; readonly afterSeconds: number },
): StandingIncidents | null {
  if (level === "normal" || incident === null) return null;
  const newestMicros = Math.max(incident.startedAtMicros, incident.firstAlarmAtMicros ?? 0);
  const goneSeconds = Math.max(0, now.nowMicros - newestMicros) / microsPerSecond;
  const seconds = now.afterSeconds - goneSeconds;
  return seconds <= 0 ? null : { incidents: [incident.id], seconds };
}
