import type { Random } from "#core/random.ts";
import type { DelayKind, ZonePolicy } from "#core/zone/zone-policy.ts";
import type { ActRequest } from "#wire/hub-api.ts";
import { type ZoneConfig, zoneConfigSchema } from "#wire/zone-api.ts";
import { zonePolicyOf } from "#wire/zone-policy-text.ts";
import type { FaultPlan } from "./fault.ts";

/** Something that somebody does, by the hub, to a device or to the hub's zone. */
export interface PlannedAct {
  readonly atMs: number;
  /** Index of a device; null: the hub's zone. */
  readonly device: number | null;
  readonly act: ActRequest["act"] | "call-point";
  /** Of a disablement or a test. */
  readonly minutes: number | null;
}

/** What the devices of a run belong to, and what people do beside resetting. */
export interface SitePlan {
  /** The policy of the zone that each device runs by itself; null where it runs none. */
  readonly ownZones: readonly (ZonePolicy | null)[];
  /** A zone of all devices that the hub runs; null: none. */
  readonly hubZone: ZoneConfig | null;
  readonly acts: readonly PlannedAct[];
}

const delays: readonly DelayKind[] = ["none", "verification", "coincidence", "investigation"];
/** Short enough that a wait ends within a run. */
const waits = { acknowledgeSeconds: 6, investigateSeconds: 20, coincidenceSeconds: 20 } as const;
/** Minutes of a disablement or a test. */
const conditionMinutes = { shortest: 0.2, longest: 0.7 } as const;
/** Longest time for which a drawn disablement or test may stand. */
export const conditionMsMax = 60_000 * conditionMinutes.longest;
const hubZoneShare = 0.7;
const ownZoneShare = 0.6;
/** So often an act comes while a fault begins or is fresh. */
const withFaultShare = 0.5;

const acts: readonly PlannedAct["act"][] = [
  ...["acknowledge", "acknowledge", "silence", "call-point"],
  ...["disable", "enable", "start-test", "end-test"],
] as PlannedAct["act"][];

/** Draws zones and acts; in a day people only reset. */
export function drawSite(random: Random, { devices, faults, healedMs, day }: FaultPlan): SitePlan {
  const ids = Array.from({ length: devices }, (_, n) => `device-${n + 1}`);
  const ownZones = ids.map(() =>
    random.uniform() < ownZoneShare ? zonePolicyOf(policyOf(drawZone(random, "own", ids))) : null,
  );
  const zone = drawZone(random, "hall", ids);
  const hubZone = random.uniform() < hubZoneShare ? zone : null;
  if (day !== null) return { ownZones, hubZone, acts: [] };
  const drawn = Array.from({ length: 2 + random.integer(8) }, (): PlannedAct => {
    const fault = faults[random.integer(faults.length)];
    const isWithFault = random.uniform() < withFaultShare && fault !== undefined;
    const atMs = isWithFault ? fault.atMs + random.between(-200, 4_000) : random.between(20_000, healedMs);
    const act = acts[random.integer(acts.length)]!;
    const isTimed = act === "disable" || act === "start-test";
    const minutes = random.between(conditionMinutes.shortest, conditionMinutes.longest);
    const device = hubZone !== null && random.uniform() < 0.4 ? null : random.integer(devices);
    return { atMs, device, act, minutes: isTimed ? minutes : null };
  });
  return { ownZones, hubZone, acts: drawn.sort((one, other) => one.atMs - other.atMs) };
}

function drawZone(random: Random, id: string, devices: readonly string[]): ZoneConfig {
  const delay = delays[random.integer(delays.length)]!;
  const isStaffed = delay === "investigation" || random.uniform() < 0.5;
  return zoneConfigSchema.parse({
    id,
    name: id,
    devices: [...devices],
    staffedDelay: isStaffed ? delay : "none",
    unstaffedDelay: isStaffed ? "none" : delay,
    staffed: isStaffed ? ["daily 00:00-24:00"] : [],
    secondDetector: random.uniform() < 0.5 ? "alarm" : "prealarm",
    ...waits,
  });
}

/** What a zone's outputs wait for. */
export function policyOf(config: ZoneConfig) {
  const { id: _id, name: _name, devices: _devices, timeZone: _timeZone, ...written } = config;
  return written;
}
