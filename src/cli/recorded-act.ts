import type { ActEvent, AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ActInput, ActName } from "#core/alarm/alarm-input.ts";

const actOf: Readonly<Record<ActEvent["type"], ActName>> = {
  acknowledged: "acknowledge",
  silenced: "silence",
  reset: "reset",
  disabled: "disable",
  enabled: "enable",
  "test-started": "start-test",
  "test-ended": "end-test",
};

/** How long a replayed disablement or test may last: its recorded end comes as an event of its own. */
const minutesMax = 1_440;

/**
 * The act behind a recorded event, so that a replay decides as the device did after people had acted; null for what the
 * device decided itself, because a replay decides that anew.
 */
export function recordedAct(event: AlarmEvent): ActInput | null {
  if (!("by" in event)) return null;
  const act = actOf[event.type];
  const lasts = act === "disable" || act === "start-test";
  const { atMicros, by, reason } = event;
  return { kind: "act", atMicros, act, by, reason, minutes: lasts ? minutesMax : null };
}
