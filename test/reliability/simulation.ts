import { createHash } from "node:crypto";
import { Random } from "#core/random.ts";
import { SimulatedClock } from "#core/simulated-clock.ts";
import { SimulatedBroker } from "#simulation/network/simulated-broker.ts";
import { DeviceWatch } from "./device-watch.ts";
import { DiskWatch } from "./disk-watch.ts";
import type { Fault, FaultPlan } from "./fault.ts";
import { finalViolations } from "./final-checks.ts";
import { HubWatch } from "./hub-watch.ts";
import { LinkWatch } from "./link-watch.ts";
import { Person } from "./person.ts";
import type { RunSummary } from "./run-summary.ts";
import { SimulatedDevice } from "./simulated-device.ts";
import { SimulatedHub } from "./simulated-hub.ts";
import { drawSite, type SitePlan } from "./site-plan.ts";
import { SiteWatch } from "./site-watch.ts";
import { strike } from "./strike.ts";
import type { Violation } from "./violation.ts";
import { ZoneWatch } from "./zone-watch.ts";

/** When a run begins, by the wall. */
const startMicros = 1_750_000_000_000_000;
/** After the last fault everything has so long to become well. */
const settlingMs = 100_000;
/** The hub folds its telemetry so often. */
const foldEveryMs = { minutes: 4_000, day: 60_000 } as const;
/** Sites are drawn by seeds from here on. */
const siteSeed = 2 ** 31;
/** Watches look so often. */
const watchEveryMs = 250;

/** Devices, lines, broker and hub in one process on simulated time, with what chance has drawn from a seed. */
export class Simulation {
  readonly clock = new SimulatedClock(startMicros);
  readonly broker: SimulatedBroker;
  readonly hub: SimulatedHub;
  readonly devices: readonly SimulatedDevice[];
  readonly watches: readonly DeviceWatch[];
  readonly hubWatch: HubWatch;
  readonly site: SitePlan;
  readonly siteWatch: SiteWatch;
  readonly plan: FaultPlan;
  readonly violations: Violation[] = [];
  readonly #armed = new Set<Fault>();
  readonly #errors: unknown[] = [];
  /** What is wrong now, and when something last was. */
  readonly #standing = new Set<Fault>();
  readonly #healedMs: number[] = [];
  readonly #seed: number;

  /** `draw` says what is to happen, by the seed. */
  constructor(seed: number, draw: (random: Random) => FaultPlan) {
    this.#seed = seed;
    const random = new Random(seed);
    const { clock } = this;
    const own = (): Random => new Random(1 + random.integer(2 ** 31));
    this.plan = draw(own());
    this.broker = new SimulatedBroker({ clock, random: own() });
    // From a chance of its own, so that what it draws changes no fault.
    this.site = drawSite(new Random(siteSeed + seed), this.plan);
    this.hubWatch = new HubWatch();
    this.hub = new SimulatedHub({
      clock,
      broker: this.broker,
      listener: this.hubWatch.listener(clock),
      foldEveryMs: this.plan.day === null ? foldEveryMs.minutes : foldEveryMs.day,
      onChange: (view) => this.hubWatch.changed(view, clock.monotonicMs()),
      onKept: (device, atMicros) => this.hubWatch.kept(device, atMicros),
      onError: (error) => this.#errors.push(error),
      zone: this.site.hubZone,
      onZoneEvent: (event) => this.siteWatch.zoneEvent(event),
    });
    this.siteWatch = new SiteWatch({
      plan: this.site,
      clock,
      hub: this.hub,
      devices: () => this.devices,
      calmSinceMs: (device) => this.#calmSinceMs(device),
      report: (device, what) => this.#report(device, what),
    });
    this.watches = this.plan.driftPpm.map((driftPpm, n) => this.#watched({ n, driftPpm, random: own() }));
    this.devices = this.watches.map(({ device }) => device);
  }

  #watched({ n, driftPpm, random }: { n: number; driftPpm: number; random: Random }): DeviceWatch {
    const { clock, broker, hub, plan } = this;
    const id = `device-${n + 1}`;
    const zonePolicy = this.site.ownZones[n]!;
    const report = (what: string): void => this.#report(id, what);
    const link = new LinkWatch({ hubHas: (entryId) => hub.has(id, entryId), report });
    const disk: DiskWatch = new DiskWatch(() => device.disk);
    const device: SimulatedDevice = new SimulatedDevice({
      id,
      clock,
      random,
      driftPpm,
      logEntriesMax: plan.logEntriesMax[n]!,
      day: plan.day,
      broker,
      watcher: {
        emitted: (eventId, event) => {
          watch.emitted(eventId, event);
          this.siteWatch.deviceEvent(id, event);
          this.#strikeArmed(n);
        },
        second: (telemetry, state) => link.second(telemetry, state),
        kept: (entry) => {
          if (entry.class === "telemetry") watch.batched(entry.id);
          link.kept(entry);
        },
        connecting: () => link.connecting(),
        sent: (entryId) => link.sent(entryId),
        receipts: (ids) => link.receipts(ids),
      },
      onOutput: (output) => watch.output(output),
      onWritten: (path, text) => disk.written(path, text),
      zonePolicy,
      onZoneOutputs: (outputs) => watch.zoneOutput(outputs),
    });
    const zone = zonePolicy === null ? null : new ZoneWatch({ policy: zonePolicy, clock, report });
    const watch = new DeviceWatch({ device, link, disk, zone, clock, report });
    return watch;
  }

