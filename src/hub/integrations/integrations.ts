import type { Clock } from "#core/time.ts";
import type { AlarmLoad } from "#wire/alarm-load.ts";
import type { EventMessage, TelemetryMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { EventStore } from "../event-store.ts";
import { alarmCall } from "./alarm-load/alarm-call.ts";
import { alarmLoad, standingCalls } from "./alarm-load/alarm-load.ts";
import { alarmAlert } from "./cap/alarm-alert.ts";
import { capXml } from "./cap/cap-xml.ts";
import { DeviceFactsKeeper } from "./device-facts.ts";
import { HomeAssistantBridge } from "./home-assistant/home-assistant-bridge.ts";
import type { AlertAnswer, IntegrationApiTarget } from "./integration-api.ts";
import { defaultIntegrationsConfig, type IntegrationsConfig } from "./integrations-config.ts";
import type { IntegrationsSetup } from "./integrations-setup.ts";
import { EventCounts } from "./metrics/event-counts.ts";
import { processFigures } from "./metrics/hub-families.ts";
import { metricsText } from "./metrics/metrics-text.ts";
import { ModbusServer } from "./modbus/modbus-server.ts";
import { type RegisterBlock, registerBlocks } from "./modbus/register-map.ts";

/** Events of one answer on the alarm load; more would hold up the hub for too long. */
const loadEventsMax = 10_000;

/** What the integrations stand on. They read, and nothing that they do reaches a device's alarm. */
export interface IntegrationsOptions {
  readonly clock: Clock;
  readonly softwareVersion: string;
  /** Null: the hub connects nowhere and listens nowhere for other systems. */
  readonly setup: IntegrationsSetup | null;
  readonly devices: () => readonly DeviceView[];
  /** The zones that the hub runs. */
  readonly zones: () => readonly ZoneView[];
  /** What is wrong with each part of the hub in a sentence; null while it works. */
  readonly parts: () => Readonly<Record<string, string | null>>;
  readonly refusedMessages: () => number;
  readonly events: Pick<EventStore, "between">;
  /** Asks a device to send pictures for so long. */
  readonly askForPictures: (device: string, seconds: number) => void;
  readonly log: (line: string) => void;
}

/** What other systems are told of this hub. */
export class Integrations implements IntegrationApiTarget {
  readonly #options: IntegrationsOptions;
  readonly #facts: DeviceFactsKeeper;
  readonly #counts = new EventCounts();
  readonly #homeAssistant: HomeAssistantBridge | null;
  readonly #modbus: ModbusServer | null;
  readonly #startedMs: number;

  constructor(options: IntegrationsOptions) {
    const { clock, setup, devices, askForPictures, softwareVersion, log } = options;
    this.#options = options;
    this.#facts = new DeviceFactsKeeper(clock, devices);
    this.#startedMs = clock.monotonicMs();
    const { homeAssistant, modbus } = setup?.config ?? defaultIntegrationsConfig;
    this.#homeAssistant =
      setup === null || homeAssistant.brokerUrl === null
        ? null
        : new HomeAssistantBridge({
            clock,
            config: { ...homeAssistant, brokerUrl: homeAssistant.brokerUrl },
            login: setup.homeAssistant,
            openBroker: setup.openBroker,
            devices: () => this.#facts.now(),
            askForPictures,
            softwareVersion,
            log,
          });
    this.#modbus =
      modbus.port === null
        ? null
        : new ModbusServer({
            clock,
            config: { ...modbus, port: modbus.port },
            blocks: () => this.#registers(modbus),
            log,
          });
  }

  /** Listens and begins to connect. Throws machineFault "port-in-use" or "port-unusable". */
  async start(): Promise<void> {
    const port = await this.#modbus?.start();
    if (port !== undefined) this.#options.log(`Modbus answers on port ${port}.`);
    this.#homeAssistant?.start();
  }

  /** Ends all connections; safe to call twice. */
  async stop(): Promise<void> {
    await this.#modbus?.stop();
    await this.#homeAssistant?.stop();
  }

  /** A device is otherwise than before: whoever can be told at once is. */
  hearDevice(view: DeviceView): void {
    this.#homeAssistant?.tellOf(this.#facts.of(view));
  }

  /** A device has said what its room is like. */
  hearTelemetry(device: string, telemetry: TelemetryMessage): void {
    this.#facts.hearTelemetry(device, telemetry);
  }

  /** Something has happened; told once for each event. `source` is a device or a zone. */
  hearEvent(source: string, message: EventMessage): void {
    this.#counts.count(source, message);
  }

  /** A picture of a device's live stream has come. */
  hearFrame(device: string, bytes: Uint8Array): void {
    this.#homeAssistant?.hearFrame(device, bytes);
  }

  /** The answer to a scrape by Prometheus. */
  metrics(): string {
    const { clock, softwareVersion, zones, parts, refusedMessages } = this.#options;
    const homeAssistant =
      this.#homeAssistant === null ? {} : { "home-assistant": this.#homeAssistant.problem };
    return metricsText({
      devices: this.#facts.now(),
      zones: zones(),
      counts: this.#counts,
      hub: {
        version: softwareVersion,
        parts: { ...parts(), ...homeAssistant },
        refusedMessages: refusedMessages(),
        process: processFigures(clock.nowMicros()),
      },
    });
  }

  /** The present, in microseconds since the Unix epoch. */
  nowMicros(): number {
    return this.#options.clock.nowMicros();
  }

  /** The newest message on a device's alarm. */
  alert(device: string): AlertAnswer {
    const facts = this.#facts.now().find(({ view }) => view.id === device);
    if (facts === undefined) return { kind: "no-such-device" };
    const { sender, ...settings } = (this.#options.setup?.config ?? defaultIntegrationsConfig).alerts;
    if (sender === null) return { kind: "no-sender" };
    const { view, standing } = facts;
    if (view.state === null) return { kind: "no-alarm" };
    const silentSinceMicros = standing === "silent" ? view.silentSinceMicros : null;
    const alert = alarmAlert({ device: view, state: view.state, silentSinceMicros }, { ...settings, sender });
    return alert === null ? { kind: "no-alarm" } : { kind: "alert", xml: capXml(alert) };
  }

  /** How much the alarms of a span ask of people; null where it holds too many events for one answer. */
  alarmLoad(span: { readonly fromMicros: number; readonly toMicros: number }): AlarmLoad | null {
    const types = ["level", "trouble", "gas-hazard", "supervisory", "zone"] as const;
    const events = this.#options.events.between({ ...span, types, most: loadEventsMax + 1 });
    if (events.length > loadEventsMax) return null;
    const calls = events.flatMap(({ device, event }) => alarmCall(device, event) ?? []);
    return { ...alarmLoad(calls, span), standing: standingCalls(this.#facts.now()) };
  }

  #registers({ devices, zones }: IntegrationsConfig["modbus"]): readonly RegisterBlock[] {
    const { clock, parts } = this.#options;
    const known = this.#facts.now();
    const ownZones = known.flatMap(({ view, standing }) =>
      standing === "heard" && view.zone !== undefined ? [view.zone] : [],
    );
    const allZones = [...this.#options.zones(), ...ownZones];
    return registerBlocks({
      upSeconds: Math.floor((clock.monotonicMs() - this.#startedMs) / 1_000),
      nowMicros: clock.nowMicros(),
      partsWorking: ["store", "ingest", "broker"].map((part) => (parts()[part] ?? null) === null),
      devices: devices.map((id) => known.find(({ view }) => view.id === id)),
      zones: zones.map((id) => allZones.find((zone) => zone.id === id)),
    });
  }
}
