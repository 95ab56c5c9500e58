import { assert } from "#core/failure.ts";
import type { JsonEntry } from "#recording/entry-json.ts";
import { incidentEvent } from "./incident-span.ts";
import type { CodedPicture } from "./picture-coder.ts";

/** Pictures that wait: half a minute of a Lepton's, so that a link process that hangs and is started anew misses none. */
export const picturesWaitingMax = 270;
/** Readings, features, scores and ticks that wait: more than two minutes of them. */
export const readingsWaitingMax = 512;
/** Events and set-ups that wait. */
export const eventsWaitingMax = 1_024;

/** Something that waits. */
export type WaitingRecord =
  | { readonly kind: "picture"; readonly picture: CodedPicture; letGo: number }
  | { readonly kind: "reading" | "event"; readonly entry: JsonEntry };

const most: Readonly<Record<WaitingRecord["kind"], number>> = {
  picture: picturesWaitingMax,
  reading: readingsWaitingMax,
  event: eventsWaitingMax,
};

/**
 * What waits for a recorder in another process, in its order. Where there is too much of a kind its oldest goes: a
 * picture is counted by the one that follows it, and an event that begins a recording goes last.
 */
export class RecorderQueue {
  readonly #waiting: WaitingRecord[] = [];
  readonly #counts: Record<WaitingRecord["kind"], number> = { picture: 0, reading: 0, event: 0 };
  #entriesLetGo = 0;

  /** Pictures that wait. */
  get pictures(): number {
    return this.#counts.picture;
  }

  /** Readings and events that were let go, since the last time this was asked. */
  takeLetGo(): number {
    const letGo = this.#entriesLetGo;
    this.#entriesLetGo = 0;
    return letGo;
  }

  /** Takes a picture in. */
  addPicture(picture: CodedPicture): void {
    this.#add({ kind: "picture", picture, letGo: 0 });
  }

  /** Takes anything else in. */
  addEntry(entry: JsonEntry): void {
    this.#add({ kind: entry.kind === "event" || entry.kind === "config" ? "event" : "reading", entry });
  }

  /** The oldest so many, at most; they wait no more. */
  take(max: { readonly entries: number; readonly pictures: number }): readonly WaitingRecord[] {
    let pictures = 0;
    let end = 0;
    while (end < Math.min(max.entries, this.#waiting.length)) {
      if (this.#waiting[end]!.kind === "picture") pictures += 1;
      if (pictures > max.pictures) break;
      end += 1;
    }
    const taken = this.#waiting.splice(0, end);
    for (const { kind } of taken) this.#counts[kind] -= 1;
    return taken;
  }

  #add(record: WaitingRecord): void {
    this.#waiting.push(record);
    this.#counts[record.kind] += 1;
    if (this.#counts[record.kind] > most[record.kind]) this.#letGoOldest(record.kind);
  }

  #letGoOldest(kind: WaitingRecord["kind"]): void {
    const isOfKind = (one: WaitingRecord): boolean => one.kind === kind;
    const mayGo = this.#waiting.findIndex((one) => isOfKind(one) && !beginsRecording(one));
    const [gone] = this.#waiting.splice(mayGo < 0 ? this.#waiting.findIndex(isOfKind) : mayGo, 1);
    assert(gone !== undefined, "there is one too many of this kind");
    this.#counts[gone.kind] -= 1;
    if (gone.kind !== "picture") {
      this.#entriesLetGo += 1;
      return;
    }
    const next = this.#waiting.find((one) => one.kind === "picture");
    if (next?.kind === "picture") next.letGo += gone.letGo + 1;
  }
}

function beginsRecording(record: WaitingRecord): boolean {
  return (
    record.kind === "event" && record.entry.kind === "event" && incidentEvent(record.entry.event) !== null
  );
}
