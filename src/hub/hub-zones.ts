import { randomUUID } from "node:crypto";
import { zoneHappening } from "#core/device-event.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { ZoneActInput, ZoneInput } from "#core/zone/zone-input.ts";
import type { ZoneStep } from "#core/zone/zone-machine.ts";
import type { EventMessage } from "#wire/device-messages.ts";
import type { ActRequest, DeviceView } from "#wire/hub-api.ts";
import type { ZoneConfig, ZoneView } from "#wire/zone-api.ts";
import type { CommandOutcome, CommandRequest } from "./command-relay.ts";
import { HubZone, reportOf } from "./hub-zone.ts";
import { KeptEvents } from "./kept-events.ts";
import type { ZoneStore } from "./zone-store.ts";

const tickMs = 1_000;
/** A device that has said nothing for so long is lost to its zones: longer than a link needs to come back. */
export const zoneSilenceMs = 10_000;
/** A zone in which nothing happens is saved so often. */
const saveEveryMs = 60_000;

/** A zone that the store has refused is saved again after so long. */
export const saveAgainMs = 5_000;

/** A device that refuses to be told of its zone's FIRE, or has forgotten it, is told again after so long. */
export const tellAgainMs = 5_000;

/** What the zones of a hub stand on. */
export interface HubZonesOptions {
  readonly clock: Clock;
  readonly zones: readonly ZoneConfig[];
  readonly store: Pick<ZoneStore, "get" | "put">;
  /** Keeps an event; throws when the disk refuses. */
  readonly keepEvent: (zone: string, message: EventMessage) => void;
  readonly device: (id: string) => DeviceView | null;
  readonly ask: (device: string, request: CommandRequest) => Promise<CommandOutcome>;
  readonly onChange: (view: ZoneView) => void;
  readonly onEvent: (zone: string, message: EventMessage) => void;
  readonly log: (line: string) => void;
  /** Makes an id that no other event ever has; drawn by the machine where absent. */
  readonly newEventId?: () => string;
}

/** That a device was told of a zone's incident; times are monotonic. */
interface Told {
  /** From when on it is told again. */
  againMs: number;
  /** When its own zone was last reset by then, in that zone's own time. */
  readonly resetMicros: number;
}

/** What came of a person's act. */
export interface ZoneAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/**
 * The zones of several devices that this hub runs. It hears what devices say, and tells them when a zone is in FIRE, so
 * that their own zones wait no longer; nothing that it does keeps a device from anything.
 */
export class HubZones {
  readonly #options: HubZonesOptions;
  readonly #zones: readonly HubZone[];
  readonly #heardMs = new Map<string, number>();
  readonly #events: KeptEvents;
  /** When the store refused a zone, by its id. */
  readonly #refusedMs = new Map<string, number>();
  readonly #deadlines = new Map<string, Cancel>();
  /** Devices that have been told of a zone's incident, or are being told. */
  readonly #told = new Map<string, Told>();
  readonly #cancels: Cancel[] = [];

