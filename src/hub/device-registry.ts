import { type Clock, microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import type { HealthMessage, RegionsMessage, StateMessage, TelemetryMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { StoredDevice } from "./device-store.ts";
import { zoneView } from "./zone-view.ts";

/** A device that is online and says nothing for so long is silent, which is trouble. */
export const silentAfterMs = 5_000;
/** Devices of one hub; words of a further one are not taken, and the log says so. */
export const devicesMax = 320;

interface KnownDevice {
  readonly id: string;
  health: HealthMessage | null;
  /** Monotonic time when the health came; ages grow from there, whatever the device's own clock says. */
  healthMs: number;
  state: StateMessage | null;
  /** When that came, by the hub's clock. */
  stateMicros: number;
  regions: RegionsMessage | null;
  telemetry: TelemetryMessage | null;
  online: boolean;
  /** When telemetry was last heard (or was first to be expected). */
  heardMs: number;
  heardMicros: number;
  /** What the device's own clock said when it last spoke, and when that was by the monotonic one. */
  clock: { readonly saidMicros: number; readonly heardMs: number } | null;
  silentSinceMicros: number | null;
}

/** What every device last said, and the hub's own finding when one falls silent. */
export class DeviceRegistry {
  readonly #clock: Clock;
  readonly #onChange: (device: DeviceView) => void;
  readonly #devices = new Map<string, KnownDevice>();

  constructor(clock: Clock, onChange: (device: DeviceView) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /**
   * Takes in what was known before a restart: all offline, and silent since they were last heard. A device whose room
   * is not real (emulated or replayed) belonged to the run before, and is known again once it connects; one that is
   * known too little to tell is taken for real.
   */
  restore(devices: readonly StoredDevice[]): void {
    const real = devices.filter(({ health }) => health === null || health.source === "camera");
    for (const stored of real.slice(0, devicesMax)) {
      const device = this.#fresh(stored.id);
      device.health = stored.health;
      // How old the newest picture was by then is no longer known: the age counts from when it was last heard.
      device.healthMs =
        this.#clock.monotonicMs() - Math.max(0, (this.#clock.nowMicros() - stored.heardAtMicros) / 1_000);
      device.state = stored.state;
      device.stateMicros = stored.heardAtMicros;
      device.regions = stored.regions;
      device.heardMicros = stored.heardAtMicros;
      this.#findSilence(device);
      this.#devices.set(stored.id, device);
    }
  }

  /** A device says how it is, or its last will does. False when there is no room for another device. */
  hearHealth(id: string, health: HealthMessage): boolean {
    const device = this.#deviceFor(id);
    if (device === null) return false;
    if (health.online && !device.online) {
      // It has just come: telemetry is expected from now on.
      device.heardMs = this.#clock.monotonicMs();
      device.heardMicros = this.#clock.nowMicros();
    }
    device.online = health.online;
    // A last will was written when the device connected; what it says of pictures is older than what is known.
    if (health.online || device.health === null) {
      device.health = health;
      device.healthMs = this.#clock.monotonicMs();
    }
    // A last will was written when the device connected.
    if (health.online) device.clock = { saidMicros: health.atMicros, heardMs: this.#clock.monotonicMs() };
    this.#findSilence(device);
    this.#onChange(this.#view(device));
    return true;
  }

  /** A device says its alarm state. False when there is no room for another device. */
  hearState(id: string, state: StateMessage): boolean {
    const device = this.#deviceFor(id);
    if (device === null) return false;
    device.state = state;
    device.stateMicros = this.#clock.nowMicros();
    this.#onChange(this.#view(device));
    return true;
  }

  /** A device says what is drawn into its picture. False when there is no room for another device. */
  hearRegions(id: string, regions: RegionsMessage): boolean {
    const device = this.#deviceFor(id);
    if (device === null) return false;
    device.regions = regions;
    return true;
  }

  /** What is drawn into a device's picture; null while it has not said. */
  regions(id: string): RegionsMessage | null {
    return this.#devices.get(id)?.regions ?? null;
  }

  /** A device says what its room is like. False when there is no room for another device. */
  hearTelemetry(id: string, telemetry: TelemetryMessage): boolean {
    const device = this.#deviceFor(id);
    if (device === null) return false;
    device.telemetry = telemetry;
    device.heardMs = this.#clock.monotonicMs();
    device.heardMicros = this.#clock.nowMicros();
    const wasSilent = device.silentSinceMicros !== null;
    this.#findSilence(device);
    if (wasSilent && device.silentSinceMicros === null) this.#onChange(this.#view(device));
    return true;
  }

  /** Looks at the clock; to be called once a second. Tells of every device that has fallen silent or grows stale. */
  checkSilence(): void {
    for (const device of this.#devices.values()) {
      const wasSilent = device.silentSinceMicros !== null;
      this.#findSilence(device);
      const stale = device.online && this.#clock.monotonicMs() - device.healthMs > 2_000;
      if (stale || wasSilent !== (device.silentSinceMicros !== null)) this.#onChange(this.#view(device));
    }
  }

  /**
   * What a device's own clock says now, by its last word, in microseconds: as much behind as that word took to come. Null
   * for a device that has said nothing since the hub's start.
   */
  clockMicros(id: string): number | null {
    const clock = this.#devices.get(id)?.clock ?? null;
    if (clock === null) return null;
    return Math.round(clock.saidMicros + (this.#clock.monotonicMs() - clock.heardMs) * microsPerMillisecond);
  }

  /** All devices, by id. */
  views(): DeviceView[] {
    return [...this.#devices.values()]
      .map((device) => this.#view(device))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** One device; null when it was never heard. */
  view(id: string): DeviceView | null {
    const device = this.#devices.get(id);
    return device === undefined ? null : this.#view(device);
  }

  #deviceFor(id: string): KnownDevice | null {
    const known = this.#devices.get(id);
    if (known !== undefined) return known;
    if (this.#devices.size >= devicesMax) return null;
    const device = this.#fresh(id);
    this.#devices.set(id, device);
    return device;
  }

  #fresh(id: string): KnownDevice {
    const heardMs = this.#clock.monotonicMs();
    const heardMicros = this.#clock.nowMicros();
    const unknown = { health: null, state: null, regions: null, telemetry: null, clock: null };
    return {
      id,
      ...unknown,
      silentSinceMicros: null,
      stateMicros: heardMicros,
      healthMs: heardMs,
      online: false,
      heardMs,
      heardMicros,
    };
  }

  /** Offline is silent too; only a replay that has come to its end owes nothing more. */
  #findSilence(device: KnownDevice): void {
    const overdue = this.#clock.monotonicMs() - device.heardMs > silentAfterMs;
    const silent = (!device.online || overdue) && device.health?.ended !== true;
    device.silentSinceMicros = silent ? device.heardMicros : null;
  }

  #view(device: KnownDevice): DeviceView {
    const { health } = device;
    return {
      id: device.id,
      name: health?.name ?? device.id,
      source: health?.source ?? "camera",
      online: device.online,
      capabilities: health?.capabilities ?? [],
      radiometric: health?.radiometric ?? null,
      newestFrameAgeSeconds: this.#ageSeconds(device, health?.newestFrameAtMicros ?? null),
      newestAirAgeSeconds: this.#ageSeconds(device, health?.newestAirAtMicros ?? null),
      framesPerSecond: health?.framesPerSecond ?? 0,
      state: device.state?.state ?? null,
      silentSinceMicros: device.silentSinceMicros,
      telemetry: device.telemetry,
      ended: health?.ended ?? false,
      ...(health?.selfTest === undefined ? {} : { selfTest: health.selfTest }),
      ...(health?.model === undefined ? {} : { model: health.model }),
      ...this.#ownZone(device),
    };
  }

  #ownZone({ id, health, state, stateMicros }: KnownDevice): Pick<DeviceView, "zone"> {
    if (state?.zone === undefined) return {};
    const zone = { id, name: health?.name ?? id, runBy: "device", devices: [id] } as const;
    return {
      zone: zoneView({ ...zone, devices: [id] }, { state: state.zone, atMicros: stateMicros }),
    };
  }

  /** Age by the device's clock when it spoke, plus the time since then by ours: clocks need not agree. */
  #ageSeconds(device: KnownDevice, newestAtMicros: number | null): number | null {
    if (newestAtMicros === null || device.health === null) return null;
    const thenSeconds = Math.max(0, device.health.atMicros - newestAtMicros) / microsPerSecond;
    return thenSeconds + (this.#clock.monotonicMs() - device.healthMs) / 1_000;
  }
}
