import { createHash } from "node:crypto";
import { z } from "zod";
import type { Clock } from "#core/time.ts";
import {
  type EventMessage,
  eventSchema,
  healthSchema,
  type RegionsMessage,
  regionsSchema,
  replySchema,
  stateSchema,
  type TelemetryMessage,
  telemetrySchema,
} from "#wire/device-messages.ts";
import { telemetryBatchSchema } from "#wire/telemetry-batch.ts";
import type { Publication } from "./broker.ts";
import type { CommandRelay } from "./command-relay.ts";
import type { DeviceRegistry } from "./device-registry.ts";
import { Receipts } from "./receipts.ts";
import type { Refusals } from "./refusals.ts";
import type { Store } from "./store.ts";

/** Events that are kept unread at once. */
export const unreadableMax = 1_000;

/** Who wants to hear what comes in. */
export interface IngestListener {
  onTelemetry(device: string, telemetry: TelemetryMessage): void;
  /** Once for each event, however often it is delivered. */
  onEvent(device: string, message: EventMessage): void;
  /** The store refuses an event, which its device will send again. */
  onUnkept?(device: string, message: EventMessage): void;
  /** What is drawn into a device's picture, and what it proposes. */
  onRegions(device: string, regions: RegionsMessage): void;
  /** A device has said its alarm state, or what its room is like: its zones are to look at it. */
  onHeard(device: string): void;
  /** A picture as of `encodeLiveFrame`, not looked into. */
  onFrame(device: string, frame: Buffer): void;
}

/** What the ingest writes to. */
export interface IngestOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly registry: DeviceRegistry;
  readonly relay: CommandRelay;
  readonly listener: IngestListener;
  /** These are on disk: their device may forget them. Called for each delivery, because the receipt before may be lost. */
  readonly acknowledge: (device: string, ids: readonly string[]) => void;
  readonly refusals: Refusals;
  readonly log: (line: string) => void;
}

