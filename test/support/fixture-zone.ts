import type { ZoneInput } from "#core/zone/zone-input.ts";
import { initialZoneState, stepZone } from "#core/zone/zone-machine.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { zoneView } from "#hub/zone-view.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import { fixtureReason } from "./fixture-room.ts";
import { investigation } from "./zone-policies.ts";

/** What a detector says that works and sees nothing. */
const working = {
  standing: "working",
  level: "normal",
  kind: "real",
  alarmId: null,
  evidence: "present",
  reasons: [],
  supervisory: false,
  gasHazard: false,
  troubles: 0,
} as const;

/** A zone of kitchen and workshop at a time of the hub's clock, after these inputs. */
export function fixtureZone(atMicros: number, inputs: readonly ZoneInput[] = []): ZoneView {
  const devices = ["kitchen", "workshop"];
  let state: ZoneState = initialZoneState(devices);
  const hello = devices.map(
    (deviceId): ZoneInput => ({ kind: "report", atMicros, report: { ...working, deviceId } }),
  );
  for (const input of [...hello, ...inputs]) state = stepZone(state, input, investigation).state;
  return zoneView({ id: "floor", name: "Ground floor", runBy: "hub", devices }, { state, atMicros });
}

/** The kitchen says FIRE, without severe heat. */
export function kitchenFire(atMicros: number): ZoneInput {
  const reasons = [{ ...fixtureReason, code: "region-growth" as const }];
  const report = { ...working, deviceId: "kitchen", level: "alarm", alarmId: "a/1", reasons } as const;
  return { kind: "report", atMicros, report };
}
