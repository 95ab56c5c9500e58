import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Cancel, Clock } from "#core/time.ts";
import type { DeviceRequest } from "#wire/command-messages.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import type { ActRequest, DeviceView } from "#wire/hub-api.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import type { LiveServerMessage } from "#wire/live-protocol.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { Answer, HubClient } from "./hub-client.ts";
import { LiveLink, type LiveLinkSink, type LiveSocket } from "./live-link.ts";
import { type AlarmTone, alarmToneOf } from "./model/alarm-tone.ts";
import { chartPointOf, chartSpanMicros, withHistory, withPoint } from "./model/chart-points.ts";
import { deviceName } from "./model/device-name.ts";
import { type LoggedEvent, mergeEvents } from "./model/event-log.ts";
import type { LinkStatus, RoomSituation } from "./model/room-knowledge.ts";
import { type Notice, noticeOf, type RoomModel, roomModel } from "./model/room-model.ts";
import { type SiteSummary, siteSummary } from "./model/site-summary.ts";
import {
  readViewSettings,
  type TextStorage,
  type ViewSettings,
  writeViewSettings,
} from "./model/view-settings.ts";
import { zoneKey } from "./model/zone-words.ts";
import { PartDesk } from "./part-desk.ts";
import type { PictureMessage } from "./picture/picture-message.ts";

/** What the store works with. */
export interface DashboardStoreOptions {
  readonly clock: Clock;
  readonly client: HubClient;
  readonly storage: TextStorage | null;
  readonly openSocket: () => LiveSocket;
  readonly chance: () => number;
  /** Calls back when the page is about to be drawn. */
  readonly beforeDrawing: (callback: () => void) => void;
}

/** The live stream carries at most this many pictures at once (its protocol says so). */
export const picturesMax = 16;
/** Ages on the page are this fresh. */
const tickEveryMs = 250;
const eventsPerPage = 20;
const historyPoints = 900;
/** Telemetry this much newer at the hub than on the page proves that the live stream is dead. */
const streamLagMaxMicros = 3_000_000;
/** Telemetry this much older than what is known is no latecomer: the device's clock was set back. */
const clockSetBackMicros = 60_000_000;

/** The state of the page: everything components show, as signals, and everything a person can do. */
export class DashboardStore implements LiveLinkSink {
  readonly settings: Signal<ViewSettings>;
  readonly rooms: Signal<readonly RoomModel[]> = signal([]);
  /** Zones that the hub runs. */
  readonly hubZones: Signal<readonly ZoneView[]> = signal([]);
  /** What came of the last act on each zone, by its key. */
  readonly zoneNotices: Signal<ReadonlyMap<string, Notice>> = signal(new Map());
  readonly zones: ReadonlySignal<readonly ZoneView[]>;
  readonly link: Signal<LinkStatus> = signal<LinkStatus>("connecting");
  /** Page's wall clock at which the connection was lost; null while it stands. */
  readonly lostAtMicros: Signal<number | null> = signal<number | null>(null);
  readonly events: Signal<readonly LoggedEvent[]> = signal([]);
  /** Where the next page of older events begins; null when there is none. */
  readonly olderEvents: Signal<string | null> = signal<string | null>(null);
  readonly eventsProblem: Signal<string | null> = signal<string | null>(null);
  readonly notUnderstood: Signal<number> = signal(0);
  /** Page time in milliseconds, moves four times a second. */
  readonly nowMs: Signal<number>;
  /** The same in whole seconds. */
  readonly nowSeconds: ReadonlySignal<number>;
  readonly situations: ReadonlySignal<readonly RoomSituation[]>;
  readonly summary: ReadonlySignal<SiteSummary>;
  readonly tone: ReadonlySignal<AlarmTone>;
  /** What is drawn into the pictures, and what people ask of it. */
  readonly parts: PartDesk;
  readonly #options: DashboardStoreOptions;
  readonly #link: LiveLink;
  #stopTicking: Cancel | null = null;
  #hubAheadMicros = 0;
  #lastSummary: SiteSummary | null = null;
  readonly #undrawn = new Map<RoomModel, LiveFrame>();

