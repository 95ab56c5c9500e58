import type { ActEvent, GasEvent, LevelEvent, SelfTestEvent } from "#core/alarm/alarm-event.ts";
import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import { assertNever } from "#core/failure.ts";
import { actWords } from "./act-event-text.ts";
import type { EventText } from "./event-words.ts";
import { troubleNames } from "./trouble-name.ts";
import { zoneEventText } from "./zone-event-text.ts";

/** Says in words what happened. The names of devices come from whoever knows them. */
export function eventText(event: DeviceEvent, nameOf: (device: string) => string): EventText {
  switch (event.type) {
    case "zone":
      return zoneEventText(event.event, nameOf);
    case "notice":
      return noticeText(event.notice);
    case "level":
      return levelText(event);
    case "trouble":
      return event.active
        ? { title: `Trouble: ${troubleNames[event.code]}`, details: sentences(event.text), tone: "trouble" }
        : {
            title: `Trouble over: ${troubleNames[event.code]}`,
            details: sentences(event.text),
            tone: "quiet",
          };
    case "supervisory":
    case "gas-hazard":
      return gasText(event);
    case "resounded":
      return {
        title: "Sounding again",
        details: ["A new alarm came after the sounders were silenced."],
        tone: "fire",
      };
    case "self-test":
      return {
        title: selfTestTitles[event.stage],
        details: sentences(event.text),
        tone: event.stage === "failed" ? "trouble" : "test",
      };
    case "acknowledged":
    case "silenced":
    case "reset":
    case "disabled":
    case "enabled":
    case "test-started":
    case "test-ended":
      return actText(event, event.type);
    default:
      return assertNever(event);
  }
}

const selfTestTitles: Readonly<Record<SelfTestEvent["stage"], string>> = {
  alarm: "Self-test: synthetic fire found (test: nobody is called)",
  passed: "Self-test passed",
  failed: "Self-test failed",
  aborted: "Self-test aborted",
};

function levelText(event: LevelEvent): EventText {
  const details = event.reasons.map((reason) => reason.text);
  const suffix = event.test ? " (test: nobody is called)" : "";
  switch (event.level) {
    case "alarm":
      return { title: `FIRE${suffix}`, details, tone: "fire" };
    case "prealarm":
      return { title: `Prealarm${suffix}`, details, tone: "prealarm" };
    case "normal":
      return { title: `Back to normal${suffix}`, details, tone: "quiet" };
    default:
      return assertNever(event.level);
  }
}

function gasText(event: GasEvent): EventText {
  const details = event.reasons.map((reason) => reason.text);
  if (event.type === "gas-hazard")
    return event.active
      ? { title: "GAS HAZARD: do not enter", details, tone: "gas-hazard" }
      : { title: "Gas hazard over", details, tone: "quiet" };
  return event.active
    ? { title: "Supervisory: bad air", details, tone: "supervisory" }
    : { title: "Supervisory condition over", details, tone: "quiet" };
}

function actText(event: ActEvent, type: ActEvent["type"]): EventText {
  const words = actWords({ ...event, type });
  if (event.region === undefined) return words;
  return { ...words, title: `${words.title}: the region "${event.region}" of the picture` };
}

function noticeText(notice: AlarmNotice): EventText {
  switch (notice.type) {
    case "would-have-alarmed": {
      const what = notice.level === "alarm" ? "FIRE" : "a prealarm";
      const where =
        notice.regions.length === 0 ? "the room is disabled" : `disabled: ${notice.regions.join(", ")}`;
      return {
        title: `Kept back: this would have been ${what} (${where})`,
        details: notice.reasons.map((reason) => reason.text),
        tone: "disabled",
      };
    }
    case "trouble-reminder":
      return {
        title: `Still in trouble: ${notice.codes.map((code) => troubleNames[code]).join(", ")}`,
        details: [],
        tone: "trouble",
      };
    case "hot-zone-accepted":
    case "hot-zone-withdrawn": {
      const { type, name, by, peakCelsius, areaPixels } = notice;
      const what = type === "hot-zone-accepted" ? "accepted" : "taken back";
      return {
        title: `Hot zone "${name}" ${what} by ${by}`,
        details: [`Its ceilings: ${peakCelsius} °C, and ${areaPixels} pixels of 60 °C or more.`],
        tone: "quiet",
      };
    }
    default:
      return assertNever(notice);
  }
}

function sentences(text: string): readonly string[] {
  return text === "" ? [] : [text];
}
