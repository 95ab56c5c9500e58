import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { badInput } from "#core/failure.ts";
import { IncidentPlaces } from "#core/incident/incident-places.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { EventMessage, ReceiptMessage } from "#wire/device-messages.ts";
import { receiptTopic } from "#wire/topics.ts";
import type { ZoneConfig } from "#wire/zone-api.ts";
import { buildApi } from "./api.ts";
import { Broker, checkPortFree, portFailure } from "./broker.ts";
import { CommandRelay } from "./command-relay.ts";
import { type DeviceCredentials, type DeviceLogin, openDeviceCredentials } from "./device-credentials.ts";
import { DeviceRegistry } from "./device-registry.ts";
import { storedEventsMax } from "./event-store.ts";
import { HubZones } from "./hub-zones.ts";
import { IncidentDesk } from "./incident-desk.ts";
import { incidentsMax } from "./incident-store.ts";
import { type HubNotification, incidentTarget } from "./incident-target.ts";
import { Ingest, type IngestListener } from "./ingest.ts";
import { Integrations, type IntegrationsOptions } from "./integrations/integrations.ts";
import type { IntegrationsSetup } from "./integrations/integrations-setup.ts";
import { Live } from "./live.ts";
import { isLoopbackHost, urlHost } from "./loopback-host.ts";
import { notificationsMax } from "./notification/notification-store.ts";
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
  /** A name or address of this machine only: nothing is encrypted here. */
  readonly host: string;
  /** HTTP port; 0 takes any free one. */
  readonly port: number;
  /** MQTT port; 0 takes any free one. */
  readonly mqttPort: number;
  /** The built dashboard; null or a missing folder answers with how to build it. */
  readonly dashboardFolder: string | null;
  /** Zones of several devices; none where absent. */
  readonly zones?: readonly ZoneConfig[] | undefined;
  /** Who is told of alarms, and by which channels; nobody where absent, and the hub says so. */
  readonly notification?: HubNotification | undefined;
  /** What other systems are told; nothing but what they ask for by HTTP where absent. */
  readonly integrations?: IntegrationsSetup | undefined;
  readonly softwareVersion: string;
  readonly log: (line: string) => void;
}

/** Where a started hub is to be found. */
export interface HubAddresses {
  readonly httpUrl: string;
  readonly mqttUrl: string;
  credentialsFor(deviceId: string): DeviceLogin;
}

