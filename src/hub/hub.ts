import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { assert, badInput } from "#core/failure.ts";
import type { BrokerCredentials, CertificateIdentity } from "#core/messaging/broker-credentials.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { ReceiptMessage } from "#wire/device-messages.ts";
import { receiptTopic } from "#wire/topics.ts";
import type { ZoneConfig } from "#wire/zone-api.ts";
import { buildApi } from "./api.ts";
import { Broker, type BrokerAddresses, type Publication } from "./broker.ts";
import { CommandRelay } from "./command-relay.ts";
import { type DeviceCredentials, type DeviceLogin, openDeviceCredentials } from "./device-credentials.ts";
import { DeviceRegistry } from "./device-registry.ts";
import type { DeviceEntrance, DeviceEntranceOptions } from "./enrolment/device-entrance.ts";
import { storedEventsMax } from "./event-store.ts";
import { ExternalBroker } from "./external-broker.ts";
import { type HubBroker, hubClientName } from "./hub-broker.ts";
import { HubZones } from "./hub-zones.ts";
import { Ingest } from "./ingest.ts";
import { checkPortFree, portFailure } from "./listening-port.ts";
import { Live } from "./live.ts";
import { isLoopbackHost, urlHost } from "./loopback-host.ts";
import { Refusals } from "./refusals.ts";
import { openStore, type Store } from "./store.ts";
import {
  minuteTelemetryKeptMicros,
  minuteTelemetryRowsMax,
  rawTelemetryKeptMicros,
  rawTelemetryRowsMax,
} from "./telemetry-store.ts";

/** How often the clock is looked at for silent devices. */
const silenceCheckMs = 1_000;
/** How often old telemetry and events are folded and trimmed. */
const trimEveryMs = 10 * 60_000;
/** HTTP connections at once, live streams among them. */
const httpConnectionsMax = 256;

/** What a hub needs. */
export interface HubOptions {
  readonly clock: Clock;
  /** Holds the store and the secret of the devices' passwords; made when missing. */
  readonly dataFolder: string;
  /** Of the page and of the broker's plain door: a name or address of this machine only, as nothing is encrypted here. */
  readonly host: string;
  /** HTTP port; 0 takes any free one. */
  readonly port: number;
  /** Port of the broker's plain door; 0 takes any free one, null opens none. */
  readonly mqttPort: number | null;
  /** Where devices come in by TLS; nowhere where absent. */
  readonly devices?: DeviceEntranceOptions | undefined;
  /** The built dashboard; null or a missing folder answers with how to build it. */
  readonly dashboardFolder: string | null;
  /** Zones of several devices; none where absent. */
  readonly zones?: readonly ZoneConfig[] | undefined;
  /**
   * A broker to use instead of our own, such as mosquitto; credentials null shows it a certificate of the hub's own
   * authority, for which `devices` is needed.
   */
  readonly broker?: { readonly url: string; readonly credentials: BrokerCredentials | null } | undefined;
  readonly softwareVersion: string;
  readonly log: (line: string) => void;
}

/** Where a started hub is to be found. */
export interface HubAddresses {
  readonly httpUrl: string;
  /** The broker's plain door; empty where there is none. */
  readonly mqttUrl: string;
  /** The login of a device at the plain door. */
  credentialsFor(deviceId: string): DeviceLogin;
  /** How a device of this process shows who it is at the secure door; null where there is none. */
  readonly secure: {
    readonly url: string;
    credentialsFor(deviceId: string): Promise<() => CertificateIdentity>;
  } | null;
}

interface Parts {
  readonly store: Store;
  readonly broker: HubBroker;
  readonly entrance: DeviceEntrance | null;
  readonly refusals: Refusals;
  readonly registry: DeviceRegistry;
  readonly relay: CommandRelay;
  readonly ingest: Ingest;
  readonly live: Live;
  readonly zones: HubZones;
}

