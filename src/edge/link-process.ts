import type { DeviceEvent } from "#core/device-event.ts";
import type { NewEntry } from "#core/event-log/event-log.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Cancel } from "#core/time.ts";
import type { ReplyMessage, TelemetryMessage } from "#wire/device-messages.ts";
import { type FromLink, fromLinkSchema, type ToLink } from "#wire/link-channel.ts";
import type { FromRecorder } from "#wire/recorder-messages.ts";
import type { DeviceLink, DeviceLinkOptions } from "./device-link.ts";
import { channelOf, eventEntry } from "./event-entry.ts";
import { LinkQueue } from "./link-queue.ts";
import { PictureLease } from "./picture-lease.ts";
import { unacknowledgedMax } from "./receipt-watch.ts";
import type { RecorderCargo } from "./recorder-cargo.ts";
import { TelemetryBacklog } from "./telemetry-backlog.ts";

/** A link process that has said nothing for so long hangs, and is ended. */
export const linkSilenceMaxMs = 20_000;
/** Until it has said something for the first time it may take longer: a busy machine is slow to load a program. */
export const linkStartMaxMs = 60_000;
/** Pause before the first successor; it doubles up to the longest. */
const restartFirstMs = 500;
/** Longest pause. */
export const restartLongestMs = 30_000;
/** A process that has lived so long was well: its successor comes after the first pause again. */
const wellAfterMs = 60_000;
/** How long it may take to say goodbye. */
const goodbyeMaxMs = 2_000;
/** The same where it has recordings to close and hash. */
const recorderGoodbyeMaxMs = 8_000;
/** Commands that are looked at in one second; a link process gone wild cannot keep the alarm process busy. */
export const commandsPerSecondMax = 20;
/** Words of its recorder in one second; one that says more has gone wild, and is ended. */
export const recorderWordsPerSecondMax = 20;

/** A running link process, as its owner sees it. */
export interface LinkChild {
  readonly pid: number | null;
  /** Hands over a message and calls back when the channel has taken it, or never. Must not throw. */
  send(message: ToLink, onTaken: () => void): void;
  /** Ends it at once, even where it hangs. */
  kill(): void;
}

/** Who is told of a link process. */
export interface LinkChildListener {
  /** What it said, not checked yet. */
  onMessage(message: unknown): void;
  /** Told once, when it has ended, with how. */
  onExit(how: string): void;
}

/** What the link of a device needs whose hub is reached from a process of its own. */
export interface LinkProcessOptions extends DeviceLinkOptions {
  readonly brokerUrl: string;
  readonly credentialsFile: string;
  /** Where models go that come from afar; none are taken when absent. */
  readonly modelFolder?: string | undefined;
  /** Makes an id that no other event ever has. */
  readonly newEventId: () => string;
  readonly startChild: (listener: LinkChildListener) => LinkChild;
  /** What is recorded in the link process; nothing when absent. */
  readonly recorder?: RecorderCargo | undefined;
  readonly log: (line: string) => void;
}

interface Running {
  readonly child: LinkChild;
  readonly queue: LinkQueue;
  readonly startedMs: number;
  heardMs: number;
  saidAlive: boolean;
  up: boolean;
  /** Events that it was given and that have no receipt. */
  readonly offered: Set<string>;
}

/**
 * Starts the link process, starts it again when it dies or hangs, and never waits for it. Events stay in the event
 * log of this process, or in its memory while the disk refuses, until the link process has the hub's receipts for them.
 */
export class LinkProcess implements DeviceLink {
  readonly #options: LinkProcessOptions;
  readonly #lease: PictureLease;
  readonly #backlog: TelemetryBacklog;
  #running: Running | null = null;
  #cancelWatch: Cancel | null = null;
  #cancelRestart: Cancel | null = null;
  #pauseMs = restartFirstMs;
  #ended: (() => void) | null = null;
  #isOffering = false;
  /** Something may have come to wait since the keeper was last asked. */
  #asked = false;
  #stopping = false;
  readonly #commands = new CountPerSecond();
  readonly #recorderWords = new CountPerSecond();

  constructor(options: LinkProcessOptions) {
    this.#options = options;
    this.#lease = new PictureLease(options.clock);
    this.#backlog = new TelemetryBacklog(options.keeper, options.newEventId);
    options.keeper.onWaiting = () => void this.#offerEvents();
    if (options.recorder !== undefined) options.recorder.onWaiting = () => this.#running?.queue.pump();
  }