  constructor(options: DashboardStoreOptions) {
    this.#options = options;
    this.settings = signal(readViewSettings(options.storage));
    this.parts = new PartDesk(options.client, {
      settings: this.settings,
      setSettings: (change) => this.setSettings(change),
      nowMicros: () => this.hubNowMicros(),
    });
    this.nowMs = signal(options.clock.monotonicMs());
    this.nowSeconds = computed(() => Math.floor(this.nowMs.value / 1_000));
    this.situations = computed(() => this.rooms.value.map((room) => this.situationOf(room)));
    this.zones = computed(() => [
      ...this.hubZones.value,
      ...this.rooms.value.flatMap((room) => room.view.value.zone ?? []),
    ]);
    this.summary = computed(() => this.#keptSummary(siteSummary(this.situations.value, this.link.value)));
    this.tone = computed(() => alarmToneOf(this.situations.value));
    this.#link = new LiveLink({ ...options, probe: () => this.#probe() }, this);
  }

  /** Connects to the hub and begins to count time. */
  start(): void {
    const { clock } = this.#options;
    this.#stopTicking = clock.every(tickEveryMs, () => {
      this.nowMs.value = clock.monotonicMs();
    });
    this.#link.start();
  }

  /** Disconnects. */
  stop(): void {
    this.#stopTicking?.();
    this.#link.stop();
  }

  /** What is known of a room, and how well; as a signal of time and connection. */
  situationOf(room: RoomModel): RoomSituation {
    return {
      view: room.view.value,
      link: this.link.value,
      unheard: room.unheard.value,
    };
  }

  /** The hub's wall clock, as near as the page knows it. */
  hubNowMicros(): number {
    return this.#options.clock.nowMicros() + this.#hubAheadMicros;
  }

  /** Changes settings and remembers them in this browser. */
  setSettings(change: Partial<ViewSettings>): void {
    this.settings.value = { ...this.settings.value, ...change };
    writeViewSettings(this.#options.storage, this.settings.value);
  }

  /** Tries the hub now instead of at the end of the wait. */
  reconnectNow(): void {
    this.#link.reconnectNow();
  }

  /** Has a device do something; what came of it stands in the room's notice. */
  async act(room: RoomModel, request: ActRequest): Promise<void> {
    this.#notice(room, { kind: "working", text: "Asking the device…" });
    this.#tell(room, await this.#options.client.act(room.id, request));
  }

  /** How people call a device. */
  nameOf(device: string): string {
    return deviceName(
      this.rooms.value.map(({ view }) => view.value),
      device,
    );
  }

  /** Has a zone do something; a device's own does what its device does. */
  async actOnZone(zone: ZoneView, request: ActRequest): Promise<void> {
    const { client } = this.#options;
    this.#zoneNotice(zone, { kind: "working", text: "Asking…" });
    this.#tellZone(
      zone,
      zone.runBy === "hub" ? await client.actOnZone(zone.id, request) : await client.act(zone.id, request),
    );
  }

  /** A person presses the call point on the page. */
  async pressCallPoint(zone: ZoneView, by: string): Promise<void> {
    this.#zoneNotice(zone, { kind: "working", text: "Asking…" });
    this.#tellZone(zone, await this.#options.client.pressCallPoint(zone, `page, ${by}`.slice(0, 100)));
  }

  /** Has a device do what takes its time; what came of it stands in the room's notice. */
  async request(room: RoomModel, request: DeviceRequest): Promise<void> {
    this.#notice(room, { kind: "working", text: "The device works on it…" });
    this.#tell(room, await this.#options.client.request(room.id, request));
  }

  /** Lights or puts out the fire of an emulated room. */
  async demo(room: RoomModel, command: "ignite" | "extinguish"): Promise<void> {
    this.#notice(room, { kind: "working", text: "Asking the room…" });
    this.#tell(room, await this.#options.client.demo(room.id, command));
  }

  /** Fetches the next page of older events. */
  async loadOlderEvents(): Promise<void> {
    const before = this.olderEvents.value;
    if (before !== null) await this.#loadEvents(before);
  }

  onUp(): void {
    batch(() => {
      this.link.value = "up";
      this.lostAtMicros.value = null;
    });
    // Failures stand in eventsProblem; nothing is thrown.
    void this.#loadEvents(null);
  }

  onDown(): void {
    batch(() => {
      this.link.value = "down";
      this.lostAtMicros.value = this.#options.clock.nowMicros();
    });
  }

  onNotUnderstood(): void {
    this.notUnderstood.value += 1;
  }

  onMessage(message: LiveServerMessage): void {
    switch (message.type) {
      case "devices":
        this.#hubAheadMicros = message.serverTimeMicros - this.#options.clock.nowMicros();
        this.hubZones.value = message.zones ?? [];
        this.#setRooms(message.devices);
        break;
      case "zone":
        this.hubZones.value = this.hubZones.value.map((zone) =>
          zone.id === message.zone.id ? message.zone : zone,
        );
        break;
      case "device":
        this.#setView(message.device);
        break;
      case "telemetry":
        this.#takeTelemetry(message.device, message.telemetry);
        break;
      case "regions":
        this.parts.take(this.#room(message.device), message.regions);
        break;
      case "event":
        this.events.value = mergeEvents(this.events.value, [{ device: message.device, ...message.message }]);
        break;
    }
  }

  onPicture({ device, frame }: PictureMessage): void {
    const room = this.#room(device);
    if (!room?.freshness.arrive(frame, this.#options.clock.monotonicMs())) return;
    // A slow machine draws the newest picture and skips those between, so that it never falls behind.
    if (this.#undrawn.size === 0) this.#options.beforeDrawing(() => this.#showPictures());
    this.#undrawn.set(room, frame);
  }

  #showPictures(): void {
    batch(() => {
      for (const [room, frame] of this.#undrawn) room.picture.value = frame;
    });
    this.#undrawn.clear();
  }

  #room(id: string): RoomModel | undefined {
    return this.rooms.peek().find((room) => room.id === id);
  }

  #setRooms(views: readonly DeviceView[]): void {
    batch(() => {
      for (const view of views) this.#setView(view);
      const ids = new Set(views.map((view) => view.id));
      this.rooms.value = this.rooms.value.filter((room) => ids.has(room.id));
    });
    this.#watch();
    for (const room of this.rooms.peek()) void this.#loadHistory(room);
  }

  #setView(view: DeviceView): void {
    const room = this.#room(view.id);
    if (room === undefined) {
      const added = roomModel(view, this.nowMs);
      this.rooms.value = [...this.rooms.value, added].sort(byName);
      this.#watch();
      return;
    }
    room.view.value = { ...view, telemetry: room.view.peek().telemetry };
    if (view.telemetry !== null) this.#takeTelemetry(view.id, view.telemetry);
  }

  #takeTelemetry(device: string, telemetry: TelemetryMessage): void {
    const room = this.#room(device);
    if (room === undefined) return;
    const newest = room.view.peek().telemetry?.atMicros ?? 0;
    const setBack = telemetry.atMicros < newest - clockSetBackMicros;
    if (telemetry.atMicros <= newest && !setBack) return;
    batch(() => {
      room.heardMs.value = this.#options.clock.monotonicMs();
      // A device whose clock was set back starts its charts anew: time in them only runs forwards.
      const points = setBack ? [] : room.points.value;
      room.points.value = withPoint(points, chartPointOf(telemetry));
      room.view.value = { ...room.view.value, telemetry };
    });
  }

  #watch(): void {
    this.#link.watch(
      this.rooms
        .peek()
        .slice(0, picturesMax)
        .map((room) => room.id),
    );
  }

  async #loadHistory(room: RoomModel): Promise<void> {
    // A recording played faster than time is ahead of every clock.
    const newest = room.view.peek().telemetry?.atMicros ?? 0;
    const toMicros = Math.max(this.hubNowMicros(), newest + 1);
    const span = { fromMicros: toMicros - chartSpanMicros, toMicros, points: historyPoints };
    const answer = await this.#options.client.history(room.id, span);
    // Charts without their past fill up by themselves; the connection notice tells of a hub out of reach.
    if (answer.ok) room.points.value = withHistory(room.points.value, answer.value.points);
  }

  async #loadEvents(before: string | null): Promise<void> {
    const answer = await this.#options.client.events({ before, limit: eventsPerPage });
    batch(() => {
      this.eventsProblem.value = answer.ok ? null : answer.message;
      if (!answer.ok) return;
      const first = this.events.value.length === 0;
      this.events.value = mergeEvents(this.events.value, answer.value.events);
      if (before !== null || first) this.olderEvents.value = answer.value.next;
    });
  }

  #tell(room: RoomModel, answer: Answer<string>): void {
    this.#notice(room, noticeOf(answer));
  }

  #tellZone(zone: ZoneView, answer: Answer<string>): void {
    this.#zoneNotice(zone, noticeOf(answer));
  }

  #zoneNotice(zone: ZoneView, notice: Pick<Notice, "kind" | "text">): void {
    const notices = new Map(this.zoneNotices.value);
    notices.set(zoneKey(zone), { ...notice, atMicros: this.hubNowMicros() });
    this.zoneNotices.value = notices;
  }

  #notice(room: RoomModel, notice: Pick<Notice, "kind" | "text">): void {
    room.notice.value = { ...notice, atMicros: this.hubNowMicros() };
  }

  /** The same object while the words are the same, so that nothing is drawn anew four times a second. */
  #keptSummary(summary: SiteSummary): SiteSummary {
    const last = this.#lastSummary;
    if (last !== null && JSON.stringify(last) === JSON.stringify(summary)) return last;
    this.#lastSummary = summary;
    return summary;
  }

  /** True while the hub answers and has nothing newer than what the stream brought. */
  async #probe(): Promise<boolean> {
    const answer = await this.#options.client.devices();
    if (!answer.ok) return false;
    return answer.value.every((view) => {
      const newest = this.#room(view.id)?.view.peek().telemetry?.atMicros;
      return newest === undefined || (view.telemetry?.atMicros ?? 0) - newest <= streamLagMaxMicros;
    });
  }
}

function byName(a: RoomModel, b: RoomModel): number {
  return a.view.peek().name.localeCompare(b.view.peek().name, "en", { numeric: true });
}
