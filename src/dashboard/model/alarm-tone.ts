import type { RoomSituation } from "./room-knowledge.ts";

/** What this page's loudspeaker has to play. */
export type AlarmTone = "none" | "prealarm" | "fire";

/** Sounds until silenced: also when the device or the hub fell silent while it sounded. */
export function alarmToneOf(rooms: readonly RoomSituation[]): AlarmTone {
  const sounding = rooms.filter((room) => room.view.state?.sounding === true);
  if (sounding.length === 0) return "none";
  return sounding.some((room) => room.view.state?.level !== "prealarm") ? "fire" : "prealarm";
}
