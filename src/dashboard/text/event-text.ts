import type { ActEvent, AlarmEvent, GasEvent, LevelEvent, SelfTestEvent } from "#core/alarm/alarm-event.ts";
import { assertNever } from "#core/failure.ts";
import type { Tone } from "../model/lamps.ts";
import { troubleNames } from "./trouble-name.ts";

/** One event in words. */
export interface EventText {
  readonly title: string;
  /** Why, one sentence each. */
  readonly details: readonly string[];
  readonly tone: Tone;
}

/** Says in words what happened. */
export function eventText(event: AlarmEvent): EventText {
  switch (event.type) {
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

const actVerbs: Readonly<Record<ActEvent["type"], string>> = {
  acknowledged: "Acknowledged",
  silenced: "Silenced",
  reset: "Reset",
  disabled: "Disabled",
  enabled: "Enabled",
  "test-started": "Test started",
  "test-ended": "Test ended",
};

function actText(event: ActEvent, type: ActEvent["type"]): EventText {
  const who = event.by === "expiry" ? "by itself, its time was over" : `by ${event.by}`;
  const tone = type === "disabled" ? "disabled" : type === "test-started" ? "test" : "quiet";
  // The title says already why it ended by itself.
  const details = event.by === "expiry" ? [] : sentences(event.reason);
  return { title: `${actVerbs[type]} ${who}`, details, tone };
}

function sentences(text: string): readonly string[] {
  return text === "" ? [] : [text];
}
