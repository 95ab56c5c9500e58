import type { ActEvent } from "#core/alarm/alarm-event.ts";
import type { EventText } from "./event-words.ts";

const actVerbs: Readonly<Record<ActEvent["type"], string>> = {
  acknowledged: "Acknowledged",
  silenced: "Silenced",
  reset: "Reset",
  disabled: "Disabled",
  enabled: "Enabled",
  "test-started": "Test started",
  "test-ended": "Test ended",
};

/** Says in words what somebody did to a device or a zone. */
export function actWords(event: Pick<ActEvent, "type" | "by" | "reason">): EventText {
  const { type, by, reason } = event;
  const who = by === "expiry" ? "by itself, its time was over" : `by ${by}`;
  const tone = type === "disabled" ? "disabled" : type === "test-started" ? "test" : "quiet";
  // The title says already why it ended by itself.
  const details = by === "expiry" || reason === "" ? [] : [reason];
  return { title: `${actVerbs[type]} ${who}`, details, tone };
}
