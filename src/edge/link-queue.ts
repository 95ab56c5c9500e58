import type { ToLink } from "#wire/link-channel.ts";

/** Messages handed to the channel and not taken by it yet; more than these wait here. */
const underWayMax = 4;
/** Seconds of telemetry that wait: ten minutes. */
export const telemetryWaitingMax = 600;
/** Answers to commands that wait. */
export const repliesWaitingMax = 64;

/** Kinds of messages of which only the newest is worth anything. */
type Newest = "events" | "state" | "health" | "regions" | "picture";

/** What was let go because the link process did not take it. */
export interface LetGo {
  readonly telemetry: number;
  readonly pictures: number;
  readonly replies: number;
}

/**
 * What waits for the link process, in the order of its weight: events, answers, the newest state, health and regions,
 * telemetry, the newest picture. Nothing here grows without limit and nothing is waited for: where telemetry or answers
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

  /** `send` hands a message to the channel and calls back when the channel has taken it. */
  constructor(send: (message: ToLink, onTaken: () => void) => void) {
    this.#send = send;
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
    } else if (message.kind !== "begin" && message.kind !== "end") {
      if (message.kind === "picture" && this.#newest.has("picture")) this.#letGo.pictures += 1;
      this.#newest.set(message.kind, message);
    }
    this.#pump();
  }

  /** What was let go since the last time this was asked. */
  takeLetGo(): LetGo {
    const letGo = this.#letGo;
    this.#letGo = { telemetry: 0, pictures: 0, replies: 0 };
    return letGo;
  }

  #pump(): void {
    while (this.#underWay < underWayMax) {
      const message = this.#next();
      if (message === null) return;
      this.#underWay += 1;
      let isTaken = false;
      this.#send(message, () => {
        if (isTaken) return;
        isTaken = true;
        this.#underWay -= 1;
        this.#pump();
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
      this.#take("picture")
    );
  }

  #take(kind: Newest): ToLink | null {
    const message = this.#newest.get(kind) ?? null;
    this.#newest.delete(kind);
    return message;
  }
}