/** Turns publications of devices into what is stored, known and shown. */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #receipts: Receipts;
  #problem: string | null = null;
  /** How many events are kept unread; null before they were counted. */
  #unreadable: number | null = null;

  constructor(options: IngestOptions) {
    this.#options = options;
    const { clock, store, acknowledge } = options;
    this.#receipts = new Receipts({
      clock,
      sync: () => store.events.sync(),
      send: acknowledge,
      onProblem: (error) => this.#storeFailed(error),
    });
  }

  /**
   * Takes one publication in; an event or batch of telemetry is stored when this returns, and soon after, with what came
   * together with it, on disk and acknowledged. Throws when the store does: the device then gets no receipt, keeps the
   * event and sends it again. A message that is none of ours is counted and logged, and never comes back better.
   */
  accept(publication: Publication): void {
    const { topic, payload } = publication;
    const { registry, relay, store, clock, listener } = this.#options;
    const id = topic.device;
    const atMicros = clock.nowMicros();
    switch (topic.kind) {
      case "telemetry":
        this.#with({ publication, schema: telemetrySchema }, (telemetry) => {
          if (!this.#admit(id, registry.hearTelemetry(id, telemetry))) return;
          listener.onTelemetry(id, telemetry);
          listener.onHeard(id);
          this.#keep(() => store.telemetry.add(id, telemetry));
        });
        return;
      case "telemetry-batch":
        // The page is not told: it asks for history, and what is newest it knows.
        if (
          !this.#with({ publication, schema: telemetryBatchSchema }, (batch) => {
            store.telemetry.addBatch(id, batch);
            this.#receipts.add(id, batch.id);
          })
        )
          this.#keepUnreadable(publication);
        return;
      case "event":
        if (
          !this.#with({ publication, schema: eventSchema }, (message) => {
            if (this.#keepEvent(id, message)) listener.onEvent(id, message);
            else this.#repeated(id, message.id);
            this.#receipts.add(id, message.id);
          })
        )
          this.#keepUnreadable(publication);
        return;
      case "state":
        this.#with({ publication, schema: stateSchema }, (state) => {
          if (!this.#admit(id, registry.hearState(id, state))) return;
          listener.onHeard(id);
          this.#keep(() => store.devices.putState({ id, atMicros, state }));
        });
        return;
      case "health":
        this.#with({ publication, schema: healthSchema }, (health) => {
          if (!this.#admit(id, registry.hearHealth(id, health))) return;
          // A last will is not kept: the device's own last word says more, and after a restart all are offline anyway.
          if (health.online) this.#keep(() => store.devices.putHealth({ id, atMicros, health }));
        });
        return;
      case "regions":
        this.#with({ publication, schema: regionsSchema }, (regions) => {
          if (!this.#admit(id, registry.hearRegions(id, regions))) return;
          listener.onRegions(id, regions);
          this.#keep(() => store.devices.putRegions({ id, atMicros, regions }));
        });
        return;
      case "frame":
        listener.onFrame(id, payload);
        return;
      case "reply":
        this.#with({ publication, schema: replySchema }, (reply) => {
          relay.hearReply({ device: id, commandId: topic.commandId, reply });
        });
        return;
      case "command":
      case "receipt":
        return;
    }
  }

  /** Brings to disk and acknowledges what has come in, before the store is closed. */
  stop(): void {
    this.#receipts.flush();
  }

  /** What could not be kept when last tried, in one sentence; null while all is kept. */
  get problem(): string | null {
    if (this.#problem !== null) return this.#problem;
    const { unreadable } = this.#options.store.events;
    return unreadable === 0
      ? null
      : `${unreadable} events of devices cannot be read and are kept unread: a device is newer than this hub, update the hub.`;
  }

  /** False when it was here already. */
  #keepEvent(id: string, message: EventMessage): boolean {
    const { store, clock, listener } = this.#options;
    try {
      return store.events.add(id, message, clock.nowMicros());
    } catch (error) {
      listener.onUnkept?.(id, message);
      throw error;
    }
  }

  /** Keeps what may be missed: a full disk must neither cut the device off nor hide from people what it says. */
  #keep(write: () => void): void {
    try {
      write();
      this.#problem = null;
    } catch (error) {
      this.#storeFailed(error);
    }
  }

  #storeFailed(error: unknown): void {
    const problem = `The store takes nothing more: ${error instanceof Error ? error.message : String(error)}.`;
    if (this.#problem !== problem) this.#options.log(problem);
    this.#problem = problem;
  }

  /**
   * An event is acknowledged and then forgotten by its device, so what cannot be read is kept as it came. What gives
   * itself no id cannot be acknowledged, and beyond the maximum nothing is: it stays with its device, and a device gone
   * bad cannot push good events out of the store.
   */
  #keepUnreadable(publication: Publication): void {
    const body = publication.payload.toString("utf8");
    const eventId = statedId(body);
    this.#unreadable ??= this.#options.store.events.unreadable;
    if (eventId === null || this.#unreadable >= unreadableMax) return;
    const id = createHash("sha256").update(publication.payload).digest("hex").slice(0, 32);
    const isNew = this.#options.store.events.addUnreadable(publication.topic.device, {
      id: `unreadable-${id}`,
      atMicros: this.#options.clock.nowMicros(),
      body,
    });
    if (isNew) this.#unreadable += 1;
    this.#receipts.add(publication.topic.device, eventId);
  }

  /** False when the message is none of the schema's. */
  #with<T>(message: { publication: Publication; schema: z.ZodType<T> }, use: (value: T) => void): boolean {
    const { topic, payload } = message.publication;
    let parsed: unknown;
    try {
      parsed = JSON.parse(payload.toString("utf8"));
    } catch {
      this.#refuse(topic.device, `a ${topic.kind} that is not JSON`);
      return false;
    }
    const result = message.schema.safeParse(parsed);
    if (result.success) use(result.data);
    else this.#refuse(topic.device, `a ${topic.kind} of a wrong shape: ${firstIssue(result.error)}`);
    return result.success;
  }

  #admit(device: string, admitted: boolean): boolean {
    if (!admitted) this.#refuse(device, "a word, but this hub has as many devices as it can take");
    return admitted;
  }

  #refuse(device: string, what: string): void {
    this.#options.refusals.count({ kind: "malformed-message", peer: device, what: `sent ${what}` });
  }

  /** It has its receipt again, because the one before may be lost; what is stored of it stays as it was. */
  #repeated(device: string, eventId: string): void {
    const what = `sent the event ${eventId}, which is stored already`;
    this.#options.refusals.count({ kind: "repeated-event", peer: device, what });
  }
}

/** The id that an event gives itself, where at least that can be read. */
function statedId(body: string): string | null {
  try {
    return z.object({ id: z.string().min(1).max(100) }).safeParse(JSON.parse(body)).data?.id ?? null;
  } catch {
    return null;
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "unknown" : `${issue.path.join(".") || "message"}: ${issue.message}`;
}
