import type { DeviceEvent } from "#core/device-event.ts";
import type { AlarmLoadSource } from "#wire/alarm-load.ts";

/** Something called for attention at a moment. */
export interface AlarmCall extends AlarmLoadSource {
  readonly atMicros: number;
}

/** The call that an event is; null for one that calls nobody, such as an act, an end, a notice or a test. */
export function alarmCall(source: string, event: DeviceEvent): AlarmCall | null {
  const { atMicros } = event;
  switch (event.type) {
    case "level":
      if (event.test || event.level === "normal") return null;
      return { source, kind: event.level, code: null, atMicros };
    case "trouble":
      return event.active ? { source, kind: "trouble", code: event.code, atMicros } : null;
    case "gas-hazard":
    case "supervisory":
      return event.active ? { source, kind: event.type, code: null, atMicros } : null;
    case "zone":
      return zoneCall(event);
    default:
      return null;
  }
}

function zoneCall({ zone, atMicros, event }: Extract<DeviceEvent, { type: "zone" }>): AlarmCall | null {
  if (event.type === "call-point")
    return { source: zone, kind: "call-point", code: event.callPointId, atMicros };
  // A prealarm or a wait of a zone is what its device has called already.
  if (event.type !== "zone-level" || event.level !== "fire" || event.test) return null;
  return { source: zone, kind: "zone-fire", code: null, atMicros };
}
