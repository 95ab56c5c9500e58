import { once } from "node:events";
import type { Writable } from "node:stream";

/** Where a command writes: results to one stream, everything else to the other. */
export class Output {
  readonly #results: Writable;
  readonly #notes: Writable;

  constructor(results: Writable, notes: Writable) {
    this.#results = results;
    this.#notes = notes;
  }

  /** Writes a line of results and waits while the reader is slower than we are. */
  async line(text: string): Promise<void> {
    if (!this.#results.write(`${text}\n`)) await once(this.#results, "drain");
  }

  /** Writes one JSON object as a line of results. */
  json(value: unknown): Promise<void> {
    return this.line(JSON.stringify(value));
  }

  /** Writes a line for people beside the results. */
  note(text: string): void {
    this.#notes.write(`${text}\n`);
  }

  /** Shows a line that the next one replaces, where the notes go to a terminal; an empty text takes it away. */
  progress(text: string): void {
    if ("isTTY" in this.#notes && this.#notes.isTTY === true) this.#notes.write(`\r\x1b[K${text}`);
  }
}