  start(): void {
    this.#cancelWatch = this.#options.clock.every(1_000, () => this.#endIfSilent());
    this.#startChild();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#backlog.flush();
    this.#cancelWatch?.();
    this.#cancelRestart?.();
    const running = this.#running;
    if (running === null) return;
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    this.#sendRest(running.child);
    running.child.send({ kind: "end" }, () => {});
    const maxMs = this.#options.recorder === undefined ? goodbyeMaxMs : recorderGoodbyeMaxMs;
    const cancel = this.#options.clock.after(maxMs, () => running.child.kill());
    await ended;
    cancel();
  }

  sendTelemetry(telemetry: TelemetryMessage): void {
    if (this.#running?.up === true)
      this.#running.queue.add({ kind: "telemetry", text: JSON.stringify(telemetry) });
    else this.#backlog.add(telemetry);
  }

  sendHealth(): void {
    this.#running?.queue.add({ kind: "health", text: JSON.stringify(this.#options.health()) });
  }

  sendState(): void {
    this.#running?.queue.add({ kind: "state", text: JSON.stringify(this.#options.state()) });
  }

  /** Tells the regions of the picture, and what the device proposes. */
  sendRegions(): void {
    this.#running?.queue.add({ kind: "regions", text: JSON.stringify(this.#options.regions()) });
  }

  reply(commandId: string, reply: ReplyMessage): void {
    this.#running?.queue.add({ kind: "reply", commandId, text: JSON.stringify(reply) });
  }

  addEvent(event: DeviceEvent): string {
    const { keeper, newEventId } = this.#options;
    const id = newEventId();
    keeper.add(eventEntry({ v: 1, id, event }));
    return id;
  }

  watch(seconds: number): void {
    this.#lease.watch(seconds);
  }

  showFrame(frame: ThermalFrame): void {
    const running = this.#running;
    if (running === null) return;
    const payload = this.#lease.encode(frame);
    if (payload !== null) running.queue.add({ kind: "picture", payload });
  }

  /** What waits for the recorder belongs into the files that it closes at its end; it is bounded. */
  #sendRest(child: LinkChild): void {
    const { recorder } = this.#options;
    for (let message = recorder?.next() ?? null; message !== null; message = recorder?.next() ?? null)
      child.send(message, () => {});
  }

