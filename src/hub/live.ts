import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Cancel, Clock } from "#core/time.ts";
import type { EventMessage, RegionsMessage, TelemetryMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { type LiveServerMessage, liveClientMessageSchema } from "#wire/live-protocol.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import { crossSiteRefusal } from "./request-guards.ts";
import { deviceLeaseSeconds, WatchLeases } from "./watch-leases.ts";

/** Pages at once; a further one is refused with 503. */
export const livePagesMax = 32;
/** Longer messages from a page close it. */
export const pageMessageBytesMax = 4 * 1024;
/** While more than this waits for a page, it gets no pictures: the next one is fresher anyway. */
export const pictureBacklogBytesMax = 256 * 1024;
/** While more than this waits, it gets no telemetry either. */
export const telemetryBacklogBytesMax = 1024 * 1024;
/** A page for which more than this waits cannot take events: it is closed, and learns them all when it comes back. */
export const eventBacklogBytesMax = 4 * 1024 * 1024;
/** How often devices are asked for pictures, and pages whether they are there. */
const renewEveryMs = 5_000;
/** Unanswered questions after which a page is taken to be gone. */
const missedPongsMax = 3;

/** What the live stream stands on. */
export interface LiveOptions {
  readonly clock: Clock;
  readonly devices: () => DeviceView[];
  /** The zones that the hub runs. */
  readonly zones: () => ZoneView[];
  /** What is drawn into a device's picture; null while it has not said. */
  readonly regions: (device: string) => RegionsMessage | null;
  /** Asks a device to send pictures for so long. */
  readonly askForPictures: (device: string, seconds: number) => void;
  readonly log: (line: string) => void;
}

/** The WebSocket /api/live: tells pages what happens, as of `wire/live-protocol.ts`. */
export class Live {
  readonly #options: LiveOptions;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: pageMessageBytesMax });
  readonly #missedPongs = new Map<WebSocket, number>();
  readonly #leases: WatchLeases<WebSocket>;
  #cancelRenewal: Cancel | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#leases = new WatchLeases(options.clock);
  }

  /** Begins to renew leases and to look after pages. */
  start(): void {
    this.#cancelRenewal = this.#options.clock.every(renewEveryMs, () => this.#renew());
  }

  /** Cuts all pages off; safe to call twice. */
  stop(): void {
    this.#cancelRenewal?.();
    this.#cancelRenewal = null;
    // An open page would keep the HTTP server from closing.
    for (const page of this.#missedPongs.keys()) page.terminate();
    this.#server.close();
  }

  /** Takes over an HTTP upgrade; refuses other addresses, other sites' pages and too many pages. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const path = request.url?.split("?")[0];
    const { host, origin } = request.headers;
    const refusal = crossSiteRefusal({ host, origin });
    if (path !== "/api/live") refuseUpgrade(socket, "404 Not Found");
    else if (refusal !== null) refuseUpgrade(socket, "403 Forbidden");
    else if (this.#missedPongs.size >= livePagesMax) refuseUpgrade(socket, "503 Service Unavailable");
    else this.#server.handleUpgrade(request, socket, head, (page) => this.#welcome(page));
  }

  /** Tells all pages how a device now is. */
  tellDevice(device: DeviceView): void {
    this.#broadcast({ type: "device", device }, eventBacklogBytesMax);
  }

  /** Tells all pages how a zone of the hub now is. */
  tellZone(zone: ZoneView): void {
    this.#broadcast({ type: "zone", zone }, eventBacklogBytesMax);
  }

  /** Tells all pages what is drawn into a device's picture now. */
  tellRegions(device: string, regions: RegionsMessage): void {
    this.#broadcast({ type: "regions", device, regions }, eventBacklogBytesMax);
  }

  /** Tells all pages what a room is like now. */
  tellTelemetry(device: string, telemetry: TelemetryMessage): void {
    this.#broadcast({ type: "telemetry", device, telemetry }, telemetryBacklogBytesMax);
  }

  /** Tells all pages what happened; a page that cannot take it is closed, so that it never misses one unknowingly. */
  tellEvent(device: string, message: EventMessage): void {
    this.#broadcast({ type: "event", device, message }, Number.POSITIVE_INFINITY);
    for (const page of this.#missedPongs.keys()) {
      if (page.bufferedAmount > eventBacklogBytesMax) page.terminate();
    }
  }

  /** Passes a picture on to those who watch the device and can take it. */
  tellFrame(device: string, frame: Buffer): void {
    let message: Buffer | null = null;
    for (const page of this.#missedPongs.keys()) {
      if (!this.#leases.watches(page, device) || page.bufferedAmount > pictureBacklogBytesMax) continue;
      message ??= Buffer.concat([Buffer.from([device.length]), Buffer.from(device, "ascii"), frame]);
      page.send(message);
    }
  }

  #welcome(page: WebSocket): void {
    this.#missedPongs.set(page, 0);
    page.on("pong", () => this.#missedPongs.set(page, 0));
    page.on("message", (data, isBinary) => this.#hear(page, isBinary ? null : data.toString()));
    // Closing follows; what went wrong on a page's side is no fault of the hub.
    page.on("error", (error) => this.#options.log(`a page's live stream failed: ${error.message}`));
    page.on("close", () => {
      this.#missedPongs.delete(page);
      this.#leases.forget(page);
    });
    const serverTimeMicros = this.#options.clock.nowMicros();
    const { zones, regions } = this.#options;
    const devices = this.#options.devices();
    send(page, { type: "devices", devices, zones: zones(), serverTimeMicros });
    for (const { id } of devices) {
      const drawn = regions(id);
      if (drawn !== null) send(page, { type: "regions", device: id, regions: drawn });
    }
  }

  #hear(page: WebSocket, text: string | null): void {
    const message = text === null ? null : parse(text);
    if (message === null) {
      page.close(1008, "not a message of this protocol");
      return;
    }
    // Also where another page watches already: a device whose pictures have ended shows its last one when asked.
    const fresh = message.devices.filter((device) => !this.#leases.watches(page, device));
    this.#leases.wish(page, message.devices);
    for (const device of fresh) this.#options.askForPictures(device, deviceLeaseSeconds);
  }

  #broadcast(message: LiveServerMessage, backlogBytesMax: number): void {
    if (this.#missedPongs.size === 0) return;
    const text = JSON.stringify(message);
    for (const page of this.#missedPongs.keys()) if (page.bufferedAmount <= backlogBytesMax) page.send(text);
  }

  #renew(): void {
    for (const device of this.#leases.watchedDevices()) {
      this.#options.askForPictures(device, deviceLeaseSeconds);
    }
    for (const [page, missed] of this.#missedPongs) {
      if (missed >= missedPongsMax) page.terminate();
      else {
        this.#missedPongs.set(page, missed + 1);
        page.ping();
      }
    }
  }
}

function parse(text: string): { readonly devices: readonly string[] } | null {
  try {
    return liveClientMessageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function send(page: WebSocket, message: LiveServerMessage): void {
  page.send(JSON.stringify(message));
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
