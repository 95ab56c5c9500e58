import type { LampName } from "./lamps.ts";
import type { RoomSituation } from "./room-knowledge.ts";

/** What is to be done about the worst of the site, in words. */
export function siteAdvice(
  name: LampName | "unknown",
  about: { readonly concerned: readonly RoomSituation[]; readonly underTest: boolean },
): string {
  const { concerned, underTest } = about;
  if (name === "fire" || name === "prealarm" || name === "gas-hazard") {
    if (underTest)
      return "A test is on: nobody is called. Look at the picture; if it burns, get everybody out and call the fire brigade yourself.";
    return `${unrealWords(concerned)}${alarmAdvice(name, concerned)}`;
  }
  return calmAdvice(name, concerned);
}

type AlarmName = "fire" | "prealarm" | "gas-hazard";

function calmAdvice(
  name: Exclude<LampName | "unknown", AlarmName>,
  concerned: readonly RoomSituation[],
): string {
  const ended = concerned.every((room) => room.view.ended === true);
  switch (name) {
    case "unknown":
      return ended
        ? "Nothing more comes from it."
        : "Do not take silence for safety: have somebody look at the room, and at the device.";
    case "supervisory":
      return "Air the room and find out where the CO2 comes from.";
    case "trouble":
      return "Have the fault repaired: until then the room is watched less well.";
    case "disabled":
      return concerned.some((room) => room.view.state?.disabled != null)
        ? "This room raises no alarm now. Have somebody watch it."
        : "What lies wholly in that part raises no alarm now. Have somebody watch it.";
    case "test":
      return "Nobody is called while the test is on. End it when you are done.";
  }
}

function alarmAdvice(name: AlarmName, concerned: readonly RoomSituation[]): string {
  const incidents = concerned.map((room) => room.view.state?.incident ?? null);
  const acknowledged = incidents.every((incident) => incident !== null && incident.acknowledged !== null);
  const inRealRoom = concerned.some((room) => room.view.source === "camera") ? "" : "In a real room: ";
  if (name === "gas-hazard") return `${inRealRoom}Keep everybody out. Call people with breathing apparatus.`;
  if (name === "fire")
    return acknowledged
      ? "Acknowledged. Reset when the fire is out and the room is safe."
      : `${inRealRoom}Get everybody out and call the fire brigade. Then acknowledge.`;
  return acknowledged
    ? "Acknowledged. Watch the picture until it is over."
    : `${inRealRoom}Look at the picture, send somebody to look, then acknowledge.`;
}

/** Nobody is to call the fire brigade to a recording; one real room among them makes it real. */
function unrealWords(concerned: readonly RoomSituation[]): string {
  const sources = new Set(concerned.map((room) => room.view.source));
  if (sources.has("camera")) return "";
  const one = concerned.length === 1;
  const recording = one ? "This is a recording." : "These are recordings.";
  const simulation = one ? "This is a simulation." : "These are simulations.";
  const words =
    sources.size > 1
      ? "These are recordings and simulations."
      : sources.has("replay")
        ? recording
        : simulation;
  return `${words} `;
}
