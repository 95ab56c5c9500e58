import { zoneConditions } from "#core/zone/zone-conditions.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import type { ZoneView } from "#wire/zone-api.ts";

/** A zone as people see it. `atMicros` is when its state stood so, by the hub's clock: other clocks need not agree. */
export function zoneView(
  zone: Pick<ZoneView, "id" | "name" | "runBy" | "devices">,
  now: { readonly state: ZoneState; readonly atMicros: number },
): ZoneView {
  const { state, atMicros } = now;
  const { incident, disabled, test, elapsedMicros } = state;
  const ends = (untilMicros: number | undefined): number | null =>
    untilMicros === undefined ? null : Math.max(0, atMicros + untilMicros - elapsedMicros);
  return {
    ...zone,
    state,
    conditions: [...zoneConditions(state)],
    holdEndsAtMicros: ends(incident?.hold?.untilMicros),
    disabledUntilMicros: ends(disabled?.untilMicros),
    testUntilMicros: ends(test?.untilMicros),
  };
}
