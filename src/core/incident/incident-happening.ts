import type { Act } from "../alarm/alarm-state.ts";
import type { Reason } from "../alarm/reason.ts";
import type { DeviceEvent } from "../device-event.ts";
import type { ZoneEvent } from "../zone/zone-event.ts";
import type { MemberLevel } from "./incident-record.ts";

/** An event as its receiver has it. */
export interface IncidentHappening {
  /** In whose log it is: a device, or a zone that the receiver runs. */
  readonly source: string;
  readonly event: DeviceEvent;
  readonly receivedAtMicros: number;
}

/** What an event says to an incident. */
export type Told =
  | { readonly kind: "level"; readonly level: MemberLevel | "normal"; readonly reasons: readonly Reason[] }
  | { readonly kind: "further-alarm"; readonly id: string; readonly reasons: readonly Reason[] }
  | { readonly kind: "acknowledged"; readonly act: Act }
  | { readonly kind: "mention" };

/** Who says it, and of what. */
export interface ReadHappening {
  /** See `IncidentMember.key`. */
  readonly key: string;
  /** The source's own name of its incident; null where it gives none. */
  readonly incidentId: string | null;
  readonly test: boolean;
  readonly told: Told;
}

const settled: Told = { kind: "level", level: "normal", reasons: [] };

/** What an event is to incidents. */
export function readHappening({ source, event, receivedAtMicros }: IncidentHappening): ReadHappening {
  const device = { key: source, test: false, incidentId: null };
  switch (event.type) {
    case "zone":
      return { key: `zone/${event.zone}`, ...readZone(event.event, receivedAtMicros) };
    case "level": {
      const { incidentId, test, level, reasons } = event;
      return { ...device, incidentId, test, told: { kind: "level", level, reasons } };
    }
    case "gas-hazard": {
      const level = event.active ? "gas-hazard" : "normal";
      return { ...device, key: `gas/${source}`, told: { kind: "level", level, reasons: event.reasons } };
    }
    case "acknowledged": {
      const act = { by: event.by, reason: event.reason, atMicros: receivedAtMicros };
      return { ...device, incidentId: event.incidentId, told: { kind: "acknowledged", act } };
    }
    case "reset":
      // Also where nothing stood on the device: one that has lost its memory never says that its alarm is over.
      return { ...device, incidentId: event.incidentId, told: settled };
    default:
      return {
        ...device,
        incidentId: "incidentId" in event ? event.incidentId : null,
        told: { kind: "mention" },
      };
  }
}

function readZone(event: ZoneEvent, atMicros: number): Pick<ReadHappening, "incidentId" | "test" | "told"> {
  const incidentId = "incidentId" in event ? event.incidentId : null;
  switch (event.type) {
    case "zone-level": {
      const { level, reasons, test } = event;
      // A prealarm without an incident is what its devices say themselves.
      if (level === "prealarm" && incidentId === null) return { incidentId, test, told: { kind: "mention" } };
      const raised = level === "fire" ? "alarm" : level;
      return { incidentId, test, told: { kind: "level", level: raised, reasons } };
    }
    case "further-alarm":
      return {
        incidentId,
        test: false,
        told: { kind: "further-alarm", id: event.id, reasons: event.reasons },
      };
    case "acknowledged": {
      const act = { by: event.by, reason: event.reason, atMicros };
      return { incidentId, test: false, told: { kind: "acknowledged", act } };
    }
    case "reset":
      return { incidentId, test: false, told: settled };
    default:
      return { incidentId, test: false, told: { kind: "mention" } };
  }
}
