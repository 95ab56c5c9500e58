import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Clock } from "#core/time.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import { type CommandOutcome, CommandRelay, type CommandRequest } from "#hub/command-relay.ts";
import { DeviceRegistry } from "#hub/device-registry.ts";
import { HubZones } from "#hub/hub-zones.ts";
import { Ingest, type IngestListener } from "#hub/ingest.ts";
import { Refusals } from "#hub/refusals.ts";
import { Store } from "#hub/store.ts";
import { migrate } from "#hub/store-migrations.ts";
import { minuteTelemetryRowsMax, rawTelemetryRowsMax } from "#hub/telemetry-store.ts";
import { ZoneStore } from "#hub/zone-store.ts";
import { ProcessClock } from "#simulation/machine/process-clock.ts";
import type { SimulatedBroker, SimulatedPublication } from "#simulation/network/simulated-broker.ts";
import type { ActRequest, DeviceView } from "#wire/hub-api.ts";
import { parseTopic, receiptTopic } from "#wire/topics.ts";
import type { ZoneConfig } from "#wire/zone-api.ts";
import type { SecondCounts } from "./link-watch.ts";

/** As many pages as SQLite ever has. */
const unlimitedPages = 1_073_741_823;

/** The hub folds its seconds so early here, so that what comes again may find them folded. */
const foldedAfterMs = 5_000;

const knownSql = `SELECT 1 FROM event WHERE device = :device AND id = :id
  UNION ALL SELECT 1 FROM telemetry_batch WHERE device = :device AND id = :id`;

const countsSql = `SELECT minute, sum(hottest) AS hottest, sum(humidity) AS humidity FROM (
  SELECT at_micros - at_micros % 60000000 AS minute, hottest_celsius IS NOT NULL AS hottest,
    humidity_percent IS NOT NULL AS humidity FROM telemetry WHERE device = :device
  UNION ALL SELECT minute_micros, hottest_celsius_count, humidity_percent_count
    FROM telemetry_minute WHERE device = :device
) GROUP BY minute`;

interface Running {
  readonly clock: ProcessClock;
  readonly store: Store;
  readonly registry: DeviceRegistry;
  readonly relay: CommandRelay;
  readonly ingest: Ingest;
  readonly zones: HubZones;
  readonly startedMs: number;
}

/** What a simulated hub needs. */
export interface SimulatedHubOptions {
  readonly clock: Clock;
  readonly broker: SimulatedBroker;
  readonly listener: IngestListener;
  /** How often it folds seconds into minutes. */
  readonly foldEveryMs: number;
  /** The hub's word on a device has changed. */
  readonly onChange: (view: DeviceView) => void;
  /** A second of a device was taken and is said to be in the store. */
  readonly onKept: (device: string, atMicros: number) => void;
  /** Its zones are told what a device says. */
  readonly onHeard: (device: string) => void;
  /** The hub threw something that no store that refuses throws; its broker takes it as a refusal and goes on. */
  readonly onError: (error: unknown) => void;
  /** The zone that it runs; null: none. */
  readonly zone: ZoneConfig | null;
  readonly onZoneEvent: (event: ZoneEvent) => void;
}

/**
 * The hub's own ingest, store, registry and relay behind a simulated broker, in a process that can be killed. The
 * database is SQLite in memory: what was committed is there after a kill.
 */
export class SimulatedHub {
  readonly #options: SimulatedHubOptions;
  readonly #database = new DatabaseSync(":memory:");
  readonly #known: StatementSync;
  #running: Running | null = null;
  #room: "works" | "full" = "works";
  #commands = 0;
  #zoneEvents = 0;
  /** The second of telemetry that is being taken in. */
  #taking: { readonly device: string; readonly atMicros: number } | null = null;

