import type { ZoneView } from "#wire/zone-api.ts";
import { localTimeText } from "../text/local-time-text.ts";
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

/** What is said of zones when there is a pause: who has disabled or tests them, and until when; never the time that is left. */
export function politeZoneAnnouncement(zones: readonly ZoneView[], nowMicros: number): string {
  return zones
    .flatMap(({ name, state, disabledUntilMicros, testUntilMicros }) => [
      conditionText(`Zone ${name}, DISABLED`, state.disabled, {
        untilMicros: disabledUntilMicros,
        nowMicros,
      }),
      conditionText(`Zone ${name}, TEST`, state.test, { untilMicros: testUntilMicros, nowMicros }),
    ])
    .filter((text) => text !== "")
    .join(" ");
}

function conditionText(
  what: string,
  condition: ZoneView["state"]["test"],
  time: { readonly untilMicros: number | null; readonly nowMicros: number },
): string {
  if (condition === null || time.untilMicros === null) return "";
  const until = localTimeText(time.untilMicros, { nowMicros: time.nowMicros });
  const why = condition.reason === "" ? "" : `: ${condition.reason}`;
  return `${what} until ${until} by ${condition.by}${why}.`;
}

function politeTexts(room: RoomSituation): readonly string[] {
  return politeNames.flatMap((name) => {
    const reasons = reasonsOf(room, name);
    if (reasons.length === 0) return [];
    return [`${room.view.name}, ${name === "unknown" ? "UNKNOWN" : lampLabels[name]}: ${reasons.join(" ")}`];
  });
}
