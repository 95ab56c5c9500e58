import type { ZoneView } from "#wire/zone-api.ts";
import { lampLabels } from "./lamps.ts";
import type { RoomSituation } from "./room-knowledge.ts";
import { reasonsOf, type SiteSummary } from "./site-summary.ts";
import { zoneWords } from "./zone-words.ts";

/** What a screen reader is to say: at once for alarms, when there is a pause for everything else. */
export interface Announcements {
  readonly assertive: string;
  readonly polite: string;
}

const politeNames = ["unknown", "supervisory", "trouble", "disabled", "test"] as const;

/** Puts the situation into words that change only when the situation does, so that nothing is said twice. */
export function announcementsOf(rooms: readonly RoomSituation[], summary: SiteSummary): Announcements {
  const urgent = summary.tone === "fire" || summary.tone === "gas-hazard" || summary.tone === "prealarm";
  const assertive = urgent ? [`${summary.headline}.`, ...summary.reasons, summary.whatToDo].join(" ") : "";
  const polite = rooms.flatMap(politeTexts);
  if (polite.length === 0 && !urgent) polite.push(`${summary.headline}.`);
  return { assertive, polite: polite.join(" ") };
}

/** What is said of zones, at once: FIRE, and what the panel waits for; the time that is left is for the eyes. */
export function zoneAnnouncement(zones: readonly ZoneView[]): string {
  return zones
    .filter(({ state }) => state.level === "fire" || state.level === "holding")
    .map((zone) => {
      const { headline, waits } = zoneWords(zone, (id) => id);
      return `Zone ${zone.name}: ${headline}${waits === null ? "" : `; ${waits}`}.`;
    })
    .join(" ");
}

function politeTexts(room: RoomSituation): readonly string[] {
  return politeNames.flatMap((name) => {
    const reasons = reasonsOf(room, name);
    if (reasons.length === 0) return [];
    return [`${room.view.name}, ${name === "unknown" ? "UNKNOWN" : lampLabels[name]}: ${reasons.join(" ")}`];
  });
}
