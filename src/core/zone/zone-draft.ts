import type { FireCause, ZoneEvent } from "./zone-event.ts";
import type { ZonePolicy } from "./zone-policy.ts";
import type { ZoneDetector, ZoneIncident, ZoneState } from "./zone-state.ts";

/** An event before it has its number and time. */
export type UnnumberedZoneEvent = ZoneEvent extends infer Event
  ? Event extends ZoneEvent
    ? Omit<Event, "sequence" | "atMicros">
    : never
  : never;

/** One step of the zone machine in the making. */
export interface ZoneDraft {
  /** The caller's time of this step. */
  readonly atMicros: number;
  readonly policy: ZonePolicy;
  state: ZoneState;
  readonly events: ZoneEvent[];
  /** Why this step made FIRE; null while it has not. */
  because: FireCause | null;
  /** What kind of incident this step has ended; null while it has not. */
  ended: ZoneIncident["kind"] | null;
}

/** Changes some of the state. */
export function changeZone(draft: ZoneDraft, fields: Partial<ZoneState>): void {
  draft.state = { ...draft.state, ...fields };
}

/** Changes some of the standing incident. */
export function changeIncident(draft: ZoneDraft, fields: Partial<ZoneIncident>): void {
  const { incident } = draft.state;
  if (incident !== null) changeZone(draft, { incident: { ...incident, ...fields } });
}

/** Changes some of what is known of one detector. */
export function changeDetector(draft: ZoneDraft, deviceId: string, fields: Partial<ZoneDetector>): void {
  const detectors = draft.state.detectors.map((one) =>
    one.deviceId === deviceId ? { ...one, ...fields } : one,
  );
  changeZone(draft, { detectors });
}

/** Says that something happened: gives the event the next number and the time of the step. */
export function emitZone(draft: ZoneDraft, event: UnnumberedZoneEvent): void {
  const sequence = draft.state.sequence + 1;
  draft.events.push({ ...event, sequence, atMicros: draft.atMicros } as ZoneEvent);
  changeZone(draft, { sequence });
}