interface Parts {
  readonly store: Store;
  readonly broker: Broker;
  readonly registry: DeviceRegistry;
  readonly relay: CommandRelay;
  readonly ingest: Ingest;
  readonly live: Live;
  readonly zones: HubZones;
  readonly desk: IncidentDesk;
  readonly integrations: Integrations;
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
    const { dataFolder, clock, host, port, mqttPort } = this.#options;
    this.#refuseOtherHosts();
    // A start that cannot be must leave nothing in the data folder.
    for (const wanted of [port, mqttPort]) await checkPortFree({ host, port: wanted });
    const modbus = this.#options.integrations?.config.modbus;
    if (modbus !== undefined && modbus.port !== null)
      await checkPortFree({ host: modbus.host, port: modbus.port });
    const credentials = await openDeviceCredentials(dataFolder);
    const store = openStore(dataFolder);
    const parts = this.#assemble({ store, credentials });
    this.#parts = parts;
    try {
      store.forgetReplays();
      parts.registry.restore(store.devices.all());
      parts.desk.start();
      const { url: mqttUrl } = await parts.broker.start();
      const httpUrl = await this.#listen(parts);
      parts.live.start();
      parts.zones.start();
      await parts.integrations.start();
      this.#cancels.push(clock.every(silenceCheckMs, () => parts.registry.checkSilence()));
      this.#cancels.push(clock.every(trimEveryMs, () => this.#trim(store)));
      return { httpUrl, mqttUrl, credentialsFor: (deviceId) => credentials.loginFor(deviceId) };
    } catch (error) {
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
    await parts.integrations.stop();
    parts.ingest.stop();
    parts.desk.stop();
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

  #assemble(base: { store: Store; credentials: DeviceCredentials }): Parts {
    const { clock, log, host, mqttPort } = this.#options;
    const { store, credentials } = base;
    const registry = new DeviceRegistry(clock, (device) => {
      live.tellDevice(device);
      integrations.hearDevice(device);
    });
    const broker = new Broker({
      host,
      port: mqttPort,
      credentials,
      onPublication: (publication) => ingest.accept(publication),
      log,
    });
    const relay = new CommandRelay({
      clock,
      publish: (message) => broker.publish(message),
      deviceClockMicros: (device) => registry.clockMicros(device),
    });
    const integrations = this.#integrate({
      store,
      registry,
      relay,
      zones: () => zones.views(),
      ingest: () => ingest,
      broker,
    });
    const live = new Live({
      clock,
      devices: () => registry.views(),
      zones: () => zones.views(),
      regions: (device) => registry.regions(device),
      askForPictures: (device, seconds) => this.#askForPictures({ relay, device, seconds }),
      log,
    });
    const zones = new HubZones({
      clock,
      zones: this.#options.zones ?? [],
      store: store.zones,
      keepEvent: (zone, message) => this.#keepZoneEvent({ store, desk }, zone, message),
      device: (id) => registry.view(id),
      ask: async (device, request) =>
        registry.view(device)?.online === true ? relay.ask(device, request) : { kind: "silent" },
      onChange: (zone) => live.tellZone(zone),
      onEvent: (zone, message) => {
        live.tellEvent(zone, message);
        integrations.hearEvent(zone, message);
      },
      log,
    });
    const desk = new IncidentDesk({
      clock,
      store,
      places: new IncidentPlaces(this.#options.zones ?? []),
      policy: this.#options.notification?.policy ?? null,
      channels: this.#options.notification?.channels ?? [],
      devices: registry,
      zoneName: (id) => zones.view(id)?.name ?? null,
      onChange: (incident) => live.tellIncident(incident),
      log,
    });
    const listener = listenerOf({ live, zones, integrations, desk });
    const acknowledge = (device: string, ids: readonly string[]): void =>
      this.#acknowledge({ broker, device, ids });
    const ingest = new Ingest({ clock, store, registry, relay, listener, acknowledge, log });
    return { store, broker, registry, relay, ingest, live, zones, integrations, desk };
  }

  #keepZoneEvent({ store, desk }: Pick<Parts, "store" | "desk">, zone: string, message: EventMessage): void {
    try {
      store.events.add(zone, message, this.#options.clock.nowMicros());
    } catch (error) {
      desk.tellUnkept(zone, message);
      throw error;
    }
    desk.fold();
  }

  #integrate(
    parts: Pick<Parts, "store" | "registry" | "relay" | "broker"> &
      Pick<IntegrationsOptions, "zones"> & { readonly ingest: () => Ingest },
  ): Integrations {
    const { clock, softwareVersion, integrations, log } = this.#options;
    const { store, registry, relay, broker, ingest, zones } = parts;
    return new Integrations({
      clock,
      zones,
      parts: () => ({ store: store.problem, ingest: ingest().problem, broker: broker.problem }),
      refusedMessages: () => ingest().refused,
      softwareVersion,
      setup: integrations ?? null,
      devices: () => registry.views(),
      events: store.events,
      askForPictures: (device, seconds) => this.#askForPictures({ relay, device, seconds }),
      log,
    });
  }

  /** A receipt that gets lost costs nothing: the device sends the event again. */
  #acknowledge(receipt: { broker: Broker; device: string; ids: readonly string[] }): void {
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
      incidents: incidentTarget({
        clock,
        desk: parts.desk,
        incidents: parts.store.incidents,
        devices: parts.registry,
        zones: parts.zones,
        commands: parts.relay,
        notification: this.#options.notification ?? null,
      }),
      supervisory: () => parts.desk.warnings,
      integrations: parts.integrations,
      problems: () =>
        [parts.store.problem, parts.ingest.problem, parts.broker.problem, parts.desk.problem].filter(
          (problem) => problem !== null,
        ),
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
      store.notifications.trim({ most: notificationsMax });
      store.incidents.trim({ most: incidentsMax });
    } catch (error) {
      this.#options.log(`old data could not be folded away, tried again later: ${String(error)}`);
    }
  }
}

/** Who hears what the ingest takes in: the page, the hub's zones and other systems. */
function listenerOf({
  live,
  zones,
  integrations,
  desk,
}: Pick<Parts, "live" | "zones" | "integrations" | "desk">): IngestListener {
  return {
    onUnkept: (device, message) => desk.tellUnkept(device, message),
    onHeard: (device) => zones.hear(device),
    onTelemetry: (device, telemetry) => {
      live.tellTelemetry(device, telemetry);
      integrations.hearTelemetry(device, telemetry);
    },
    onRegions: live.tellRegions.bind(live),
    onEvent: (device, message) => {
      live.tellEvent(device, message);
      desk.fold();
      integrations.hearEvent(device, message);
    },
    onFrame: (device, frame) => {
      live.tellFrame(device, frame);
      integrations.hearFrame(device, frame);
    },
  };
}
