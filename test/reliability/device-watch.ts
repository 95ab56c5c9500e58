import { callsPeople } from "#core/alarm/alarm-event-types.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import type { Clock } from "#core/time.ts";
import { type ZoneOutputs, zoneOutputs } from "#core/zone/zone-conditions.ts";
import { heldEntriesMax } from "#edge/event-keeper.ts";
import type { LocalOutput } from "#edge/local-output.ts";
import type { DiskHealth } from "#simulation/machine/simulated-disk-queue.ts";
import { ConditionWatch } from "./condition-watch.ts";
import type { DiskWatch } from "./disk-watch.ts";
import type { LinkWatch } from "./link-watch.ts";
import type { SimulatedDevice } from "./simulated-device.ts";
import { mayNotCall, standsInAlarm } from "./site-watch.ts";
import type { AirCondition, CameraCondition } from "./small-room.ts";
import type { ZoneWatch } from "./zone-watch.ts";

/** An event that a device gave to its link, with the id that the link gave it. */
export interface EmittedEvent {
  readonly id: string;
  readonly event: DeviceEvent;
  readonly atMs: number;
}

/** From the moment when a device can see a fire undisturbed to its local output. */
const outputBoundMs = 10_000;
/** What a fire has heated and filled with smoke counts as one for so long. */
const afterFireMs = 30_000;
/** An event, and the state after it, are on disk so long after it came, at the latest, when the disk works. */
const writtenAfterMs = 1_000;
/** A state is saved at each event, and so often when there is none. */
const stateSavedEveryMs = 60_000;
/** What the disk refused is on it so long after the disk works again. */
const caughtUpAfterMs = 7_000;

/** After which time at the latest a sensor's condition must stand as one of these troubles, undisturbed. */
const cameraBounds: Readonly<
  Record<Exclude<CameraCondition, "works">, { codes: TroubleCode[]; ms: number }>
> = {
  silent: { codes: ["camera-silent"], ms: 6_000 },
  frozen: { codes: ["camera-frozen", "camera-silent"], ms: 6_000 },
  raw: { codes: ["camera-not-radiometric"], ms: 4_000 },
};
const airBounds: Readonly<Record<Exclude<AirCondition, "works">, { codes: TroubleCode[]; ms: number }>> = {
  silent: { codes: ["air-silent"], ms: 19_000 },
  "no CO2": { codes: ["air-silent"], ms: 19_000 },
  zero: { codes: ["air-implausible"], ms: 19_000 },
};
/** A camera that never sent a picture since the start is given longer. */
const startAllowanceMs = 8_000;

/** Knows what is true of one device and its room, and compares it with what the device says, all the time. */
export class DeviceWatch {
  readonly device: SimulatedDevice;
  readonly link: LinkWatch;
  readonly #disk: DiskWatch;
  readonly #zone: ZoneWatch | null;
  readonly #conditions: ConditionWatch;
  readonly outputs: { readonly atMs: number; readonly output: LocalOutput }[] = [];
  readonly emittedEvents: EmittedEvent[] = [];
  readonly #clock: Clock;
  readonly #report: (what: string) => void;
  #output: LocalOutput | null = null;
  #litMs: number | null = null;
  #outMs = Number.NEGATIVE_INFINITY;
  /** When it last became so that nothing keeps the device from seeing a fire. */
  #undisturbedMs = 0;
  #bootMs = 0;
  #cameraMs = 0;
  #airMs = 0;
  /** Since when the disk works; null while it does not. */
  #diskMs: number | null = Number.NEGATIVE_INFINITY;
  /** When the last time without a working disk began. */
  #diskBadMs = Number.NEGATIVE_INFINITY;
  /** When the event log was last seen to hold alarms alone, and no room. */
  #fullOfAlarmsMs = Number.NEGATIVE_INFINITY;
  /** When each batch of telemetry was given to the keeper. */
  readonly #batches = new Map<string, number>();
  readonly #mayBeLost = new Set<string>();
  /** What is in memory only, and the oldest of it since when; its disk might have it. */
  #unkept = { id: "", sinceMs: 0 };
  #mayBeBehind = false;
  /** How far the state on the disk counted when the device was last killed, and from when on events were not on it. */
  #saved = { sequence: 0, durableMs: 0 };
  #zoneOutputs: ZoneOutputs | null = null;
  /** Since when the device is disabled; null while it is not. */
  #disabledMs: number | null = null;
  #enabledMs = 0;
  /** When it last told what its disablement keeps back. */
  #withheldMs = Number.NEGATIVE_INFINITY;
  #hasDropped = false;
  /** Since when an alarm stands that no reset has ended. */
  #alarmMs: number | null = null;