  /** Lets everything happen, and judges it. Rejects with what the product or a watch throws. */
  async run(): Promise<RunSummary> {
    const { clock, hub, devices } = this;
    hub.boot();
    for (const device of devices) {
      await device.boot();
    }
    this.#schedule();
    clock.every(watchEveryMs, () => this.#look());
    const person = new Person({ hub, devices, clock, acts: this.site.acts });
    person.start();
    await this.#pass(this.plan.healedMs + settlingMs);
    person.stop();
    // Nobody does anything new any more; what is under way arrives.
    await this.#pass(20_000);
    this.violations.push(...finalViolations(this));
    const result = this.#result();
    hub.close();
    return result;
  }

  /** Time goes on from timer to timer; whatever was promised gets its turn in between. */
  async #pass(ms: number): Promise<void> {
    const { clock } = this;
    const endMs = clock.monotonicMs() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = endMs - clock.monotonicMs()) {
      clock.advanceMs(Math.min(leftMs, clock.msToNextTimer ?? leftMs));
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#errors.length > 0) throw this.#errors[0];
    }
  }

  #schedule(): void {
    const { clock, plan, watches } = this;
    for (const { device, atMs, lastsMs } of plan.fires) {
      clock.after(atMs, () => watches[device]!.ignite());
      clock.after(atMs + lastsMs, () => watches[device]!.extinguish());
    }
    for (const fault of plan.faults) {
      clock.after(fault.atMs, () => {
        if (fault.afterEventMs === null) this.#strike(fault);
        else this.#armed.add(fault);
      });
    }
    clock.after(plan.healedMs, () => this.#armed.clear());
  }

  /** Something was emitted: what waits for that comes soon. */
  #strikeArmed(device: number): void {
    for (const fault of this.#armed) {
      if (fault.device !== null && fault.device !== device) continue;
      this.#armed.delete(fault);
      this.clock.after(fault.afterEventMs ?? 0, () => this.#strike(fault));
    }
  }

  #strike(fault: Fault): void {
    const heal = strike(this, fault);
    this.#standing.add(fault);
    const leftMs = Math.max(0, this.plan.healedMs - this.clock.monotonicMs());
    this.clock.after(Math.min(fault.lastsMs, leftMs), () => {
      heal();
      this.#standing.delete(fault);
      for (const n of this.devices.keys())
        if (fault.device === null || fault.device === n) this.#healedMs[n] = this.clock.monotonicMs();
    });
  }

  #calmSinceMs(device: number): number | null {
    for (const fault of this.#standing) if (fault.device === null || fault.device === device) return null;
    return this.#healedMs[device] ?? 0;
  }

  #look(): void {
    for (const watch of this.watches) watch.look();
    this.siteWatch.look();
    for (const { id } of this.devices) {
      const silent = this.hubWatch.unreportedSilence({ id, hub: this.hub, nowMs: this.clock.monotonicMs() });
      if (silent !== null) this.#report(id, silent);
    }
  }

  #report(device: string, what: string): void {
    const known = this.violations.some((one) => one.device === device && one.what === what);
    if (!known) this.violations.push({ device, what, atSeconds: this.clock.monotonicMs() / 1_000 });
  }

  #result(): RunSummary {
    const hash = createHash("sha256");
    let alarms = 0;
    let alarmsDelivered = 0;
    let alarmsLostInCrash = 0;
    for (const watch of this.watches) {
      const stored = this.hub.storedEvents(watch.device.id);
      const ids = new Set(stored.map(({ id }) => id));
      const emitted = watch.emittedAlarms;
      alarms += emitted.length;
      alarmsDelivered += emitted.filter(({ id }) => ids.has(id)).length;
      alarmsLostInCrash += emitted.filter(({ id }) => !ids.has(id) && watch.mayBeLost(id)).length;
      hash.update(JSON.stringify([stored, watch.device.state, [...watch.outputs]]));
    }
    return {
      seed: this.#seed,
      violations: this.violations,
      digest: hash.digest("hex").slice(0, 16),
      plan: this.plan,
      simulatedSeconds: this.clock.monotonicMs() / 1_000,
      alarms,
      alarmsDelivered,
      alarmsLostInCrash,
    };
  }
}