/** The hub: broker, store, device registry, HTTP API and live stream in one process. */
export class Hub {
  readonly #options: HubOptions;
  #parts: Parts | null = null;
  #server: ReturnType<typeof createAdaptorServer> | null = null;
  readonly #cancels: Cancel[] = [];

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /**
   * Starts everything, or nothing. Throws badInput "not-loopback", "secret-damaged" or "store-too-new", machineFault
   * "data-folder-unusable", "store-unusable", "port-in-use" or "port-unusable".
   */
  async start(): Promise<HubAddresses> {
    const { dataFolder, clock } = this.#options;
    this.#refuseOtherHosts();
    await this.#checkPorts();
    const credentials = this.#options.mqttPort === null ? null : await openDeviceCredentials(dataFolder);
    const store = openStore(dataFolder);
    try {
      const parts = await this.#assemble({ store, credentials });
      this.#parts = parts;
      store.forgetReplays();
      parts.registry.restore(store.devices.all());
      const addresses = await this.#startBroker(parts);
      const httpUrl = await this.#listen(parts);
      parts.live.start();
      parts.zones.start();
      this.#cancels.push(clock.every(silenceCheckMs, () => parts.registry.checkSilence()));
      this.#cancels.push(clock.every(trimEveryMs, () => this.#trim(store)));
      return {
        httpUrl,
        mqttUrl: addresses.plainUrl ?? "",
        credentialsFor: (deviceId) => loginOf(credentials, deviceId),
        secure: secureAddress(parts.entrance, addresses.secureUrl),
      };
    } catch (error) {
      if (this.#parts === null) store.close();
      await this.stop();
      throw error;
    }
  }

  /** Ends all connections and closes the store; safe to call twice. */
  async stop(): Promise<void> {
    const parts = this.#parts;
    const server = this.#server;
    this.#parts = null;
    this.#server = null;
    for (const cancel of this.#cancels.splice(0)) cancel();
    if (parts === null) return;
    parts.relay.stop();
    parts.zones.stop();
    parts.live.stop();
    if (server !== null) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    }
    parts.ingest.stop();
    await parts.entrance?.stop();
    await parts.broker.stop();
    parts.store.close();
  }

  #refuseOtherHosts(): void {
    const { host } = this.#options;
    if (isLoopbackHost(host)) return;
    throw badInput(
      "not-loopback",
      `The hub does not listen on ${host}: nothing it says is encrypted and nobody has to log in, so it listens on this machine only. Use --host 127.0.0.1, and an SSH tunnel to reach it from elsewhere.`,
    );
  }

