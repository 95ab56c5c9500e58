import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { isTestIncident } from "#core/alarm/incident.ts";
import { type LampName, lampsOf, type Tone } from "./lamps.ts";
import { isAirOnly, type LinkStatus, type RoomSituation, whyUnknown } from "./room-knowledge.ts";
import { siteAdvice } from "./site-advice.ts";

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
    if (concerned.length > 0) return summaryOf(name, { concerned, rooms });
  }
  return quietSite(rooms);
}

/** A room without pictures is never said to be free of fire: only its air is watched. */
function quietSite(rooms: readonly RoomSituation[]): SiteSummary {
  const airOnly = rooms.filter(isAirOnly);
  const reasons = [
    rooms.length === 1
      ? "The room reports, and nothing is found in it."
      : `${rooms.length === 2 ? "Both" : `All ${rooms.length}`} rooms report, and nothing is found in any of them.`,
  ];
  if (airOnly.length > 0) reasons.push(`Air only, not watched by heat: ${namesOf(airOnly)}.`);
  return {
    tone: "quiet",
    headline: airOnly.length === rooms.length ? "Nothing found in the air" : "All quiet",
    reasons,
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

function summaryOf(
  name: LampName | "unknown",
  site: { readonly concerned: readonly RoomSituation[]; readonly rooms: readonly RoomSituation[] },
): SiteSummary {
  const { concerned } = site;
  const underTest = (name === "fire" || name === "prealarm") && concerned.every(isTest);
  return {
    tone: name,
    headline: `${headlineOf(name, { concerned, underTest })}: ${placesOf(name, site)}`,
    reasons: concerned.flatMap((room) => reasonsOf(room, name)).slice(0, reasonsMax),
    whatToDo: siteAdvice(name, { concerned, underTest }),
    rooms: concerned.map((room) => room.view.id),
    sinceMicros: startOf(concerned[0]!, name),
  };
}

/** An incident that began before a test is real and stays real: only one that the test made is a test's. */
function isTest(room: RoomSituation): boolean {
  const incident = room.view.state?.incident ?? null;
  return incident !== null && isTestIncident(incident);
}

/** Names of the rooms; a room that raises no alarm is never hidden behind something else. */
function placesOf(
  name: LampName | "unknown",
  site: { readonly concerned: readonly RoomSituation[]; readonly rooms: readonly RoomSituation[] },
): string {
  const { concerned, rooms } = site;
  const isDisabled = (room: RoomSituation) => room.view.state?.disabled != null;
  if (name === "disabled")
    return concerned
      .map((room) => `${room.view.name}${isDisabled(room) ? "" : " (a part of the picture)"}`)
      .join(", ");
  const places = concerned.map((room) => `${room.view.name}${isDisabled(room) ? " (disabled)" : ""}`);
  const others = rooms.filter((room) => isDisabled(room) && !concerned.includes(room));
  return `${places.join(", ")}${others.length === 0 ? "" : `. Disabled: ${namesOf(others)}`}`;
}

function namesOf(rooms: readonly RoomSituation[]): string {
  return rooms.map((room) => room.view.name).join(", ");
}

function headlineOf(
  name: LampName | "unknown",
  about: { readonly concerned: readonly RoomSituation[]; readonly underTest: boolean },
): string {
  const { underTest } = about;
  const ended = about.concerned.every((room) => room.view.ended === true);
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
      return state === null ? [] : disabledReasons(state);
    case "test":
      return state?.test == null ? [] : [`By ${state.test.by}: ${state.test.reason}`];
  }
}

/** What is disabled, by whom and why, and what it keeps back now. */
function disabledReasons({ disabled, disabledRegions, withheld }: AlarmState): readonly string[] {
  const room = disabled === null ? [] : [`By ${disabled.by}: ${disabled.reason}`];
  const regions = disabledRegions.map(
    ({ name, by, reason }) => `The part "${name}" of the picture, by ${by}: ${reason}`,
  );
  if (withheld.level === "normal") return [...room, ...regions];
  const kept = withheld.level === "alarm" ? "FIRE" : "a prealarm";
  return [`Kept back: without this it would be ${kept} now.`, ...room, ...regions];
}
