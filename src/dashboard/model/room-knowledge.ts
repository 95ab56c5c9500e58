import type { DeviceView } from "#wire/hub-api.ts";

/** Whether the page reaches the hub. */
export type LinkStatus = "connecting" | "up" | "down";

/** What the page knows about a room, and how well. */
export interface RoomSituation {
  readonly view: DeviceView;
  readonly link: LinkStatus;
  /** True when the device has sent nothing new for `unheardMaxMs`. */
  readonly unheard: boolean;
}

/** A device that sent nothing new for this long is unknown, whatever the hub says. */
export const unheardMaxMs = 10_000;

/** Why nothing can be said about the room now, in one sentence; null while what is shown is fresh. */
export function whyUnknown(room: RoomSituation): string | null {
  if (room.link !== "up") return "There is no connection to the hub.";
  if (room.view.ended === true) return "The recording has come to its end.";
  if (room.view.silentSinceMicros !== null) return "The device is silent.";
  if (!room.view.online) return "The device is offline.";
  if (room.view.state === null) return "The device has not said its state yet.";
  if (room.unheard) return "The device has sent nothing for more than 10 s.";
  return null;
}

/** True while a room that reports has no picture at all: nothing in it is found by its heat. */
export function isAirOnly(room: RoomSituation): boolean {
  return room.view.newestFrameAgeSeconds === null;
}
