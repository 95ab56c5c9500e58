import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { systemClock } from "#cli/system-clock.ts";
import { buildApi } from "#hub/api.ts";
import type { CommandOutcome, CommandRequest } from "#hub/command-relay.ts";
import { Live } from "#hub/live.ts";
import type { RegionsMessage, TelemetryMessage } from "#wire/device-messages.ts";
import type { ActRequest, DeviceView, History } from "#wire/hub-api.ts";
import { encodeLiveFrame, type LiveFrame } from "#wire/live-frame-codec.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { FixtureEvent } from "./fixture-room.ts";
import { noIncidents } from "./no-incidents.ts";

/**
 * The hub's own API and live stream with rooms that do exactly what a test says: every lamp, a picture that stops, a
 * connection that breaks. Broker, store and devices are left out.
 */
export class FixtureHub {
  readonly clock = systemClock;
  readonly devices = new Map<string, DeviceView>();
  readonly events: FixtureEvent[] = [];
  /** What is drawn into the pictures. */
  readonly regions = new Map<string, RegionsMessage>();
  readonly history = new Map<string, History>();
  /** What pages asked of devices, oldest first. */
  readonly commands: { readonly device: string; readonly request: CommandRequest }[] = [];
  /** Devices whose pictures pages asked for. */
  readonly watched = new Set<string>();
  /** How devices answer. */
  answer: (device: string, request: CommandRequest) => CommandOutcome | Promise<CommandOutcome>;
  readonly #dashboardFolder: string;
  #server: ReturnType<typeof createAdaptorServer> | null = null;
  /** Zones that the hub runs. */
  readonly zones = new Map<string, ZoneView>();
  readonly zoneActs: { zone: string; request: ActRequest }[] = [];
  readonly callPoints: string[] = [];
  #live: Live | null = null;
  #port: number;

  /** Nothing listens before `start()`; then on the given port of loopback, or on a free one for 0. */
  constructor(dashboardFolder: string, options: { readonly port: number }) {
    this.#dashboardFolder = dashboardFolder;
    this.#port = options.port;
    this.answer = () => ({ kind: "answered", reply: { v: 1, ok: true, text: "Done." } });
  }

  /** Listens, every time on the port of the first, and says where. */
  async start(): Promise<string> {
    const live = new Live({
      clock: this.clock,
      devices: () => [...this.devices.values()],
      zones: () => [...this.zones.values()],
      regions: (device) => this.regions.get(device) ?? null,
      askForPictures: (device) => this.watched.add(device),
      log: () => {},
    });
    const server = createAdaptorServer({ fetch: this.#buildApi().fetch });
    server.on("upgrade", (request, socket, head) => live.upgrade(request, socket, head));
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    live.start();
    this.#live = live;
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Cuts every page off and stops listening. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#live?.stop();
    this.#live = null;
    this.#server = null;
    if (server === null) return;
    const closed = once(server, "close");
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
  }

  /** Sets how a device is, and tells the pages. */
  setDevice(view: DeviceView): void {
    this.devices.set(view.id, view);
    this.#live?.tellDevice(view);
  }

  /** Changes how a known device is, and tells the pages. */
  change(id: string, change: Partial<DeviceView>): void {
    this.setDevice({ ...this.devices.get(id)!, ...change });
  }

  /** Sets what is drawn into a picture, and tells the pages. */
  setRegions(id: string, regions: RegionsMessage): void {
    this.regions.set(id, regions);
    this.#live?.tellRegions(id, regions);
  }

  /** A second of a room. */
  tellTelemetry(id: string, telemetry: TelemetryMessage): void {
    this.devices.set(id, { ...this.devices.get(id)!, telemetry });
    this.#live?.tellTelemetry(id, telemetry);
  }

  /** A picture, for the pages that watch the room. */
  tellFrame(id: string, frame: LiveFrame): void {
    this.#live?.tellFrame(id, Buffer.from(encodeLiveFrame(frame)));
  }

  /** Logs an event and tells the pages. */
  tellEvent(event: FixtureEvent): void {
    this.events.unshift(event);
    const { device, ...message } = event;
    this.#live?.tellEvent(device, message);
  }

  /** Tells pages how a zone now is. */
  tellZone(zone: ZoneView): void {
    this.zones.set(zone.id, zone);
    this.#live?.tellZone(zone);
  }

  #buildApi() {
    return buildApi({
      clock: this.clock,
      startedAtMs: this.clock.monotonicMs(),
      softwareVersion: "fixture",
      dashboardFolder: this.#dashboardFolder,
      devices: {
        views: () => [...this.devices.values()],
        view: (id) => this.devices.get(id) ?? null,
        regions: (id) => this.regions.get(id) ?? null,
      },
      enrolment: null,
      refused: () => ({ total: 0, byKind: {} }),
      zones: {
        views: () => [...this.zones.values()],
        view: (id) => this.zones.get(id) ?? null,
        act: async (zone, request) => {
          this.zoneActs.push({ zone, request });
          return { ok: true, text: "Done." };
        },
        pressCallPoint: (id, callPoint) => {
          this.callPoints.push(`${id} ${callPoint}`);
          return this.zones.has(id);
        },
        acknowledgedOn: () => {},
      },
      events: { page: (options) => this.#page(options) },
      telemetry: { history: ({ device }) => this.history.get(device) ?? { points: [] } },
      commands: {
        ask: async (device, request) => {
          this.commands.push({ device, request });
          return this.answer(device, request);
        },
      },
      incidents: noIncidents,
      integrations: {
        metrics: () => "",
        alert: () => ({ kind: "no-alarm" }),
        alarmLoad: () => null,
        nowMicros: () => 0,
      },
      problems: () => [],
      supervisory: () => [],
      log: () => {},
    });
  }

  #page(options: { readonly before: number | null; readonly limit: number }) {
    const from = options.before === null ? 0 : this.events.length - options.before;
    const events = this.events.slice(from, from + options.limit);
    const left = this.events.length - from - events.length;
    return { events, next: left > 0 ? String(left) : null };
  }
}
