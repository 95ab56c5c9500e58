import type { ToLink } from "#wire/link-channel.ts";

/** Messages handed to the channel and not taken by it yet; more than these wait here. */
const underWayMax = 4;
/** Seconds of telemetry that wait: ten minutes. */
export const telemetryWaitingMax = 600;
/** Answers to commands that wait. */
export const repliesWaitingMax = 64;

/** Messages of the recorder that are handed over and not taken yet: what a process takes with it when it hangs and is ended. */
const recorderUnderWayMax = 1;

/** Kinds of messages of which only the newest is worth anything. */
type Newest = "events" | "state" | "health" | "regions" | "picture";

/** What was let go because the link process did not take it. */
export interface LetGo {
  readonly telemetry: number;
  readonly pictures: number;
  readonly replies: number;
}

/** Where messages for the recorder wait; they are fetched when it is their turn. */
export interface RecorderMessages {
  next(): ToLink | null;
}

/**
 * What waits for the link process, in the order of its weight: events, answers, the newest state, health and regions,
 * telemetry, what is recorded, the newest picture. Nothing here grows without limit and nothing is waited for: where telemetry or answers
 * are too many the oldest go, and are counted. Events come a few at a time, and their keeper
 * gives them again.
 */
export class LinkQueue {
  readonly #send: (message: ToLink, onTaken: () => void) => void;
  readonly #newest = new Map<Newest, ToLink>();
  readonly #replies: ToLink[] = [];
  readonly #telemetry: ToLink[] = [];
  #letGo = { telemetry: 0, pictures: 0, replies: 0 };
  #underWay = 0;
  readonly #recorder: RecorderMessages | null;
  #recorderUnderWay = 0;

  /** `send` hands a message to the channel and calls back when the channel has taken it. */
  constructor(
    send: (message: ToLink, onTaken: () => void) => void,
    recorder: RecorderMessages | null = null,
  ) {
    this.#send = send;
    this.#recorder = recorder;
  }

  /** Takes a message in and returns at once. */
  add(message: ToLink): void {
    if (message.kind === "telemetry") {
      this.#telemetry.push(message);
      if (this.#telemetry.length > telemetryWaitingMax) {
        this.#telemetry.shift();
        this.#letGo.telemetry += 1;
      }
    } else if (message.kind === "reply") {
      this.#replies.push(message);
      if (this.#replies.length > repliesWaitingMax) {
        this.#replies.shift();
        this.#letGo.replies += 1;
      }
    } else if (isNewest(message)) {
      if (message.kind === "picture" && this.#newest.has("picture")) this.#letGo.pictures += 1;
      this.#newest.set(message.kind, message);
    }
    this.pump();
  }

  /** What was let go since the last time this was asked. */
  takeLetGo(): LetGo {
    const letGo = this.#letGo;
    this.#letGo = { telemetry: 0, pictures: 0, replies: 0 };
    return letGo;
  }

  /** Hands over what waits, as far as the channel takes it. */
  pump(): void {
    while (this.#underWay < underWayMax) {
      const message = this.#next();
      if (message === null) return;
      const ofRecorder = isOfRecorder(message) ? 1 : 0;
      this.#underWay += 1;
      this.#recorderUnderWay += ofRecorder;
      let isTaken = false;
      this.#send(message, () => {
        if (isTaken) return;
        isTaken = true;
        this.#underWay -= 1;
        this.#recorderUnderWay -= ofRecorder;
        this.pump();
      });
    }
  }

  #next(): ToLink | null {
    return (
      this.#take("events") ??
      this.#replies.shift() ??
      this.#take("state") ??
      this.#take("health") ??
      this.#take("regions") ??
      this.#telemetry.shift() ??
      this.#nextOfRecorder() ??
      this.#take("picture")
    );
  }

  #nextOfRecorder(): ToLink | null {
    if (this.#recorder === null || this.#recorderUnderWay >= recorderUnderWayMax) return null;
    return this.#recorder.next();
  }

  #take(kind: Newest): ToLink | null {
    const message = this.#newest.get(kind) ?? null;
    this.#newest.delete(kind);
    return message;
  }
}

const newest: ReadonlySet<ToLink["kind"]> = new Set<Newest>([
  "events",
  "state",
  "health",
  "regions",
  "picture",
]);

function isNewest(message: ToLink): message is Extract<ToLink, { kind: Newest }> {
  return newest.has(message.kind);
}

function isOfRecorder({ kind }: ToLink): boolean {
  return kind === "record" || kind === "record-clip";
}
