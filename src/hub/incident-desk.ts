import { callsPeople } from "#core/alarm/alarm-event-types.ts";
import type { DeviceEvent } from "#core/device-event.ts";
import type { EscalationInput } from "#core/incident/escalation-input.ts";
import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import type { EscalationState } from "#core/incident/escalation-state.ts";
import { actOnIncident, type IncidentAct } from "#core/incident/incident-acts.ts";
import { foldHappening } from "#core/incident/incident-fold.ts";
import { readHappening } from "#core/incident/incident-happening.ts";
import { incidentInput } from "#core/incident/incident-input.ts";
import type { IncidentPlaces } from "#core/incident/incident-places.ts";
import type { IncidentRecord } from "#core/incident/incident-record.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { EventMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { IncidentDetail, IncidentView } from "#wire/incident-api.ts";
import type { KeptEvent } from "./event-store.ts";
import { incidentView } from "./incident-store.ts";
import { describeNotification } from "./notification/describe-notification.ts";
import { deviceSilences } from "./notification/device-silences.ts";
import { type EscalationTurn, Escalator } from "./notification/escalator.ts";
import type { NotificationChannel, NotificationReceipt } from "./notification/notification-channel.ts";
import { UnkeptAlarms } from "./notification/unkept-alarms.ts";
import type { Store } from "./store.ts";

const tickMs = 1_000;
/** Events that are folded in one transaction. */
const foldedAtOnceMax = 100;
/** Transactions after which others get their turn. */
const batchesPerTurnMax = 5;

/** What the incidents of a hub stand on. */
export interface IncidentDeskOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly places: IncidentPlaces;
  /** Null: nobody is told of anything. */
  readonly policy: EscalationPolicy | null;
  readonly channels: readonly NotificationChannel[];
  readonly devices: { views(): DeviceView[]; view(id: string): DeviceView | null };
  /** Name of a zone of the hub; null where there is none. */
  readonly zoneName: (id: string) => string | null;
  readonly onChange: (incident: IncidentView) => void;
  readonly log: (line: string) => void;
}

/**
 * The incidents of a hub: folds every event that the store keeps, in its order and exactly once, and drives the
 * escalation. What one event makes of an incident, of the escalation and of its notifications is one transaction with the
 * number of the event in it; a hub that was killed before goes on with the next number.
 */
export class IncidentDesk {
  readonly #options: IncidentDeskOptions;
  readonly #escalator: Escalator;
  readonly #unkept: UnkeptAlarms;
  #cancel: Cancel | null = null;
  #problem: string | null = null;

