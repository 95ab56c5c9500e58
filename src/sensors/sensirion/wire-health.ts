/** A chip that has not acknowledged anything for so long, and at least twice, does not answer. */
const unansweredMs = 2_500;
const unansweredMin = 2;

/** A chip that has acknowledged everything for so long answers again. */
const answeredAgainMs = 3_000;

/** Replies with a wrong checksum, of the last `repliesKept`, from which the wire is bad. */
const wrongRepliesMax = 3;
const repliesKept = 20;

/** What can be wrong on the wire. */
export type WireCondition = "not-answering" | "wrong-checksums";

/**
 * Judges a chip by how its commands went. Two conditions come and go: it does not answer (known within 4 s when it is
 * asked each second), and its checksums are wrong (3 of the last 20 replies; gone when none of the last 20 is). That a
 * condition is not there is told too, once that is sure.
 */
export class WireHealth {
  readonly #onChange: (condition: WireCondition, state: "came" | "went") => void;
  readonly #known = new Map<WireCondition, "came" | "went">();
  #unanswered = 0;
  #lastAnsweredMs: number;
  #answeringSinceMs: number | null = null;
  #replies: ("right" | "wrong")[] = [];

  constructor(nowMs: number, onChange: (condition: WireCondition, state: "came" | "went") => void) {
    this.#lastAnsweredMs = nowMs;
    this.#onChange = onChange;
  }

  /** Takes in how a command went, at a time in monotonic milliseconds. */
  note(outcome: "answered" | "unanswered" | "wrong-checksum", nowMs: number): void {
    if (outcome === "unanswered") {
      this.#unanswered += 1;
      this.#answeringSinceMs = null;
      if (this.#unanswered >= unansweredMin && nowMs - this.#lastAnsweredMs >= unansweredMs)
        this.#set("not-answering", "came");
      return;
    }
    this.#unanswered = 0;
    this.#lastAnsweredMs = nowMs;
    this.#answeringSinceMs ??= nowMs;
    if (nowMs - this.#answeringSinceMs >= answeredAgainMs) this.#set("not-answering", "went");
    this.#noteReply(outcome);
  }

  #noteReply(outcome: "answered" | "wrong-checksum"): void {
    this.#replies.push(outcome === "answered" ? "right" : "wrong");
    if (this.#replies.length > repliesKept) this.#replies.shift();
    const wrong = this.#replies.filter((reply) => reply === "wrong").length;
    if (wrong >= wrongRepliesMax) this.#set("wrong-checksums", "came");
    if (wrong === 0 && this.#replies.length === repliesKept) this.#set("wrong-checksums", "went");
  }

  #set(condition: WireCondition, state: "came" | "went"): void {
    if (this.#known.get(condition) === state) return;
    this.#known.set(condition, state);
    this.#onChange(condition, state);
  }
}
