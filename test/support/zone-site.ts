import assert from "node:assert/strict";
import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { initialZoneState } from "#core/zone/zone-machine.ts";
import type { ZoneIncident, ZoneState } from "#core/zone/zone-state.ts";
import type { CommandRequest } from "#hub/command-relay.ts";
import { DeviceRegistry } from "#hub/device-registry.ts";
import { HubZones, type HubZonesOptions } from "#hub/hub-zones.ts";
import type { Store } from "#hub/store.ts";
import { healthMessage } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { zoneBrief } from "#support/zone-inputs.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import { zoneConfigSchema } from "#wire/zone-api.ts";

const daily = ["mon-sun 00:00-24:00"];
/** A device at which nothing is the matter. */
export const atRest = initialAlarmState();

/** What a site is to have otherwise. */
interface SiteChanges {
  readonly clock?: ManualClock;
  readonly log?: (line: string) => void;
  /** Keys of the zone. */
  readonly [key: string]: unknown;
}

/** A zone that is in FIRE because it was told so. */
export function fireOf(zone: ZoneState, id: string): ZoneState {
  const incident: ZoneIncident = {
    id,
    kind: "real",
    origin: "new",
    stage: "fire",
    startedAtMicros: 0,
    sinceMicros: 0,
    fireAtMicros: 0,
    causes: [],
    hold: null,
    acknowledged: null,
    silenced: null,
  };
  return { ...zone, level: "fire", incident };
}

/** Two devices, "kitchen" and "workshop", that speak once a second, and the zone of both. */
export class ZoneSite {
  readonly clock: ManualClock;
  readonly registry: DeviceRegistry;
  readonly zones: HubZones;
  readonly story: string[] = [];
  readonly asked: { device: string; request: CommandRequest }[] = [];
  readonly speaks = new Map<
    string,
    { state: AlarmState; camera: "watching" | "calibrating"; hot: boolean }
  >();
  ownZones = false;
  /** What the devices say of their own zones, where they have any. */
  ownZone: ZoneState = initialZoneState(["workshop"]);
  /** Devices answer nothing that they are asked. */
  isDeaf = false;
  /** Devices refuse whatever they are asked. */
  refuses = false;

  constructor(
    store: { readonly zones: HubZonesOptions["store"]; readonly events: Pick<Store["events"], "add"> },
    { clock = new ManualClock(), log = (line) => assert.fail(line), ...policy }: SiteChanges,
  ) {
    this.clock = clock;
    this.registry = new DeviceRegistry(clock, () => {});
    const zone = { id: "floor", name: "Ground floor", devices: ["kitchen", "workshop"], staffed: daily };
    this.zones = new HubZones({
      clock,
      zones: [zoneConfigSchema.parse({ ...zone, ...policy })],
      store: store.zones,
      keepEvent: (id, message) => store.events.add(id, message),
      device: (id) => this.registry.view(id),
      ask: async (device, request) => {
        this.asked.push({ device, request });
        if (this.isDeaf) return { kind: "silent" };
        if (this.refuses) return { kind: "answered", reply: { v: 1, ok: false, text: "Not done." } };
        if (request.command === "act" && request.act === "reset") this.quiet(device);
        return { kind: "answered", reply: { v: 1, ok: true, text: "Done." } };
      },
      onChange: () => {},
      onEvent: (_zone, { event }) => {
        if (event.type === "zone") this.story.push(zoneBrief(event.event));
      },
      log,
    });
    for (const id of ["kitchen", "workshop"]) this.quiet(id);
    this.zones.start();
    this.pass(1);
    this.story.length = 0;
  }

  quiet(id: string): void {
    this.speaks.set(id, { state: atRest, camera: "watching", hot: false });
  }

  fire(id: string): void {
    const reasons = [
      {
        code: "region-growth",
        text: "It grows.",
        value: 2,
        limit: 1,
        unit: "pixel/s",
        location: { x: 1, y: 1 },
      },
    ] as const;
    const incident = {
      id: `incident-${id}`,
      startedAtMicros: this.clock.nowMicros(),
      firstAlarmAtMicros: this.clock.nowMicros(),
      firstReasons: reasons,
      reasons,
      places: [],
      acknowledged: null,
      silenced: null,
      alarms: 1,
    };
    const state: AlarmState = { ...atRest, level: "alarm", sounding: true, incident };
    this.speaks.set(id, { state, camera: "watching", hot: true });
    this.#say(id);
  }

  /** Each device speaks once a second, unless it says nothing any more. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) {
      this.clock.advanceMs(1_000);
      for (const id of this.speaks.keys()) this.#say(id);
    }
  }

  #say(id: string): void {
    const said = this.speaks.get(id)!;
    const atMicros = this.clock.nowMicros();
    this.registry.hearHealth(id, healthMessage({ atMicros, name: `The ${id}` }));
    const own = this.ownZones ? { zone: this.ownZone } : {};
    this.registry.hearState(id, { v: 1, atMicros, state: said.state, ...own });
    const telemetry: TelemetryMessage = {
      v: 1,
      atMicros,
      features: null,
      hottest: null,
      co2Ppm: null,
      airTemperatureCelsius: null,
      humidityPercent: null,
      nearness: 0,
      validFrames: 9,
      watch: { camera: said.camera, thermal: "seen", evidence: said.hot ? "alarm" : "none" },
    };
    this.registry.hearTelemetry(id, telemetry);
    this.zones.hear(id);
  }

  act(act: "acknowledge" | "silence" | "reset") {
    return this.zones.act("floor", { act, by: "Ada", reason: "looked", minutes: null });
  }

  get level(): string {
    return this.zones.view("floor")!.state.level;
  }
}