  constructor(options: IncidentDeskOptions) {
    this.#options = options;
    const { clock, store, policy, channels, log } = options;
    this.#escalator = new Escalator({
      clock,
      store: store.notifications,
      policy,
      channels,
      describe: (effect, state) =>
        describeNotification(effect, state, {
          incident: (id) => store.incidents.get(id),
          troubles: (device) => options.devices.view(device)?.state?.troubles ?? [],
          nameOf: (source) => this.nameOf(source),
        }),
      onReceipt: (id, receipt) => this.#takeReceipt(id, receipt),
      log,
    });
    this.#unkept = new UnkeptAlarms({
      clock,
      policy,
      nameOf: (source) => this.nameOf(source),
      send: (notification) => this.#escalator.send(notification),
      log,
    });
  }

  /** Goes on where it was: what is not folded yet, what was under way, and what stands and nobody is told of. */
  start(): void {
    const { clock, store, devices } = this.#options;
    this.#cancel = clock.every(tickMs, () => this.#tick());
    this.#turn((turn) => {
      this.#escalator.take(turn, { kind: "restart" });
      for (const record of store.incidents.known("")) this.#tellEscalation(turn, record);
      for (const { id, state } of devices.views())
        for (const { code } of state?.troubles ?? [])
          this.#escalator.take(turn, { kind: "trouble", source: id, code, active: true });
    });
    this.fold();
    if (this.nobody !== null) this.#options.log(this.nobody);
  }

  /** Ends; safe to call twice. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#escalator.stop();
  }

  /** What could not be kept when last tried, in one sentence; null while all is. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Why nobody is told of anything; null while somebody is. */
  get nobody(): string | null {
    if (this.#options.policy === null)
      return "Nobody is told of alarms but whoever looks at this page: no contacts are configured (docs/guides/incidents.md).";
    const missing = this.#escalator.missingChannels;
    const has = this.#options.channels.map(({ name }) => name);
    return missing.length > 0 &&
      this.#options.policy.contacts.every(({ channels }) => !channels.some((name) => has.includes(name)))
      ? `Nobody can be told of alarms: this hub has none of the channels that contacts name (${missing.join(", ")}).`
      : null;
  }

  /** What a person should know of the channels, a sentence each. */
  get warnings(): readonly string[] {
    const { nobody } = this;
    const missing = this.#escalator.missingChannels.map(
      (name) => `Contacts name the channel ${name}, which this hub does not have.`,
    );
    const failing = this.#escalator.state.channels
      .filter(({ standing }) => standing === "trouble")
      .map(({ name, failures }) => `The channel ${name} has failed ${failures} times in a row.`);
    return [...(nobody === null ? missing : [nobody]), ...failing];
  }

  /** The escalation as it stands. */
  get escalation(): EscalationState {
    return this.#escalator.state;
  }

  /**
   * Folds what the store keeps and is not folded yet. Never throws: what the disk refuses is tried again each second, and
   * an event that cannot be folded for any other reason is told as an alarm where it is one, logged, and passed over.
   */
  fold(): void {
    const { store, clock } = this.#options;
    let limit = foldedAtOnceMax;
    for (let batches = 0; batches < batchesPerTurnMax; batches += 1) {
      let kept: readonly KeptEvent[] = [];
      try {
        kept = store.events.after(this.#escalator.foldedRow, { limit });
        if (kept.length > 0) this.#foldAll(kept);
        if (kept.length < limit) {
          this.#problem = null;
          return;
        }
      } catch (error) {
        const isLast = limit === 1 || isDiskRefusing(error);
        if (isLast) this.#noteFailure(error, kept);
        if (isDiskRefusing(error) || !this.#passOver(kept, limit)) return;
        limit = 1;
      }
    }
    // Receipts and whatever else the hub does get their turn within a long backlog.
    if (this.#cancel !== null) clock.after(1, () => this.fold());
  }

  /** The store refuses an event. Where it calls people they are told all the same, from memory. */
  tellUnkept(device: string, message: EventMessage): void {
    if (callsPeople(message.event) && !isTest(message.event)) this.#unkept.tell(device, message);
  }

  /** Everything of one incident; null where there is none. */
  detail(id: string): IncidentDetail | null {
    const { store } = this.#options;
    const record = store.incidents.get(id);
    return record === null ? null : { incident: incidentView(record), ...store.timeLine(id) };
  }

  /**
   * Does what a person asked of an incident; null where there is none. Throws what `actOnIncident` does, and what the
   * store throws when it refuses.
   */
  act(id: string, act: IncidentAct): IncidentView | null {
    const { store, clock } = this.#options;
    const before = store.incidents.get(id);
    if (before === null) return null;
    const atMicros = clock.nowMicros();
    const record = actOnIncident(before, act, { atMicros, unheard: this.#unheard(before) });
    const turn = this.#escalator.begin();
    store.atOnce(() => {
      store.incidents.put(record);
      store.incidents.addAct(id, { atMicros, act });
      if (record !== before) this.#tellEscalation(turn, record);
      this.#escalator.save(turn, this.#escalator.foldedRow);
    });
    this.#adopt(turn, this.#escalator.foldedRow);
    const view = incidentView(record);
    this.#options.onChange(view);
    return view;
  }

  /** Takes an input of a person: a snooze, a test message. */
  take(input: EscalationInput): void {
    this.#turn((turn) => this.#escalator.take(turn, input));
  }

  /** Name of a device or zone, as people know it. */
  nameOf(source: string): string {
    return this.#options.zoneName(source) ?? this.#options.devices.view(source)?.name ?? source;
  }

  #noteFailure(error: unknown, kept: readonly KeptEvent[]): void {
    const problem = `Incidents cannot be kept: ${error instanceof Error ? error.message : String(error)}.`;
    if (this.#problem !== problem) this.#options.log(problem);
    this.#problem = problem;
    for (const { device, message } of kept) if (message !== null) this.tellUnkept(device, message);
  }

  /** False where even that cannot be saved. */
  #passOver(kept: readonly KeptEvent[], limit: number): boolean {
    const [event] = kept;
    if (event === undefined || event.row <= this.#escalator.foldedRow) return false;
    if (limit > 1) return true;
    const turn = this.#escalator.begin();
    try {
      this.#options.store.atOnce(() => this.#escalator.save(turn, event.row));
    } catch {
      return false;
    }
    this.#escalator.adopt(turn, event.row);
    return true;
  }

  #foldAll(kept: readonly KeptEvent[]): void {
    const { store, onChange } = this.#options;
    const turn = this.#escalator.begin();
    const changed = new Map<string, IncidentRecord>();
    const last = kept.at(-1)!.row;
    store.atOnce(() => {
      for (const event of kept) {
        const record = this.#foldOne(turn, event);
        if (record !== null) changed.set(record.id, record);
      }
      this.#escalator.save(turn, last);
    });
    this.#adopt(turn, last);
    for (const record of changed.values()) onChange(incidentView(record));
  }

  /** The incident that an event has changed; null where it has changed none. */
  #foldOne(
    turn: EscalationTurn,
    { row, device, receivedAtMicros, message }: KeptEvent,
  ): IncidentRecord | null {
    if (message === null) return null;
    const { store, places } = this.#options;
    const { event } = message;
    if (event.type === "trouble") {
      const { code, active } = event;
      this.#escalator.take(turn, { kind: "trouble", source: device, code, active });
    }
    const happening = { source: device, event, receivedAtMicros };
    const { key, incidentId } = readHappening(happening);
    const folded = foldHappening(happening, {
      places,
      linked: incidentId === null ? null : store.incidents.linked(key, incidentId),
      known: store.incidents.known(places.of(device)),
      newId: () => store.incidents.newId(),
    });
    if (folded === null) return null;
    const { record, link, change } = folded;
    if (change !== "mention") store.incidents.put(record);
    if (link !== null) store.incidents.link(record.id, link);
    store.incidents.addEvent(record.id, row);
    if (change === "mention") return null;
    this.#tellEscalation(turn, record);
    return record;
  }

  #tellEscalation(turn: EscalationTurn, record: IncidentRecord): void {
    const input = incidentInput(record);
    if (input !== null) this.#escalator.take(turn, input);
  }

  #takeReceipt(id: string, receipt: NotificationReceipt): void {
    const { store, clock, onChange } = this.#options;
    const atMicros = clock.nowMicros();
    const told: IncidentView[] = [];
    this.#turn(
      (turn) => this.#escalator.take(turn, { kind: "receipt", id, ...receipt }),
      () => {
        store.notifications.settle(id, { ...receipt, atMicros });
        const notification = store.notifications.get(id);
        const record =
          notification?.kind === "alarm" ? store.incidents.get(notification.incident?.id ?? "") : null;
        if (record === null || receipt.outcome === "failed" || record.stages.notified !== null) return;
        const notified = { ...record, stages: { ...record.stages, notified: atMicros } };
        store.incidents.put(notified);
        told.push(incidentView(notified));
      },
    );
    for (const view of told) onChange(view);
  }

  #tick(): void {
    this.fold();
    if (this.#escalator.isDue) this.take({ kind: "clock" });
    if (this.#options.policy === null) return;
    for (const input of deviceSilences(this.#escalator.state, this.#options.devices)) this.take(input);
  }

  /**
   * Where the disk refuses, people are told all the same, and the escalation goes on in memory. `run` only reads; what else
   * is to be kept is for `write`.
   */
  #turn(run: (turn: EscalationTurn) => void, write: () => void = () => {}): void {
    const { store, log } = this.#options;
    const turn = this.#escalator.begin();
    const { foldedRow } = this.#escalator;
    run(turn);
    try {
      store.atOnce(() => {
        write();
        this.#escalator.save(turn, foldedRow);
      });
    } catch (error) {
      log(`the escalation could not be saved, and goes on in memory: ${String(error)}`);
    }
    this.#adopt(turn, foldedRow);
  }

  #adopt(turn: EscalationTurn, foldedRow: number): void {
    try {
      // Nobody is told before it outlives a power cut that they are.
      if (turn.notifications.length > 0) this.#options.store.events.sync();
    } catch (error) {
      this.#options.log(`what is told now may be told again after a power cut: ${String(error)}`);
    }
    this.#escalator.adopt(turn, foldedRow);
  }

  #unheard({ standing }: IncidentRecord): readonly string[] {
    const { devices, zoneName } = this.#options;
    return standing.flatMap(({ key }) => {
      const id = key.replace(/^(gas|zone)\//, "");
      if (zoneName(id) !== null) return [];
      const view = devices.view(id);
      return view === null || view.silentSinceMicros !== null ? [key] : [];
    });
  }
}

/** As `node:sqlite` says it; everything else is a wrong program, and would be wrong again. */
function isDiskRefusing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
}

function isTest(event: DeviceEvent): boolean {
  const told = event.type === "zone" ? event.event : event;
  const isEnd = "level" in told && told.level === "normal";
  return isEnd || ("test" in told && told.test);
}