  constructor(options: HubZonesOptions) {
    const { zones, store, keepEvent, log } = options;
    this.#options = options;
    this.#zones = zones.map((config) => {
      const kept = store.get(config.id);
      // Its devices say again what stands; only a wait that was under way begins anew.
      if (kept === "damaged") log(`what was kept of zone ${config.id} is damaged: it begins anew`);
      return new HubZone(config, kept === "damaged" ? null : kept);
    });
    this.#events = new KeptEvents(keepEvent, log);
  }

  /** Begins; what waited before a restart goes on, and devices have some seconds to be heard again. */
  start(): void {
    const { clock } = this.#options;
    for (const { config } of this.#zones)
      for (const device of config.devices) this.#heardMs.set(device, clock.monotonicMs());
    this.#cancels.push(clock.every(tickMs, () => this.#tick()));
    this.#cancels.push(clock.every(saveEveryMs, () => this.#saveAll()));
  }

  /** Saves and ends; safe to call twice. */
  stop(): void {
    if (this.#cancels.length === 0) return;
    for (const cancel of [...this.#cancels.splice(0), ...this.#deadlines.values()]) cancel();
    this.#deadlines.clear();
    this.#saveAll();
  }

  /** All zones, in the order of their file. */
  views(): ZoneView[] {
    const nowMicros = this.#options.clock.nowMicros();
    return this.#zones.map((zone) => zone.view(nowMicros));
  }

  /** One zone; null where there is none of this id. */
  view(id: string): ZoneView | null {
    return this.#zone(id)?.view(this.#options.clock.nowMicros()) ?? null;
  }

  /** A device has said its alarm state, or what its room is like. */
  hear(device: string): void {
    const zones = this.#zones.filter(({ config }) => config.devices.includes(device));
    const view = zones.length === 0 ? null : this.#options.device(device);
    const report = view === null ? null : reportOf(view);
    if (report === null) return;
    this.#heardMs.set(device, this.#options.clock.monotonicMs());
    for (const zone of zones) this.#step(zone, { kind: "report", atMicros: this.#now(), report });
  }

  /** Somebody pressed a call point of a zone. False where there is none of this id. */
  pressCallPoint(id: string, callPointId: string): boolean {
    const zone = this.#zone(id);
    if (zone === null) return false;
    this.#step(zone, { kind: "call-point", atMicros: this.#now(), callPointId });
    return true;
  }

  /** Does what a person asked, to the zone first and then to those of its devices that it concerns. */
  async act(id: string, { act, by, reason, minutes }: ActRequest): Promise<ZoneAnswer> {
    const zone = this.#zone(id);
    if (zone === null) return { ok: false, text: `There is no zone ${id}.` };
    const input: ZoneActInput = { kind: "act", atMicros: this.#now(), act, by, reason, minutes };
    // Before the zone forgets which devices stand in an alarm.
    const devices = isForDevices(act) ? this.#concerned(zone) : [];
    const { events } = this.#step(zone, input);
    const refused = events.find((event) => event.type === "reset-refused");
    if (refused?.type === "reset-refused")
      return {
        ok: false,
        text: `${this.#namesOf(refused.deviceIds)} cannot say that its alarm is over: give a reason.`,
      };
    const request: CommandRequest = { command: "act", act, by, reason, minutes: null };
    const silent = await this.#askAll(devices, request);
    if (silent.length === 0) return { ok: true, text: "Done." };
    return { ok: true, text: `Done for the zone. ${this.#namesOf(silent)} did not answer: look there.` };
  }

  /**
   * Somebody has acknowledged on a device what only that device says: that answers the hub's zones, too, whose panel may
   * wait for it. Where another device or a call point has spoken as well, the zone asks for an acknowledgement of its own.
   */
  acknowledgedOn(device: string, { by, reason }: Pick<ActRequest, "by" | "reason">): void {
    for (const zone of this.#zones)
      if (isOnlyBy(zone.state, device))
        this.#step(zone, {
          kind: "act",
          atMicros: this.#now(),
          act: "acknowledge",
          by,
          reason,
          minutes: null,
        });
  }

  async #askAll(devices: readonly string[], request: CommandRequest): Promise<readonly string[]> {
    const outcomes = await Promise.all(
      devices.map(async (device) => ({ device, outcome: await this.#options.ask(device, request) })),
    );
    return outcomes
      .filter(({ outcome }) => outcome.kind !== "answered" || !outcome.reply.ok)
      .map(({ device }) => device);
  }

  /** Devices that stand in anything, or whose own zone does. */
  #concerned({ config }: HubZone): readonly string[] {
    return config.devices.filter((id) => {
      const view = this.#options.device(id);
      if (view === null || view.state === null) return false;
      return view.state.level !== "normal" || (view.zone?.state.incident ?? null) !== null;
    });
  }

  /** Devices as people call them. */
  #namesOf(devices: readonly string[]): string {
    return devices.map((id) => this.#options.device(id)?.name ?? id).join(", ");
  }

  #zone(id: string): HubZone | null {
    return this.#zones.find(({ config }) => config.id === id) ?? null;
  }

  #now(): number {
    return this.#options.clock.nowMicros();
  }

  #tick(): void {
    const { clock } = this.#options;
    this.#events.retry();
    for (const zone of this.#zones) {
      const refusedMs = this.#refusedMs.get(zone.config.id);
      if (refusedMs !== undefined && clock.monotonicMs() - refusedMs >= saveAgainMs) this.#save(zone);
      for (const deviceId of zone.config.devices) {
        if (clock.monotonicMs() - (this.#heardMs.get(deviceId) ?? 0) <= zoneSilenceMs) continue;
        if (zone.state.detectors.some((one) => one.deviceId === deviceId && one.standing === "lost"))
          continue;
        this.#step(zone, { kind: "silent", atMicros: this.#now(), deviceId });
      }
      this.#step(zone, { kind: "tick", atMicros: this.#now() });
    }
  }

  #step(zone: HubZone, input: ZoneInput): ZoneStep {
    const { clock, onChange, onEvent, newEventId = randomUUID } = this.#options;
    const before = zone.state;
    const step = zone.step(input);
    const { id } = zone.config;
    for (const event of step.events) {
      const message: EventMessage = { v: 1, id: newEventId(), event: zoneHappening(id, event) };
      this.#events.add(id, message);
      onEvent(id, message);
    }
    if (step.events.length > 0) this.#save(zone);
    if (step.events.length > 0 || isShownOtherwise(before, step.state))
      onChange(zone.view(clock.nowMicros()));
    this.#deadlines.get(id)?.();
    this.#deadlines.delete(id);
    if (step.deadlineMicros !== null && this.#cancels.length > 0) {
      const delayMs = Math.max(0, Math.ceil((step.deadlineMicros - this.#now()) / 1_000));
      const due = clock.after(delayMs, () => this.#step(zone, { kind: "tick", atMicros: this.#now() }));
      this.#deadlines.set(id, due);
    }
    this.#tellOfFire(zone, step);
    return step;
  }

  /** FIRE of the zone is FIRE of its devices' own zones: what they have switched to panel and evacuation follows. */
  #tellOfFire(zone: HubZone, { outputs, state }: ZoneStep): void {
    const { id, devices, name } = zone.config;
    const prefix = `${id} ${state.incident?.id ?? ""} `;
    for (const key of [...this.#told.keys()])
      if (key.startsWith(`${id} `) && (outputs.panel === "off" || !key.startsWith(prefix)))
        this.#told.delete(key);
    if (outputs.panel === "off") return;
    const nowMs = this.#options.clock.monotonicMs();
    for (const device of devices) {
      const view = this.#options.device(device);
      const own = view?.zone?.state;
      if (view?.online !== true || own === undefined || own.level === "fire") continue;
      const key = prefix + device;
      const before = this.#told.get(key);
      if (before !== undefined && (nowMs < before.againMs || mayStayQuiet(own, before))) continue;
      const told = { againMs: Number.POSITIVE_INFINITY, resetMicros: own.lastIncident?.resetMicros ?? -1 };
      this.#told.set(key, told);
      this.#escalate(device, { told, callPoint: `Zone ${name}`.slice(0, 100) });
    }
  }

  #escalate(device: string, { told, callPoint }: { readonly told: Told; readonly callPoint: string }): void {
    const { ask, log, clock } = this.#options;
    const again = (pauseMs: number): void => {
      told.againMs = clock.monotonicMs() + pauseMs;
    };
    ask(device, { command: "call-point", callPoint }).then(
      (outcome) => {
        // What was not answered is tried again with the next step, a second later at most.
        again(outcome.kind === "answered" ? tellAgainMs : 0);
        if (outcome.kind === "answered" && !outcome.reply.ok)
          log(`could not tell ${device} of its zone's fire: ${outcome.reply.text}`);
      },
      (error: unknown) => {
        again(tellAgainMs);
        log(`could not tell ${device} of its zone's fire: ${String(error)}`);
      },
    );
  }

  #saveAll(): void {
    for (const zone of this.#zones) this.#save(zone);
  }

  #save(zone: HubZone): void {
    const { store, clock, log } = this.#options;
    const { id } = zone.config;
    try {
      store.put(id, zone.state);
      this.#refusedMs.delete(id);
    } catch (error) {
      this.#refusedMs.set(id, clock.monotonicMs());
      log(
        `the zone ${id} could not be saved, and is tried again in ${saveAgainMs / 1_000} s: ${String(error)}`,
      );
    }
  }
}

/** Whether an unacknowledged incident or prealarm of a zone comes of this device alone. */
function isOnlyBy(
  { incident, level, detectors, prealarmAcknowledged }: HubZone["state"],
  device: string,
): boolean {
  if (incident !== null)
    return (
      incident.acknowledged === null &&
      incident.causes.every(({ source, id }) => source === "detector" && id === device)
    );
  if (level !== "prealarm" || prealarmAcknowledged !== null) return false;
  return detectors.every((one) => one.level === "normal" || one.deviceId === device);
}

/**
 * A device that knows of the zone's FIRE and shows none: somebody has reset its own zone since, or that one may not call.
 * One that has done neither has forgotten it in a crash.
 */
function mayStayQuiet({ lastIncident, disabled, test }: HubZone["state"], told: Told): boolean {
  return disabled !== null || test !== null || (lastIncident?.resetMicros ?? -1) > told.resetMicros;
}

/** What is done to a zone alone leaves its devices as they are. */
function isForDevices(act: ActRequest["act"]): boolean {
  return act === "acknowledge" || act === "silence" || act === "reset";
}

/** Whether people see something else; time goes by without that. */
function isShownOtherwise(before: HubZone["state"], now: HubZone["state"]): boolean {
  const shown = ({ elapsedMicros: _elapsed, lastStepAtMicros: _at, ...rest }: HubZone["state"]): string =>
    JSON.stringify(rest);
  return shown(before) !== shown(now);
}
