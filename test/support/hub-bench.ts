import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { DeviceEvent } from "#core/device-event.ts";
import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import { IncidentPlaces, type PlacedZone } from "#core/incident/incident-places.ts";
import { DeviceRegistry } from "#hub/device-registry.ts";
import { IncidentDesk } from "#hub/incident-desk.ts";
import type {
  Notification,
  NotificationChannel,
  NotificationReceipt,
} from "#hub/notification/notification-channel.ts";
import { openStore, type Store, storeFileName } from "#hub/store.ts";
import { healthMessage, telemetryMessageAt } from "#support/alarm-samples.ts";
import { testPolicy } from "#support/escalation-run.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import type { IncidentView } from "#wire/incident-api.ts";

/** What was promised gets its turn. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** A channel that remembers what it was given, and answers when and as a test says. */
export class ScriptedChannel implements NotificationChannel {
  readonly name: string;
  readonly given: Notification[] = [];
  answer: NotificationReceipt["outcome"] | "nothing" | "throws" = "sent";

  constructor(name: string) {
    this.name = name;
  }

  async send(notification: Notification): Promise<NotificationReceipt> {
    this.given.push(notification);
    if (this.answer === "throws") throw new Error("The line is dead.");
    if (this.answer === "nothing") return new Promise(() => {});
    return { outcome: this.answer, text: this.answer === "failed" ? "No route." : "" };
  }
}

/** A hub's store, devices and incidents on simulated time, without broker and page. */
export class HubBench {
  readonly clock = new ManualClock();
  readonly mail = new ScriptedChannel("mail");
  readonly sms = new ScriptedChannel("sms");
  readonly log: string[] = [];
  readonly changes: IncidentView[] = [];
  policy: EscalationPolicy | null = testPolicy();
  zones: readonly PlacedZone[] = [];
  folder = "";
  registry!: DeviceRegistry;
  store!: Store;
  desk!: IncidentDesk;
  readonly #context: TestContext;
  /** Devices that speak once a second. */
  readonly speaking = new Set(["kitchen", "workshop"]);
  #sequence = 0;

  constructor(context: TestContext) {
    this.#context = context;
  }

  static async build(
    context: TestContext,
    changes: Partial<Pick<HubBench, "policy" | "zones">> = {},
  ): Promise<HubBench> {
    const bench = new HubBench(context);
    Object.assign(bench, changes);
    bench.folder = await temporaryFolder(context);
    bench.open();
    return bench;
  }

  /** Starts the process on what is in the folder. */
  open(): void {
    const store = openStore(this.folder);
    this.#context.after(() => store.close());
    this.store = store;
    this.registry = new DeviceRegistry(this.clock, () => {});
    for (const id of ["kitchen", "workshop"]) this.registry.hearHealth(id, healthMessage({ name: id }));
    this.desk = new IncidentDesk({
      clock: this.clock,
      store,
      places: new IncidentPlaces(this.zones),
      policy: this.policy,
      channels: [this.mail, this.sms],
      devices: this.registry,
      zoneName: (id) => (this.zones.some((zone) => zone.id === id) ? id : null),
      onChange: (view) => this.changes.push(view),
      log: (line) => this.log.push(line),
    });
    this.desk.start();
  }

  /** The power goes: what is on the disk now is what a new process finds after so long. */
  async cutPower(seconds: number): Promise<void> {
    const copy = await temporaryFolder(this.#context);
    for (const end of ["", "-wal"])
      await copyFile(join(this.folder, storeFileName + end), join(copy, storeFileName + end));
    this.desk.stop();
    this.store.close();
    this.folder = copy;
    this.clock.advanceMs(seconds * 1_000);
    this.open();
    await settle();
  }

  /** A device or zone tells events; each has a name of its own. */
  async tell(source: string, ...events: readonly DeviceEvent[]): Promise<void> {
    for (const event of events) {
      this.keep(source, event);
      this.desk.fold();
    }
    await settle();
  }

  /** An event is kept, and the process is killed before it is folded. */
  keep(source: string, event: DeviceEvent): void {
    this.#sequence += 1;
    const message = { v: 1, id: `event-${String(this.#sequence).padStart(4, "0")}`, event } as const;
    assert.ok(this.store.events.add(source, message, this.clock.nowMicros()));
  }

  /** Time goes by. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      for (const id of this.speaking)
        this.registry.hearTelemetry(id, telemetryMessageAt(this.clock.nowMicros()));
      this.registry.checkSilence();
      this.clock.advanceMs(1_000);
      await settle();
    }
  }

  /** What channels were given since the last look, as "CHANNEL KIND CONTACT". */
  take(): string[] {
    const given = [this.mail, this.sms].flatMap((channel) => channel.given.splice(0));
    return given.map(({ channel, kind, contact }) => `${channel} ${kind} ${contact}`);
  }

  incident(id = "1"): IncidentView {
    const detail = this.desk.detail(id);
    assert.ok(detail !== null);
    return detail.incident;
  }
}
