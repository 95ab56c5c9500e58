import type { ActEvent, AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ActInput } from "#core/alarm/alarm-input.ts";
import { assertNever } from "#core/failure.ts";

/** How long a replayed disablement or test may last: its recorded end comes as an event of its own. */
const minutesMax = 1_440;

/**
 * The act behind a recorded event, so that a replay decides as the device did after people had acted; null for what the
 * device decided itself, because a replay decides that anew.
 */
export function recordedAct(event: AlarmEvent): ActInput | null {
  return "by" in event ? actBehind(event) : null;
}

function actBehind(event: ActEvent): ActInput {
  const { atMicros, by, reason } = event;
  const base = { kind: "act", atMicros, by, reason } as const;
  switch (event.type) {
    case "acknowledged":
      return { ...base, act: "acknowledge", minutes: null };
    case "silenced":
      return { ...base, act: "silence", minutes: null };
    case "reset":
      return { ...base, act: "reset", minutes: null };
    case "enabled":
      return { ...base, act: "enable", minutes: null, region: event.region };
    case "test-ended":
      return { ...base, act: "end-test", minutes: null };
    case "disabled":
      return disablementBehind(event);
    case "test-started":
      return { ...base, act: "start-test", minutes: minutesMax };
    default:
      return assertNever(event.type);
  }
}

/** Of the whole detector, or of a part of the picture. */
function disablementBehind({ atMicros, by, reason, region: name, outline }: ActEvent): ActInput {
  const act = { kind: "act", atMicros, by, reason, act: "disable", minutes: minutesMax } as const;
  // Recordings from before outlines were told do not say where it was; the whole detector would be too much.
  if (name !== undefined) return { ...act, region: { name, outline: outline ?? [] } };
  return act;
}
