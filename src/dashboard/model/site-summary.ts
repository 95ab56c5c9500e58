import { type LampName, lampsOf, type Tone } from "./lamps.ts";
import { type LinkStatus, type RoomSituation, whyUnknown } from "./room-knowledge.ts";

/** The worst of the whole site in words: what is, why, and what to do. */
export interface SiteSummary {
  readonly tone: Tone;
  readonly headline: string;
  /** Why, one sentence each; the first alarm's reasons stay first. */
  readonly reasons: readonly string[];
  readonly whatToDo: string;
  /** Ids of the rooms the headline names, the one that began first in front. */
  readonly rooms: readonly string[];
  /** When the worst began; null where that is not known. */
  readonly sinceMicros: number | null;
}

/** From worst to best; "unknown" stands above everything that can wait, because it may hide a fire. */
const order: readonly (LampName | "unknown")[] = [
  "fire",
  "gas-hazard",
  "prealarm",
  "unknown",
  "supervisory",
  "trouble",
  "disabled",
  "test",
];

/** Most reasons shown in the banner; all of them stand with the room. */
const reasonsMax = 2;

/** Sums up the site. A site without rooms, and one the hub says nothing about, is unknown, never quiet. */
export function siteSummary(rooms: readonly RoomSituation[], link: LinkStatus): SiteSummary {
  if (rooms.length === 0) return emptySite(link);
  for (const name of order) {
    const concerned = rooms.filter((room) => isConcerned(room, name)).sort(byStart(name));
    if (concerned.length > 0) return summaryOf(name, concerned);
  }
  return {
    tone: "quiet",
    headline: "All quiet",
    reasons: [
      rooms.length === 1
        ? "The room reports, and nothing burns in it."
        : `${rooms.length === 2 ? "Both" : `All ${rooms.length}`} rooms report, and nothing burns in any of them.`,
    ],
    whatToDo: "Nothing to do.",
    rooms: [],
    sinceMicros: null,
  };
}

function emptySite(link: LinkStatus): SiteSummary {
  return {
    tone: "unknown",
    headline: link === "up" ? "No room is watched" : "Nothing is known yet",
    reasons: [
      link === "up" ? "No device has reported to the hub yet." : "The page has not reached the hub yet.",
    ],
    whatToDo:
      link === "up"
        ? "Start a device, or look whether the devices reach the hub."
        : "Look whether the hub runs.",
    rooms: [],
    sinceMicros: null,
  };
}

function isConcerned(room: RoomSituation, name: LampName | "unknown"): boolean {
  if (name === "unknown") return whyUnknown(room) !== null;
  return lampsOf(room).some((lamp) => lamp.name === name && lamp.status === "on");
}

function byStart(name: LampName | "unknown"): (a: RoomSituation, b: RoomSituation) => number {
  return (a, b) => (startOf(a, name) ?? Infinity) - (startOf(b, name) ?? Infinity);
}

function startOf(room: RoomSituation, name: LampName | "unknown"): number | null {
  const { state, silentSinceMicros } = room.view;
  switch (name) {
    case "fire":
      return state?.incident?.firstAlarmAtMicros ?? state?.incident?.startedAtMicros ?? null;
    case "prealarm":
      return state?.incident?.startedAtMicros ?? null;
    case "unknown":
      return silentSinceMicros;
    case "trouble":
      return state?.troubles[0]?.sinceMicros ?? silentSinceMicros;
    case "disabled":
      return state?.disabled?.atMicros ?? null;
    case "test":
      return state?.test?.atMicros ?? null;
    case "gas-hazard":
    case "supervisory":
      return null;
  }
}

function summaryOf(name: LampName | "unknown", concerned: readonly RoomSituation[]): SiteSummary {
  const names = concerned.map((room) => room.view.name).join(", ");
  return {
    tone: name,
    headline: `${headlineOf(name, concerned)}: ${names}`,
    reasons: concerned.flatMap((room) => reasonsOf(room, name)).slice(0, reasonsMax),
    whatToDo: whatToDo(name, concerned),
    rooms: concerned.map((room) => room.view.id),
    sinceMicros: startOf(concerned[0]!, name),
  };
}

function headlineOf(name: LampName | "unknown", concerned: readonly RoomSituation[]): string {
  const underTest = concerned.every((room) => room.view.state?.test != null);
  const ended = concerned.every((room) => room.view.ended === true);
  const headlines: Readonly<Record<LampName | "unknown", string>> = {
    fire: underTest ? "FIRE (test)" : "FIRE",
    "gas-hazard": "GAS HAZARD, do not enter",
    prealarm: underTest ? "Prealarm (test)" : "Prealarm",
    unknown: ended ? "Recording over" : "Unknown",
    supervisory: "Bad air",
    trouble: "Trouble",
    disabled: "Disabled",
    test: "Test",
  };
  return headlines[name];
}

/** Why this lamp of a room is on, one sentence each. */
export function reasonsOf(room: RoomSituation, name: LampName | "unknown"): readonly string[] {
  const { state } = room.view;
  const unknown = whyUnknown(room);
  const texts = (reasons: readonly { readonly text: string }[] | undefined) =>
    (reasons ?? []).map((reason) => reason.text);
  switch (name) {
    case "fire":
    case "prealarm": {
      const stale = unknown === null ? [] : [`This is what was last heard. ${unknown}`];
      return [...texts(state?.incident?.firstReasons), ...stale];
    }
    case "gas-hazard":
      return texts(state?.gasHazard);
    case "supervisory":
      return texts(state?.supervisory);
    case "trouble":
      return [...(unknown === null ? [] : [unknown]), ...texts(state?.troubles)];
    case "unknown":
      return unknown === null ? [] : [unknown];
    case "disabled":
      return state?.disabled == null ? [] : [`By ${state.disabled.by}: ${state.disabled.reason}`];
    case "test":
      return state?.test == null ? [] : [`By ${state.test.by}: ${state.test.reason}`];
  }
}

function whatToDo(name: LampName | "unknown", concerned: readonly RoomSituation[]): string {
  const incidents = concerned.map((room) => room.view.state?.incident ?? null);
  const acknowledged = incidents.every((incident) => incident !== null && incident.acknowledged !== null);
  const ended = concerned.every((room) => room.view.ended === true);
  const advice: Readonly<Record<LampName | "unknown", string>> = {
    fire: acknowledged
      ? "Acknowledged. Reset when the fire is out and the room is safe."
      : "Get everybody out and call the fire brigade. Then acknowledge.",
    "gas-hazard": "Keep everybody out. Call people with breathing apparatus.",
    prealarm: acknowledged
      ? "Acknowledged. Watch the picture until it is over."
      : "Look at the picture, send somebody to look, then acknowledge.",
    unknown: ended
      ? "Nothing more comes from it."
      : "Do not take silence for safety: have somebody look at the room, and at the device.",
    supervisory: "Air the room and find out where the CO2 comes from.",
    trouble: "Have the fault repaired: until then the room is watched less well.",
    disabled: "This room raises no alarm now. Have somebody watch it.",
    test: "Nobody is called while the test is on. End it when you are done.",
  };
  return advice[name];
}
