import type { AlarmEvent } from "./alarm-event.ts";

/** Types of events that call people: no queue or store drops them before anything else. */
export const alarmEventTypes: readonly AlarmEvent["type"][] = ["level", "gas-hazard", "resounded"];

/** True for an event that calls people. */
export function callsPeople(event: AlarmEvent): boolean {
  return alarmEventTypes.includes(event.type);
}
