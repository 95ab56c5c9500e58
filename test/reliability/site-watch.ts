import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { isTestIncident } from "#core/alarm/incident.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import type { Clock } from "#core/time.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import { zonePolicyOf } from "#wire/zone-policy-text.ts";
import type { SimulatedDevice } from "./simulated-device.ts";
import type { SimulatedHub } from "./simulated-hub.ts";
import { policyOf, type SitePlan } from "./site-plan.ts";
import { isInFire, ZoneWatch } from "./zone-watch.ts";

/**
 * FIRE of the hub's zone is FIRE of its devices' own zones after so long in which nothing is wrong. A clock that is off is
 * nothing wrong once the device has said its time; the moment in which it jumps is.
 */
const followedAfterMs = 20_000;
/** What the hub's store refused is tried again by then. */
const storedAgainMs = 7_000;

/** Who acts in a simulation is called so, with a number of their own for each act. */
export const actorName = "Ada";

/** What a watch of a site needs. */
export interface SiteWatchParts {
  readonly plan: SitePlan;
  readonly clock: Clock;
  readonly hub: SimulatedHub;
  readonly devices: () => readonly SimulatedDevice[];
  /** Since when nothing is wrong with a device, its line and the hub; null while something is. */
  readonly calmSinceMs: (device: number) => number | null;
  readonly report: (device: string, what: string) => void;
}

/** Watches the hub's zone, and the acts of people. */
export class SiteWatch {
  readonly #parts: SiteWatchParts;
  readonly #zone: ZoneWatch | null;
  /** How often each act was done, by where and by whom. */
  readonly #done = new Map<string, number>();
  /** Devices that have followed an incident of the hub's zone. */
  readonly #followed = new Set<string>();
  /** Devices that were lost when their zone was reset with a reason, and have said nothing since: what they said is over. */
  readonly #excused = new Set<string>();
  #fire: { readonly id: string; readonly sinceMs: number } | null = null;
  #storeBadMs = Number.POSITIVE_INFINITY;
  #storeGoodMs: number | null = Number.NEGATIVE_INFINITY;

  constructor(parts: SiteWatchParts) {
    this.#parts = parts;
    const { plan, clock, report } = parts;
    this.#zone =
      plan.hubZone === null
        ? null
        : new ZoneWatch({
            policy: zonePolicyOf(policyOf(plan.hubZone)),
            clock,
            report: (what) => report("hub", what),
          });
  }

  /** A device says that something happened. */
  deviceEvent(device: string, event: DeviceEvent): void {
    if (event.type === "zone") this.#act(`${device}'s zone`, event.event);
    else this.#act(device, event);
  }

  /** The hub's zone says that something happened. */
  zoneEvent(event: ZoneEvent): void {
    this.#act("hub", event);
    this.#zone?.happened(event);
    if (event.type !== "reset") return;
    const { detectors = [] } = this.#parts.hub.zoneState ?? {};
    for (const { deviceId, standing } of detectors) if (standing === "lost") this.#excused.add(deviceId);
  }

  /** The hub's zone is told what a device says. */
  heard(device: string): void {
    this.#excused.delete(device);
  }

  /** The hub's store takes nothing more, or works. */
  setStore(room: "works" | "full"): void {
    if (room === "full" && this.#isStored) this.#storeBadMs = this.#nowMs;
    this.#storeGoodMs = room === "works" ? this.#nowMs : null;
  }

  /** The hub's process is gone. */
  hubGone(): void {
    this.#zone?.gone(this.#parts.hub.savedZone, this.#isStored ? this.#nowMs : this.#storeBadMs);
    this.#fire = null;
  }

  /** Looks whether all is as it must be. */
  look(): void {
    const { hub } = this.#parts;
    const state = hub.zoneState;
    if (state === null) return;
    const devices = this.#parts.devices();
    // By what is and by what the hub has heard: on a slow line it hears of an alarm's end after the end.
    const states = devices.flatMap(({ id, state: is }) => [
      is,
      (hub.view(id)?.state ?? null) as AlarmState | null,
    ]);
    this.#zone?.look(state, {
      alarms: devices.some(({ id }) => {
        const view = hub.view(id);
        if (view?.online !== true || this.#excused.has(id)) return false;
        return standsInAlarm(view.state as AlarmState | null);
      }),
      mayNotCall: states.every((one) => one !== null && mayNotCall(one)),
    });
    const id = isInFire(state) ? (state.incident?.id ?? null) : null;
    if (id === null) this.#fire = null;
    else if (this.#fire?.id !== id) this.#fire = { id, sinceMs: this.#nowMs };
    for (const [n, device] of devices.entries()) this.#lookWhetherFollows(n, device);
  }

  #lookWhetherFollows(n: number, device: SimulatedDevice): void {
    const { hub, calmSinceMs, report } = this.#parts;
    if (this.#fire === null || device.zoneState === null) return;
    const key = `${this.#fire.id} ${device.id}`;
    if (device.zoneState.level === "fire") this.#followed.add(key);
    const calmMs = calmSinceMs(n);
    if (calmMs === null || hub.view(device.id)?.online !== true) return;
    const sinceMs = Math.max(calmMs, this.#fire.sinceMs);
    if (!this.#followed.has(key) && this.#nowMs - sinceMs > followedAfterMs)
      report(device.id, `The hub's zone is in FIRE, and the device's own is not told.`);
  }

  /** A person's act is done once, wherever it is done. */
  #act(where: string, event: { readonly type: string }): void {
    if (!("by" in event) || typeof event.by !== "string" || !event.by.startsWith(actorName)) return;
    const key = `${event.type} by ${event.by}`;
    const times = (this.#done.get(`${where} ${key}`) ?? 0) + 1;
    this.#done.set(`${where} ${key}`, times);
    if (times > 1) this.#parts.report(where, `An act was done ${times} times: ${key}.`);
    if (event.type === "reset")
      for (const { id } of this.#parts.devices())
        if (where.startsWith(id) && this.#fire !== null) this.#followed.add(`${this.#fire.id} ${id}`);
  }

  get #isStored(): boolean {
    return this.#storeGoodMs !== null && this.#nowMs - this.#storeGoodMs > storedAgainMs;
  }

  get #nowMs(): number {
    return this.#parts.clock.monotonicMs();
  }
}

/** An alarm that is none of a test, and that nothing disables. */
export function standsInAlarm(state: AlarmState | null): boolean {
  if (state?.level !== "alarm" || state.incident === null || state.disabled !== null) return false;
  return !isTestIncident(state.incident);
}

/** A device that is disabled or in test, and was in no alarm before. */
export function mayNotCall(state: AlarmState): boolean {
  const isReal = state.level === "alarm" && state.incident !== null && !isTestIncident(state.incident);
  return (state.disabled !== null || state.test !== null) && !isReal;
}
