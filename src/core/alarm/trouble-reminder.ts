import { microsPerSecond } from "../time.ts";
import { type AlarmDraft, change } from "./alarm-draft.ts";

const microsPerHour = 3600 * microsPerSecond;

/**
 * Faults that stand are told of again after some hours, all in one notice, so that none is forgotten because it was told
 * once. After a clock that was set back the time begins again.
 */
export function remindOfTroubles(draft: AlarmDraft): void {
  const { troubles, remindedAtMicros } = draft.state;
  const { nowMicros, policy } = draft;
  if (troubles.length === 0) {
    if (remindedAtMicros !== null) change(draft, { remindedAtMicros: null });
    return;
  }
  if (remindedAtMicros === null || nowMicros < remindedAtMicros) {
    change(draft, { remindedAtMicros: nowMicros });
    return;
  }
  const { troubleReminderHours } = policy;
  if (troubleReminderHours <= 0 || nowMicros - remindedAtMicros < troubleReminderHours * microsPerHour)
    return;
  change(draft, { remindedAtMicros: nowMicros });
  draft.notices.push({
    type: "trouble-reminder",
    atMicros: nowMicros,
    codes: troubles.map(({ code }) => code),
  });
}