  constructor(parts: {
    readonly device: SimulatedDevice;
    readonly link: LinkWatch;
    readonly disk: DiskWatch;
    /** Of the zone that the device runs by itself; null: none. */
    readonly zone: ZoneWatch | null;
    readonly clock: Clock;
    readonly report: (what: string) => void;
  }) {
    this.device = parts.device;
    this.link = parts.link;
    this.#disk = parts.disk;
    this.#zone = parts.zone;
    this.#conditions = new ConditionWatch(parts.clock, parts.report);
    this.#clock = parts.clock;
    this.#report = parts.report;
  }

  /** Alarm events that the device has emitted. */
  get emittedAlarms(): readonly EmittedEvent[] {
    return this.emittedEvents.filter(({ event }) => callsPeople(event));
  }

  /**
   * Whether an event may never have reached anybody: the device lost its power or its process within a moment of it, before
   * the event was on disk and without the hub's receipt for it, and came back without the alarm that it tells of.
   */
  mayBeLost(id: string): boolean {
    return this.#mayBeLost.has(id);
  }

  /** Whether events that are no alarms went for want of room. */
  get hasDropped(): boolean {
    return this.#hasDropped;
  }

  /**
   * Whether the device may know less than the hub was told: it was killed after an event went out and before its disk
   * had the state.
   */
  get mayBeBehind(): boolean {
    return this.#mayBeBehind;
  }

  /** A batch of telemetry was given to the keeper. */
  batched(id: string): void {
    this.#batches.set(id, this.#nowMs);
  }

