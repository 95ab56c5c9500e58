import type { ActName } from "#core/alarm/alarm-input.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { assertNever } from "#core/failure.ts";
import type { RoomSituation } from "./room-knowledge.ts";

/** Why an act cannot be done now, in a few words; null where it can. */
export function whyActImpossible(act: ActName, room: RoomSituation): string | null {
  const { state } = room.view;
  return whyUnreachable(room) ?? (state === null ? "State not known yet" : whyPointless(act, state));
}

/** Why a device can be asked nothing now, in a few words; null where it can. */
export function whyUnreachable(room: RoomSituation): string | null {
  if (room.link !== "up") return "No connection to the hub";
  return room.view.online ? null : "Device is offline";
}

function whyPointless(act: ActName, state: AlarmState): string | null {
  switch (act) {
    case "acknowledge":
      if (state.incident === null) return "No alarm stands";
      return state.incident.acknowledged === null ? null : `Done by ${state.incident.acknowledged.by}`;
    case "silence":
      return state.sounding ? null : "Nothing sounds";
    case "reset":
      return state.incident === null ? "No alarm stands" : null;
    case "disable":
      return state.disabled === null ? null : "Already disabled";
    case "enable":
      return state.disabled === null ? "Not disabled" : null;
    case "start-test":
      return state.test === null ? null : "A test is on";
    case "end-test":
      return state.test === null ? "No test is on" : null;
    default:
      return assertNever(act);
  }
}
