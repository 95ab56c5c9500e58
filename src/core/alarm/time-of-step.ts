import { microsPerSecond } from "../time.ts";
import type { AlarmState, TimedCondition } from "./alarm-state.ts";

/**
 * The machine's time for an input, and the state with its deadlines in that time. Small steps back (a second closes
 * a moment after somebody pressed a button) count as no time at all. A larger one is a clock that was set back:
 * deadlines move with it, so that a disablement lasts no longer than its author said.
 */
export function readTime(
  state: AlarmState,
  options: { readonly atMicros: number; readonly reorderSecondsMax: number },
): { readonly nowMicros: number; readonly state: AlarmState } {
  const last = state.lastStepAtMicros;
  const at = Math.max(0, options.atMicros);
  if (last === null || at >= last) return { nowMicros: at, state };
  if (last - at <= options.reorderSecondsMax * microsPerSecond) return { nowMicros: last, state };
  return { nowMicros: at, state: moveDeadlines(state, at - last) };
}

function moveDeadlines(state: AlarmState, byMicros: number): AlarmState {
  const { disabled, disabledRegions, test, lastIncident } = state;
  return {
    ...state,
    disabled: disabled && moveExpiry(disabled, byMicros),
    disabledRegions: disabledRegions.map((region) => moveExpiry(region, byMicros)),
    test: test && moveExpiry(test, byMicros),
    lastIncident: lastIncident && {
      ...lastIncident,
      resetAtMicros: Math.max(0, lastIncident.resetAtMicros + byMicros),
    },
  };
}

function moveExpiry<Condition extends TimedCondition>(condition: Condition, byMicros: number): Condition {
  return { ...condition, expiresAtMicros: Math.max(0, condition.expiresAtMicros + byMicros) };
}
