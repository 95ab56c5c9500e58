import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { assert, badInput } from "#core/failure.ts";
import type { CertificateIdentity } from "#core/messaging/broker-credentials.ts";
import type { Cancel } from "#core/time.ts";
import { buildApi } from "./api.ts";
import { assembleHub, type HubParts } from "./assemble-hub.ts";
import type { BrokerAddresses } from "./broker.ts";
import { type DeviceCredentials, type DeviceLogin, openDeviceCredentials } from "./device-credentials.ts";
import type { DeviceEntrance } from "./enrolment/device-entrance.ts";
import { storedEventsMax } from "./event-store.ts";
import type { HubOptions } from "./hub-options.ts";
import { incidentsMax } from "./incident-store.ts";
import { incidentTarget } from "./incident-target.ts";
import { checkPortFree, portFailure } from "./listening-port.ts";
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

/** The hub: broker, store, device registry, HTTP API and live stream in one process. */
export class Hub {
  readonly #options: HubOptions;
  #parts: HubParts | null = null;
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
      const parts = await assembleHub(this.#options, { store, credentials });
      this.#parts = parts;
      store.forgetReplays();
      parts.registry.restore(store.devices.all());
      parts.desk.start();
      const addresses = await this.#startBroker(parts);
      const httpUrl = await this.#listen(parts);
      parts.live.start();
      parts.zones.start();
      await parts.integrations.start();
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
    await parts.integrations.stop();
    parts.ingest.stop();
    parts.desk.stop();
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
    const { host, port, mqttPort, devices, broker, integrations } = this.#options;
    await checkPortFree({ host, port });
    if (mqttPort !== null) await checkPortFree({ host, port: mqttPort });
    const modbus = integrations?.config.modbus;
    if (modbus !== undefined && modbus.port !== null)
      await checkPortFree({ host: modbus.host, port: modbus.port });
    if (devices === undefined) return;
    await checkPortFree({ host: devices.host, port: devices.enrolPort });
    if (broker === undefined) await checkPortFree({ host: devices.host, port: devices.mqttPort });
  }

  /** The broker at work, and devices let in. */
  async #startBroker({ broker, entrance }: HubParts): Promise<BrokerAddresses> {
    const addresses = await broker.start();
    const { secureUrl } = addresses;
    const port = secureUrl === null ? "" : new URL(secureUrl).port;
    const isOwn = this.#options.broker === undefined;
    await entrance?.start(broker, (host) => (isOwn ? `mqtts://${host}:${port}` : (secureUrl ?? "")));
    return addresses;
  }

  #listen(parts: HubParts): Promise<string> {
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
      enrolment: parts.entrance?.api ?? null,
      supervisory: () => parts.desk.warnings,
      integrations: parts.integrations,
      problems: () => problemsOf(parts),
      refused: () => parts.refusals.counts(),
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

/** What is wrong with a hub, a sentence each. */
function problemsOf({ store, ingest, broker, desk, entrance }: HubParts): string[] {
  const all = [store.problem, ingest.problem, broker.problem, desk.problem, ...(entrance?.problems ?? [])];
  return all.filter((problem) => problem !== null);
}

function loginOf(credentials: DeviceCredentials | null, deviceId: string): DeviceLogin {
  assert(credentials !== null, "a hub whose plain door is closed has no passwords");
  return credentials.loginFor(deviceId);
}

function secureAddress(entrance: DeviceEntrance | null, url: string | null): HubAddresses["secure"] {
  if (entrance === null || url === null) return null;
  return { url, credentialsFor: (deviceId) => entrance.credentialsFor(deviceId) };
}