  /** A start that cannot be must leave nothing in the data folder. */
  async #checkPorts(): Promise<void> {
    const { host, port, mqttPort, devices, broker } = this.#options;
    await checkPortFree({ host, port });
    if (mqttPort !== null) await checkPortFree({ host, port: mqttPort });
    if (devices === undefined) return;
    await checkPortFree({ host: devices.host, port: devices.enrolPort });
    if (broker === undefined) await checkPortFree({ host: devices.host, port: devices.mqttPort });
  }

  /** The broker at work, and devices let in. */
  async #startBroker({ broker, entrance }: Parts): Promise<BrokerAddresses> {
    const addresses = await broker.start();
    const { secureUrl } = addresses;
    const port = secureUrl === null ? "" : new URL(secureUrl).port;
    const isOwn = this.#options.broker === undefined;
    await entrance?.start(broker, (host) => (isOwn ? `mqtts://${host}:${port}` : (secureUrl ?? "")));
    return addresses;
  }

  #makeBroker(base: {
    credentials: DeviceCredentials | null;
    entrance: DeviceEntrance | null;
    refusals: Refusals;
    onPublication: (publication: Publication) => void;
  }): HubBroker {
    const { clock, log, host, mqttPort, broker } = this.#options;
    const { credentials, entrance, refusals, onPublication } = base;
    if (broker !== undefined)
      return new ExternalBroker({
        clock,
        url: broker.url,
        clientId: hubClientName,
        credentials: async () => {
          if (broker.credentials !== null) return broker.credentials;
          assert(entrance !== null, "a hub without credentials for its broker has an authority");
          return entrance.hubCredentials();
        },
        refusals,
        onPublication,
        log,
      });
    return new Broker({
      plain: credentials === null || mqttPort === null ? null : { host, port: mqttPort, credentials },
      secure: entrance?.door ?? null,
      refusals,
      onPublication,
      log,
    });
  }

  async #openEntrance(refusals: Refusals): Promise<DeviceEntrance | null> {
    const { devices: options, clock, dataFolder, log } = this.#options;
    if (options === undefined) return null;
    // Loaded where it is needed: the library of certificates is large.
    const { DeviceEntrance } = await import("./enrolment/device-entrance.ts");
    return DeviceEntrance.open({ clock, dataFolder, options, refusals, log });
  }

  async #assemble(base: { store: Store; credentials: DeviceCredentials | null }): Promise<Parts> {
    const { clock, log } = this.#options;
    const { store, credentials } = base;
    const refusals = new Refusals(clock, log);
    const entrance = await this.#openEntrance(refusals);
    const registry = new DeviceRegistry(clock, (device) => live.tellDevice(device));
    const broker = this.#makeBroker({
      credentials,
      entrance,
      refusals,
      onPublication: (publication) => ingest.accept(publication),
    });
    const relay = new CommandRelay(clock, (message) => broker.publish(message));
    const live = new Live({
      clock,
      devices: () => registry.views(),
      zones: () => zones.views(),
      askForPictures: (device, seconds) => this.#askForPictures({ relay, device, seconds }),
      log,
    });
    const zones = new HubZones({
      clock,
      zones: this.#options.zones ?? [],
      store: store.zones,
      keepEvent: (zone, message) => store.events.add(zone, message),
      device: (id) => registry.view(id),
      ask: async (device, request) =>
        registry.view(device)?.online === true ? relay.ask(device, request) : { kind: "silent" },
      onChange: (zone) => live.tellZone(zone),
      onEvent: (zone, message) => live.tellEvent(zone, message),
      log,
    });
    const listener = {
      onHeard: (device: string) => zones.hear(device),
      onTelemetry: live.tellTelemetry.bind(live),
      onEvent: live.tellEvent.bind(live),
      onFrame: live.tellFrame.bind(live),
    };
    const acknowledge = (device: string, ids: readonly string[]): void =>
      this.#acknowledge({ broker, device, ids });
    const ingest = new Ingest({ clock, store, registry, relay, listener, acknowledge, refusals, log });
    return { store, broker, entrance, refusals, registry, relay, ingest, live, zones };
  }

  /** A receipt that gets lost costs nothing: the device sends the event again. */
  #acknowledge(receipt: { broker: HubBroker; device: string; ids: readonly string[] }): void {
    const { broker, device, ids } = receipt;
    const message: ReceiptMessage = { v: 1, ids: [...ids] };
    broker
      .publish({ topic: receiptTopic(device), payload: JSON.stringify(message), qos: 0 })
      .catch((error: unknown) => this.#options.log(`could not acknowledge to ${device}: ${String(error)}`));
  }

  #askForPictures(request: { relay: CommandRelay; device: string; seconds: number }): void {
    const { relay, device, seconds } = request;
    relay.tell(device, { command: "watch", seconds }).catch((error: unknown) => {
      this.#options.log(`could not ask ${device} for pictures: ${String(error)}`);
    });
  }

  #listen(parts: Parts): Promise<string> {
    const { clock, host, port, dashboardFolder, softwareVersion, log } = this.#options;
    const api = buildApi({
      clock,
      startedAtMs: clock.monotonicMs(),
      softwareVersion,
      dashboardFolder,
      devices: parts.registry,
      zones: parts.zones,
      events: parts.store.events,
      telemetry: parts.store.telemetry,
      commands: parts.relay,
      problems: () =>
        [
          parts.store.problem,
          parts.ingest.problem,
          parts.broker.problem,
          ...(parts.entrance?.problems ?? []),
        ].filter((problem) => problem !== null),
      refused: () => parts.refusals.counts(),
      enrolment: parts.entrance?.api ?? null,
      log,
    });
    const server = createAdaptorServer({ fetch: api.fetch });
    this.#server = server;
    if ("maxConnections" in server) server.maxConnections = httpConnectionsMax;
    server.on("upgrade", (request, socket, head) => parts.live.upgrade(request, socket, head));
    return new Promise((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => reject(portFailure({ host, port, error })));
      server.listen(port, host.replace(/^\[|\]$/g, ""), () => {
        resolve(`http://${urlHost(host)}:${(server.address() as AddressInfo).port}`);
      });
    });
  }

  #trim(store: Store): void {
    const nowMicros = this.#options.clock.nowMicros();
    try {
      store.telemetry.trim({
        rawFromMicros: nowMicros - rawTelemetryKeptMicros,
        minutesFromMicros: nowMicros - minuteTelemetryKeptMicros,
        rawRowsMax: rawTelemetryRowsMax,
        minuteRowsMax: minuteTelemetryRowsMax,
      });
      store.events.trim({ most: storedEventsMax });
    } catch (error) {
      this.#options.log(`old data could not be folded away, tried again later: ${String(error)}`);
    }
  }
}

function loginOf(credentials: DeviceCredentials | null, deviceId: string): DeviceLogin {
  assert(credentials !== null, "a hub whose plain door is closed has no passwords");
  return credentials.loginFor(deviceId);
}

function secureAddress(entrance: DeviceEntrance | null, url: string | null): HubAddresses["secure"] {
  if (entrance === null || url === null) return null;
  return { url, credentialsFor: (deviceId) => entrance.credentialsFor(deviceId) };
}
