import type { DeviceEvent } from "../device-event.ts";
import type { ZoneEvent } from "../zone/zone-event.ts";
import type { AlarmEvent } from "./alarm-event.ts";

/** Types of events that call people: no queue or store drops them before anything else. */
export const alarmEventTypes: readonly AlarmEvent["type"][] = ["level", "gas-hazard", "resounded"];

const zoneAlarmEventTypes: readonly ZoneEvent["type"][] = [
  "zone-level",
  "further-alarm",
  "call-point",
  "resounded",
];

/** True for an event that calls people. */
export function callsPeople(event: DeviceEvent): boolean {
  if (event.type === "zone") return zoneAlarmEventTypes.includes(event.event.type);
  return event.type !== "notice" && alarmEventTypes.includes(event.type);
}
