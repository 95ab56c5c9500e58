import { assert } from "#core/failure.ts";

/** Entries that wait for those before them: pictures reach the host after what was measured meanwhile. */
const waitingMax = 1_000;

/** Puts in the order of time what becomes known in another order. */
export class EntryQueue<Entry extends { readonly atMicros: number }> {
  readonly #waiting: Entry[] = [];

  /** Takes an entry; of two with one time the one that was added first comes first. */
  add(entry: Entry): void {
    assert(this.#waiting.length < waitingMax, "entries are taken out of the queue");
    let at = this.#waiting.length;
    while (at > 0 && this.#waiting[at - 1]!.atMicros > entry.atMicros) at -= 1;
    this.#waiting.splice(at, 0, entry);
  }

  /** Gives what is due by a time, when nothing earlier can come any more. */
  dueBy(micros: number): readonly Entry[] {
    let count = 0;
    while (count < this.#waiting.length && this.#waiting[count]!.atMicros <= micros) count += 1;
    return this.#waiting.splice(0, count);
  }
}