  #startChild(): void {
    const { clock, startChild, deviceId, brokerUrl, credentialsFile, log, recorder } = this.#options;
    const modelFolder = this.#options.modelFolder ?? null;
    this.#cancelRestart = null;
    const nowMs = clock.monotonicMs();
    const listener = {
      onMessage: (message: unknown) => this.#hear(running, message),
      onExit: (how: string) => this.#exited(running, how),
    };
    const child = startChild(listener);
    const queue = new LinkQueue((message, onTaken) => child.send(message, onTaken), recorder ?? null);
    const running: Running = {
      child,
      queue,
      startedMs: nowMs,
      heardMs: nowMs,
      saidAlive: false,
      up: false,
      offered: new Set(),
    };
    this.#running = running;
    log(`${deviceId}: link process ${child.pid ?? "without a number"} started`);
    child.send({ kind: "begin", deviceId, brokerUrl, credentialsFile, modelFolder }, () => {});
    if (recorder !== undefined) child.send(recorder.begin(), () => {});
    this.sendHealth();
    this.sendState();
    this.sendRegions();
    void this.#offerEvents();
  }

  /** A few at a time, in their order; the next ones when all of these have their receipts. */
  async #offerEvents(): Promise<void> {
    this.#asked = true;
    if (this.#isOffering) return;
    this.#isOffering = true;
    while (this.#asked && this.#running !== null && this.#running.offered.size === 0) {
      this.#asked = false;
      const entries = await this.#options.keeper.waiting(unacknowledgedMax);
      // The process may have changed meanwhile.
      const running = this.#running;
      if (entries.length > 0 && running !== null) offer(running, entries);
    }
    this.#isOffering = false;
  }

  /** It can have forgotten only what it was given. */
  #received(running: Running, ids: readonly string[]): void {
    this.#options.keeper.received(ids.filter((id) => running.offered.delete(id)));
    void this.#offerEvents();
  }

  #hear(running: Running, message: unknown): void {
    if (running !== this.#running) return;
    const parsed = fromLinkSchema.safeParse(message);
    if (!parsed.success) {
      this.#endWild(running, "says what it may not");
      return;
    }
    running.heardMs = this.#options.clock.monotonicMs();
    this.#obey(running, parsed.data);
  }

  #endWild({ child }: Running, how: string): void {
    this.#options.log(`${this.#options.deviceId}: the link process ${how}, and is ended`);
    child.kill();
  }

  #obey(running: Running, message: FromLink): void {
    const { onUp, onDown, onTrouble } = this.#options;
    switch (message.kind) {
      case "alive":
        if (running.saidAlive) return;
        running.saidAlive = true;
        onTrouble({ code: "link-process-down", active: false, text: "The link process works." });
        return;
      case "up":
        running.up = true;
        this.#backlog.flush();
        this.#tellLetGo(running);
        onUp();
        return;
      case "down":
        running.up = false;
        onDown(message.cause);
        return;
      case "certificate":
        onTrouble({ code: "certificate-expiring", active: message.active, text: message.text });
        return;
      case "received":
        this.#received(running, message.ids);
        return;
      case "command":
        this.#command(message);
        return;
      case "record-problem":
      case "clip":
        this.#hearRecorder(running, message);
    }
  }

  /** Each word of a problem may become an event. */
  #hearRecorder(running: Running, message: FromRecorder): void {
    if (this.#recorderWords.count(this.#options.clock.monotonicMs()) <= recorderWordsPerSecondMax)
      this.#options.recorder?.hear(message);
    else this.#endWild(running, "says more of its recordings than a second takes");
  }

  #command({ topic, payload }: Extract<FromLink, { kind: "command" }>): void {
    const count = this.#commands.count(this.#options.clock.monotonicMs());
    if (count <= commandsPerSecondMax) {
      this.#options.onCommand(topic, new TextEncoder().encode(payload));
    } else if (count === commandsPerSecondMax + 1) {
      this.#options.log(`${this.#options.deviceId}: more commands than a second takes; the rest is let go`);
    }
  }

  #tellLetGo({ queue }: Running): void {
    const { telemetry, pictures, replies } = queue.takeLetGo();
    const entries = this.#options.recorder?.takeLetGo() ?? 0;
    if (telemetry + pictures + replies + entries === 0) return;
    const what = `${telemetry} seconds, ${pictures} pictures, ${replies} answers and ${entries} entries of recordings`;
    this.#options.log(`${this.#options.deviceId}: ${what} were let go while the link process took none`);
  }

  #endIfSilent(): void {
    const running = this.#running;
    if (running === null) return;
    const silenceMaxMs = running.saidAlive ? linkSilenceMaxMs : linkStartMaxMs;
    if (this.#options.clock.monotonicMs() - running.heardMs < silenceMaxMs) return;
    // Told now: a process that cannot even be ended must not look well meanwhile.
    this.#tellDown(`it said nothing for ${silenceMaxMs / 1_000} s and was ended`);
    running.child.kill();
  }

  #exited(running: Running, how: string): void {
    if (running !== this.#running) return;
    this.#running = null;
    this.#ended?.();
    if (this.#stopping) return;
    const { clock, log, deviceId, onDown, recorder } = this.#options;
    log(`${deviceId}: the link process ended (${how}); a new one starts in ${this.#pauseMs} ms`);
    if (clock.monotonicMs() - running.startedMs >= wellAfterMs) this.#pauseMs = restartFirstMs;
    this.#tellDown(`it ended (${how})`);
    if (running.up) onDown("the link process ended");
    recorder?.ended();
    this.#cancelRestart = clock.after(this.#pauseMs, () => this.#startChild());
    this.#pauseMs = Math.min(2 * this.#pauseMs, restartLongestMs);
  }

  #tellDown(what: string): void {
    const tasks = this.#options.recorder === undefined ? "talks to the hub" : "talks to the hub and records";
    const text = `The process that ${tasks} is not there: ${what}. This device goes on deciding by itself.`;
    this.#options.onTrouble({ code: "link-process-down", active: true, text });
  }
}

function offer({ offered, queue }: Running, entries: readonly NewEntry[]): void {
  for (const { id } of entries) offered.add(id);
  queue.add({
    kind: "events",
    events: entries.map((entry) => ({ id: entry.id, text: entry.body, channel: channelOf(entry) })),
  });
}

/** How often something has come in the second that is under way. */
class CountPerSecond {
  #startMs = Number.NEGATIVE_INFINITY;
  #count = 0;

  count(nowMs: number): number {
    if (nowMs - this.#startMs >= 1_000) {
      this.#startMs = nowMs;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count;
  }
}
