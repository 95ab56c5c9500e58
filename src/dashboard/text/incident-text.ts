import type { CauseCode } from "#core/incident/cause-code.ts";
import type { IncidentAct } from "#core/incident/incident-acts.ts";
import type { IncidentView, NotificationView, TimeLineEntry } from "#wire/incident-api.ts";
import { eventText } from "./event-text.ts";
import type { EventText } from "./event-words.ts";

/** What each cause is called. */
export const causeNames: Readonly<Record<CauseCode, string>> = {
  fire: "Fire",
  cooking: "Cooking",
  vehicle: "Vehicle or its engine",
  "hot-work": "Hot work",
  sun: "Sun",
  works: "Building works",
  test: "Test",
  unknown: "Unknown",
};

const severityNames: Readonly<Record<IncidentView["severity"], string>> = {
  alarm: "FIRE",
  "gas-hazard": "Gas hazard",
  prealarm: "Prealarm",
};

/** An incident in one line and its tone; `nameOf` gives the name of a device or zone. */
export function incidentText(incident: IncidentView, nameOf: (source: string) => string): EventText {
  const { severity, kind, state, acknowledged, closed, held, place, alarms } = incident;
  const test = kind === "test" ? " (test: nobody is called)" : "";
  const states: Readonly<Record<IncidentView["state"], string>> = {
    open: "Nobody has answered yet.",
    acknowledged: `Acknowledged by ${acknowledged?.by ?? "somebody"}.`,
    over: kind === "real" && severity !== "prealarm" ? "Over. Say what it was, and close it." : "Over.",
    closed: `Closed by ${closed?.by ?? "somebody"}: ${closed === null ? "" : causeNames[closed.cause]}.`,
  };
  const details = [states[state]];
  if (alarms > 1) details.push(`${alarms} alarms.`);
  if (held !== null) details.push(`Held by ${held.by}: ${held.reason}`);
  return { title: `${severityNames[severity]}: ${nameOf(place)}${test}`, details, tone: toneOf(incident) };
}

function toneOf({ severity, state, kind }: IncidentView): EventText["tone"] {
  if (kind === "test") return "test";
  if (state === "over" || state === "closed") return "quiet";
  return severity === "prealarm" ? "prealarm" : "fire";
}

/** One line of a time line. */
export function timeLineText(entry: TimeLineEntry, nameOf: (source: string) => string): EventText {
  switch (entry.type) {
    case "event":
      return eventText(entry.message.event, nameOf);
    case "act":
      return actText(entry.act);
    case "notification":
      return notificationText(entry.notification);
  }
}

function actText(act: IncidentAct): EventText {
  const tone = "quiet";
  switch (act.kind) {
    case "acknowledge":
      return { title: `Acknowledged by ${act.by}, for the whole incident`, details: said(act.reason), tone };
    case "close":
      return { title: `Closed by ${act.by}: ${causeNames[act.cause]}`, details: said(act.note), tone };
    case "hold":
      return { title: `Held by ${act.by}: nothing of it is deleted`, details: said(act.reason), tone };
    case "release":
      return { title: `Hold ended by ${act.by}`, details: said(act.reason), tone };
    case "note":
      return { title: `Note by ${act.by}`, details: said(act.text), tone };
  }
}

const outcomes: Readonly<Record<NotificationView["outcome"], string>> = {
  "under-way": "under way",
  sent: "sent",
  delivered: "delivered",
  failed: "failed",
};

function notificationText({ kind, contact, channel, attempt, outcome, text }: NotificationView): EventText {
  const which = attempt > 1 ? `, try ${attempt}` : "";
  return {
    title: `Told ${contact} by ${channel}${which}: ${outcomes[outcome]}`,
    details: [`Message: ${kind}.`, ...said(text)],
    tone: outcome === "failed" ? "trouble" : "quiet",
  };
}

function said(text: string): string[] {
  return text === "" ? [] : [text];
}