  constructor(options: SimulatedHubOptions) {
    this.#options = options;
    migrate(this.#database, ":memory:");
    this.#known = this.#database.prepare(knownSql);
  }

  /** Starts the process. */
  boot(): void {
    const { clock: base, broker, listener } = this.#options;
    const clock = new ProcessClock(base);
    const store = new Store(this.#database);
    const registry = new DeviceRegistry(clock, (view) => this.#options.onChange(view));
    const publish = async (message: { topic: string; payload: string }): Promise<void> =>
      broker.publish(message);
    const relay = new CommandRelay({
      clock,
      publish,
      deviceClockMicros: (device) => registry.clockMicros(device),
      newId: () => this.#newCommandId(),
    });
    const acknowledge = (device: string, ids: readonly string[]): void =>
      broker.publish({ topic: receiptTopic(device), payload: JSON.stringify({ v: 1, ids }) });
    const zones = this.#makeZones({ clock, store, registry, relay });
    const ingest = new Ingest({
      clock,
      store,
      registry,
      relay,
      listener: {
        ...listener,
        onHeard: (device) => {
          this.#options.onHeard(device);
          zones.hear(device);
        },
        onTelemetry: (device, telemetry) => {
          this.#taking = { device, atMicros: telemetry.atMicros };
          listener.onTelemetry(device, telemetry);
        },
      },
      acknowledge,
      refusals: new Refusals(clock, () => {}),
      log: () => {},
    });
    store.forgetReplays();
    registry.restore(store.devices.all());
    clock.every(1_000, () => registry.checkSilence());
    clock.every(this.#options.foldEveryMs, () => this.#fold(store));
    zones.start();
    this.#running = { clock, store, registry, relay, ingest, zones, startedMs: base.monotonicMs() };
    broker.start({
      admits: ({ clientId, credentials }) => "username" in credentials && clientId === credentials.username,
      onPublication: (publication) => this.#accept(ingest, publication),
    });
  }

  #makeZones(on: Pick<Running, "clock" | "store" | "registry" | "relay">): HubZones {
    const { clock, store, registry, relay } = on;
    const { zone, onZoneEvent } = this.#options;
    return new HubZones({
      clock,
      zones: zone === null ? [] : [zone],
      store: store.zones,
      keepEvent: (id, message) => store.events.add(id, message),
      device: (id) => registry.view(id),
      ask: async (device, request) =>
        registry.view(device)?.online === true ? relay.ask(device, request) : { kind: "silent" },
      onChange: () => {},
      onEvent: (_zone, { event }) => {
        if (event.type === "zone") onZoneEvent(event.event);
      },
      log: () => {},
      newEventId: () => this.#newZoneEventId(),
    });
  }

  /** Ends the process between two instructions. */
  kill(how: "killed" | "power cut"): void {
    this.#running?.clock.kill();
    this.#running = null;
    this.#options.broker.stop(how);
  }

  /** The store takes nothing more, or works. */
  setStore(room: "works" | "full"): void {
    this.#room = room;
    // Pages that are free would be room.
    this.#database.exec("VACUUM");
    const used = Number(this.#database.prepare("PRAGMA page_count").get()?.["page_count"]);
    this.#database.exec(`PRAGMA max_page_count = ${room === "full" ? used : unlimitedPages}`);
  }

  /** True while its process runs. */
  get runs(): boolean {
    return this.#running !== null;
  }

  /** When its process was started, in true time; null while none runs. */
  get startedMs(): number | null {
    return this.#running?.startedMs ?? null;
  }

  /** What could not be kept when last tried. */
  get problem(): string | null {
    return this.#running?.ingest.problem ?? null;
  }

  /** What it says of a device; null when it knows none or does not run. */
  view(device: string): DeviceView | null {
    return this.#running?.registry.view(device) ?? null;
  }

  /** Asks a device to do something; null while the hub does not run. */
  ask(device: string, request: CommandRequest): Promise<CommandOutcome> | null {
    return this.#running?.relay.ask(device, request) ?? null;
  }

  /** What somebody does to its zone; nothing while it does not run or has none. */
  actOnZone(act: ActRequest): void {
    const { zone } = this.#options;
    if (zone !== null) void this.#running?.zones.act(zone.id, act);
  }

  /** Somebody presses a call point of its zone. */
  pressCallPoint(name: string): void {
    const { zone } = this.#options;
    if (zone !== null) this.#running?.zones.pressCallPoint(zone.id, name);
  }

  /** Somebody has acknowledged on a device, as the API tells its zones. */
  acknowledgedOn(device: string, act: Pick<ActRequest, "by" | "reason">): void {
    this.#running?.zones.acknowledgedOn(device, act);
  }

  /** Its zone; null while it does not run or has none. */
  get zoneState(): ZoneState | null {
    const { zone } = this.#options;
    return zone === null ? null : (this.#running?.zones.view(zone.id)?.state ?? null);
  }

  /** Its zone as its store has it. */
  get savedZone(): ZoneState | null {
    const { zone } = this.#options;
    const saved = zone === null ? null : new ZoneStore(this.#database).get(zone.id);
    return saved === "damaged" ? null : saved;
  }

  /** Ids and bodies of all events of a device in the store, in the order in which they came. */
  storedEvents(device: string): readonly { readonly id: string; readonly body: string }[] {
    return this.#database
      .prepare("SELECT id, body FROM event WHERE device = ? ORDER BY row")
      .all(device)
      .map((row) => ({ id: String(row["id"]), body: String(row["body"]) }));
  }

  /** Whether an event or a batch of a device is in the store. */
  has(device: string, id: string): boolean {
    return this.#known.get({ device, id }) !== undefined;
  }

  /** How many values of each minute of a device are in the store, folded or not. */
  storedSeconds(device: string): ReadonlyMap<number, SecondCounts> {
    const rows = this.#database.prepare(countsSql).all({ device });
    return new Map(
      rows.map((row) => [
        Number(row["minute"]),
        { hottest: Number(row["hottest"]), humidity: Number(row["humidity"]) },
      ]),
    );
  }

  /** Lets go of the database. */
  close(): void {
    this.#database.close();
  }

  /** As the hub does, but early; what a full store cannot fold stays. */
  #fold(store: Store): void {
    if (this.#room === "full") return;
    const nowMicros = this.#options.clock.nowMicros();
    store.telemetry.trim({
      rawFromMicros: nowMicros - 1_000 * foldedAfterMs,
      minutesFromMicros: 0,
      rawRowsMax: rawTelemetryRowsMax,
      minuteRowsMax: minuteTelemetryRowsMax,
    });
  }

  #newZoneEventId(): string {
    this.#zoneEvents += 1;
    return `zone-event-${this.#zoneEvents}`;
  }

  #newCommandId(): string {
    this.#commands += 1;
    return `command-${this.#commands}`;
  }

  #accept(ingest: Ingest, publication: SimulatedPublication): void {
    const topic = parseTopic(publication.topic);
    if (topic === null || topic.device !== publication.clientId) throw new Error("not this device's topic");
    try {
      ingest.accept({ topic, payload: Buffer.from(publication.payload) });
    } catch (error) {
      if (!isStoreError(error)) this.#options.onError(error);
      throw error;
    }
    const taken = this.#taking;
    this.#taking = null;
    if (taken !== null && this.#room === "works") this.#options.onKept(taken.device, taken.atMicros);
  }
}

function isStoreError(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === "ERR_SQLITE_ERROR";
}