  emitted(id: string, event: DeviceEvent): void {
    this.emittedEvents.push({ id, event, atMs: this.#nowMs });
    const isFire = this.#litMs !== null || this.#nowMs - this.#outMs < afterFireMs;
    if (event.type === "level" && event.level !== "normal" && !isFire)
      this.#report(`False alarm: ${event.level} while nothing burns.`);
    if (event.type === "level" && event.level === "alarm") this.#alarmMs ??= this.#nowMs;
    if (event.type === "zone") this.#zone?.happened(event.event);
    if (event.type === "notice" && event.notice.type === "would-have-alarmed") this.#withheldMs = this.#nowMs;
    // What a test made ends with it.
    if (event.type === "reset" || event.type === "test-ended") {
      this.#alarmMs = null;
      this.#disturb();
    }
  }

  output(output: LocalOutput): void {
    this.#output = output;
    this.outputs.push({ atMs: this.#nowMs, output });
  }

  zoneOutput(outputs: ZoneOutputs): void {
    this.#zoneOutputs = outputs;
  }

  ignite(): void {
    this.#litMs = this.#nowMs;
    this.#disturb();
  }

  extinguish(): void {
    this.#litMs = null;
    this.#outMs = this.#nowMs;
    this.device.room.burningSeconds = null;
  }

  kill(how: "killed" | "power cut"): void {
    if (!this.device.runs) return;
    const nowMs = this.#nowMs;
    // While the disk refuses, and until what waits is tried again, events are in memory only.
    const isCaughtUp = this.#diskMs !== null && nowMs - this.#diskMs > caughtUpAfterMs;
    const goodUntilMs = isCaughtUp ? nowMs : this.#diskBadMs;
    const durableMs = goodUntilMs - writtenAfterMs;
    const sequence = this.device.state?.sequence ?? 0;
    this.device.kill(how);
    // What has had the time to be on disk must be there; so must what is there although it had not.
    const isLost = (id: string): boolean => !this.#disk.hasHeld(id) && !this.link.hasReceipt(id);
    for (const { id, atMs } of this.emittedEvents)
      if (atMs > durableMs && isLost(id)) this.#mayBeLost.add(id);
    this.#lookAtLog();
    const batchesMs = Math.min(durableMs, this.#batchesDurableMs(goodUntilMs));
    for (const [id, atMs] of this.#batches) if (atMs > batchesMs && isLost(id)) this.#mayBeLost.add(id);
    const { saved } = this.#disk;
    this.#saved = { sequence: saved?.sequence ?? 0, durableMs };
    this.#mayBeBehind ||=
      (this.emittedEvents.at(-1)?.atMs ?? 0) > durableMs && (saved?.sequence ?? 0) < sequence;
    this.link.gone();
    this.#zone?.gone(this.#disk.savedZone, durableMs);
    this.#zoneOutputs = null;
    this.#disabledMs = null;
    this.#unkept = { id: "", sinceMs: nowMs };
    this.#output = null;
    if ((this.#alarmMs ?? 0) > durableMs && saved?.level !== "alarm") this.#alarmMs = null;
  }

  /**
   * A log that is full of alarms takes no batch: it stays in memory, and is on the disk with the next state that is
   * saved. Batches from before that must be there.
   */
  #batchesDurableMs(goodUntilMs: number): number {
    if (this.#nowMs - this.#fullOfAlarmsMs > caughtUpAfterMs) return goodUntilMs;
    return Math.max(this.#disk.stateWrittenMs, goodUntilMs - stateSavedEveryMs) - writtenAfterMs;
  }

  boot(): void {
    if (this.device.runs) return;
    this.#bootMs = this.#nowMs;
    this.#disturb();
    void this.device.boot().then(() => this.#booted());
  }

  /**
   * An alarm that stands again must have been told, whatever was on disk when. A later one of the same incident, of which
   * the state on the disk did not know, is gone with the crash.
   */
  #booted(): void {
    const { state } = this.device;
    if (state?.level !== "alarm") return;
    const { sequence, durableMs } = this.#saved;
    for (const { id, event, atMs } of this.emittedEvents) {
      if (event.type !== "level" || event.level !== "alarm") continue;
      // Numbers begin anew after what a crash has taken: only what this crash may have taken is asked for.
      if (atMs <= durableMs || event.sequence > sequence) continue;
      if (event.incidentId === state.incident?.id) this.#mayBeLost.delete(id);
    }
  }

  setDisk(health: DiskHealth): void {
    this.device.disk.setHealth(health);
    const isNew = this.#diskMs !== null && this.#nowMs - this.#diskMs > caughtUpAfterMs;
    if (health !== "works" && isNew) this.#diskBadMs = this.#nowMs;
    this.#diskMs = health === "works" ? this.#nowMs : null;
  }

  jump(micros: number): void {
    this.device.machine.jump(micros);
    this.#disturb();
  }

  setCamera(camera: CameraCondition): void {
    this.device.camera = camera;
    this.#cameraMs = this.#nowMs;
    this.#disturb();
  }

  setAir(air: AirCondition): void {
    this.device.air = air;
    this.#airMs = this.#nowMs;
  }

  /** Looks whether all is as it must be. */
  look(): void {
    const { device } = this;
    if (this.#litMs !== null) device.room.burningSeconds = (this.#nowMs - this.#litMs) / 1_000;
    const { state } = device;
    if (state === null) return;
    this.#followAlarm(state.level === "alarm");
    this.#lookAtLog();
    this.#lookAtMemory();
    const codes = new Set(state.troubles.map(({ code }) => code));
    this.#lookAtDisabled(state);
    this.#lookAtOutput();
    this.#lookAtZone(state);
    if (device.camera !== "works") this.#lookAtSensor(codes, cameraBounds[device.camera], this.#cameraMs);
    if (device.air !== "works") this.#lookAtSensor(codes, airBounds[device.air], this.#airMs);
  }

  /** A device that is disabled raises nothing and tells what it would have raised. */
  #lookAtDisabled(state: AlarmState): void {
    this.#conditions.look(state);
    if (state.disabled === null) {
      this.#disabledMs = null;
      return;
    }
    this.#disabledMs ??= this.#nowMs;
    const sinceMs = Math.max(this.#undisturbedMs, this.#disabledMs);
    const isTold = this.#withheldMs >= (this.#litMs ?? 0) || state.withheld.level === "alarm";
    const mustTell = this.#litMs !== null && this.device.camera === "works" && state.level !== "alarm";
    if (mustTell && !isTold && this.#nowMs - sinceMs > outputBoundMs)
      this.#report(
        `A fire before a disabled device is not told ${outputBoundMs / 1_000} s after it could be seen.`,
      );
  }

  #lookAtZone(state: AlarmState): void {
    const { zoneState } = this.device;
    if (zoneState === null) return;
    this.#zone?.look(zoneState, { alarms: standsInAlarm(state), mayNotCall: mayNotCall(state) });
    const { panel, evacuation } = zoneOutputs(zoneState);
    if (this.#zoneOutputs?.panel !== panel || this.#zoneOutputs.evacuation !== evacuation)
      this.#report(
        `The outputs of the device's zone are not what it says: panel ${panel}, evacuation ${evacuation}.`,
      );
  }

  #lookAtOutput(): void {
    if (this.#litMs === null || this.device.camera !== "works" || this.#output?.level === "alarm") return;
    if (this.#disabledMs !== null) {
      this.#enabledMs = this.#nowMs;
      return;
    }
    if (this.#nowMs - Math.max(this.#undisturbedMs, this.#enabledMs) > outputBoundMs)
      this.#report(`No alarm at the local output ${outputBoundMs / 1_000} s after a fire could be seen.`);
  }

  /** Only alarms may be more than the log's maximum. */
  #lookAtLog(): void {
    const { entries, alarms, dropped } = this.device.disk.log.counts;
    this.#hasDropped ||= dropped > 0;
    const { logEntriesMax } = this.device;
    if (alarms >= logEntriesMax) this.#fullOfAlarmsMs = this.#nowMs;
    if (entries > logEntriesMax && entries > alarms)
      this.#report(`The event log holds ${entries} entries, more than ${logEntriesMax}.`);
  }

  /** What is in memory goes to a disk that works and has room, and is never more than its maximum. */
  #lookAtMemory(): void {
    const { device } = this;
    const unkept = device.unkept;
    if (unkept.filter(({ class: entryClass }) => entryClass !== "alarm").length > heldEntriesMax)
      this.#report(`More than ${heldEntriesMax} events that are no alarms are held in memory.`);
    const id = unkept[0]?.id ?? "";
    const mayWait =
      id === "" || this.#diskMs === null || device.disk.log.counts.entries >= device.logEntriesMax;
    if (mayWait || id !== this.#unkept.id) this.#unkept = { id, sinceMs: this.#nowMs };
    if (this.#nowMs - this.#unkept.sinceMs > caughtUpAfterMs)
      this.#report(`An event stays in memory though the disk works and has room.`);
  }

  #lookAtSensor(
    standing: ReadonlySet<string>,
    bound: { readonly codes: readonly TroubleCode[]; readonly ms: number },
    sinceMs: number,
  ): void {
    const dueMs = Math.max(sinceMs + bound.ms, this.#bootMs + bound.ms + startAllowanceMs);
    if (this.#nowMs < dueMs || bound.codes.some((code) => standing.has(code))) return;
    this.#report(`A sensor's fault is not told: none of ${bound.codes.join(", ")}.`);
  }

  /** Only a reset ends an alarm, and a restart that comes before the alarm was on disk. */
  #followAlarm(stands: boolean): void {
    if (!stands && this.#alarmMs !== null) {
      this.#report("A latched alarm was forgotten without a reset.");
      this.#alarmMs = null;
    }
    if (stands) this.#alarmMs ??= this.#nowMs;
  }

  #disturb(): void {
    this.#undisturbedMs = this.#nowMs;
  }

  get #nowMs(): number {
    return this.#clock.monotonicMs();
  }
}
