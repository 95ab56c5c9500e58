import { assertNever } from "#core/failure.ts";
import type { FireCause, ZoneEvent, ZoneHoldEvent, ZoneLevelEvent } from "#core/zone/zone-event.ts";
import { actWords } from "./act-event-text.ts";
import { durationText } from "./duration-text.ts";
import type { EventText } from "./event-words.ts";

const fireCauses: Readonly<Record<FireCause, string>> = {
  "no-delay": "Nothing has to be waited for.",
  "call-point": "Somebody pressed a call point.",
  "severe-heat": "Severe heat waits for nothing.",
  "waited-on-device": "It has waited on the device long enough.",
  "same-incident": "The cause has outlasted a reset.",
  "second-detector": "A second detector has found it, too.",
  "partner-absent": "No other detector is there to confirm it.",
  verified: "It was still there after the verification.",
  "not-acknowledged": "Nobody acknowledged in time.",
  unstaffed: "Nobody is there to investigate.",
  "time-over": "The time to investigate is over.",
};

const holdNames: Readonly<Record<ZoneHoldEvent["hold"], string>> = {
  verification: "until the alarm is verified",
  coincidence: "for a second detector",
  acknowledgement: "for somebody to acknowledge",
  investigation: "for the investigation",
};

/** Says in words what happened in a zone. The names of devices come from whoever knows them. */
export function zoneEventText(event: ZoneEvent, nameOf: (device: string) => string): EventText {
  switch (event.type) {
    case "zone-level":
      return levelText(event);
    case "hold":
      return {
        title: `Zone: the panel waits ${holdNames[event.hold]}, at most ${durationText(1_000 * event.seconds)}`,
        details: [],
        tone: "prealarm",
      };
    case "call-point":
      return { title: `Call point pressed: ${event.callPointId}`, details: [], tone: "fire" };
    case "further-alarm":
      return {
        title: `Zone: another alarm, ${nameOf(event.id)}`,
        details: event.reasons.map((reason) => reason.text),
        tone: "fire",
      };
    case "not-verified":
      return {
        title: "Zone: the alarm was not verified",
        details: ["What raised it had gone. It is FIRE as soon as it is back."],
        tone: "prealarm",
      };
    case "resounded":
      return { title: "Zone: sounding again", details: ["A new alarm came after silencing."], tone: "fire" };
    case "would-have-alarmed":
      return {
        title: `Zone disabled: ${nameOf(event.deviceId)} would have raised FIRE`,
        details: event.reasons.map((reason) => reason.text),
        tone: "disabled",
      };
    case "reset-refused":
      return {
        title: `Zone not reset by ${event.by}`,
        details: [
          `${event.deviceIds.map(nameOf).join(", ")} cannot say that its alarm is over: a reset needs a reason.`,
        ],
        tone: "trouble",
      };
    default: {
      const words = actWords(event);
      return { ...words, title: `Zone: ${words.title.charAt(0).toLowerCase()}${words.title.slice(1)}` };
    }
  }
}

function levelText(event: ZoneLevelEvent): EventText {
  const reasons = event.reasons.map((reason) => reason.text);
  const suffix = event.test ? " (test: no output follows)" : "";
  switch (event.level) {
    case "fire": {
      const because = event.because === null ? [] : [fireCauses[event.because]];
      return { title: `Zone in FIRE${suffix}`, details: [...because, ...reasons], tone: "fire" };
    }
    case "holding":
      return { title: `Zone: FIRE found, the panel waits${suffix}`, details: reasons, tone: "fire" };
    case "prealarm":
      return { title: `Zone in prealarm${suffix}`, details: reasons, tone: "prealarm" };
    case "normal":
      return { title: `Zone back to normal${suffix}`, details: [], tone: "quiet" };
    default:
      return assertNever(event.level);
  }
}
