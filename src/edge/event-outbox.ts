import { appendFile, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { callsPeople } from "#core/alarm/alarm-event-types.ts";
import { machineFault } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import { type EventMessage, eventSchema } from "#wire/device-messages.ts";
import { replaceFile } from "./replace-file.ts";

/** At this many undelivered events the oldest go that are no level change; alarms are never dropped. */
export const outboxEventsMax = 10_000;
/** A larger file is written afresh without what was delivered. */
const fileBytesMax = 1024 * 1024;

const lineSchema = z.union([
  z.strictObject({ put: eventSchema }),
  z.strictObject({ done: z.string().min(8).max(100) }),
]);

/** What an outbox needs. */
export interface EventOutboxOptions {
  /** The file that survives a restart; null keeps events in memory only. */
  readonly path: string | null;
  /** Told once what is wrong when writing begins to fail, and null when it works again. */
  readonly onProblem: (problem: string | null) => void;
}

/**
 * Events that the hub has not acknowledged yet, in order. They are kept in memory and, behind everybody's back, in a
 * file of JSON lines: nobody who adds an event waits for the disk.
 */
export class EventOutbox {
  readonly #options: EventOutboxOptions;
  readonly #waiting = new Map<string, EventMessage>();
  #fileBytes = 0;
  #lines: string[] = [];
  #writing: Promise<void> | null = null;
  #rewrite = false;
  #problem: string | null = null;
  #damagedLines = 0;
  #dropped = 0;

  constructor(options: EventOutboxOptions) {
    this.#options = options;
  }

  /**
   * Reads what an earlier run could not deliver. Lines that cannot be read are counted; a cut last line is one.
   * Throws machineFault "data-folder-unusable".
   */
  async load(): Promise<void> {
    const { path } = this.#options;
    if (path === null) return;
    const text = await readOrEmpty(path);
    for (const line of text.split("\n")) if (line !== "") this.#readLine(line);
    this.#fileBytes = Buffer.byteLength(text);
    // Written afresh, so that a new line never joins the half of a cut one.
    if (text !== "") this.#scheduleRewrite();
  }

  /** Lines that could not be read at the start: what they said is lost. */
  get damagedLines(): number {
    return this.#damagedLines;
  }

  /** Events that were dropped because too many waited; never a level change. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many events wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** The oldest event that waits; null when none does. */
  get first(): EventMessage | null {
    return this.#waiting.values().next().value ?? null;
  }

  /** Takes an event in; returns at once. */
  add(message: EventMessage): void {
    if (this.#waiting.size >= outboxEventsMax) this.#dropOldest();
    this.#waiting.set(message.id, message);
    this.#append({ put: message });
  }

  /** Forgets an event that the hub has. */
  remove(id: string): void {
    if (this.#waiting.delete(id)) this.#append({ done: id });
  }

  /** Resolves when everything said so far is in the file, or has failed to get there. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  #dropOldest(): void {
    for (const [id, message] of this.#waiting) {
      if (callsPeople(message.event)) continue;
      this.#dropped += 1;
      this.remove(id);
      return;
    }
  }

  #readLine(line: string): void {
    const parsed = parseLine(line);
    if (parsed === null) this.#damagedLines += 1;
    else if ("put" in parsed) this.#waiting.set(parsed.put.id, parsed.put);
    else this.#waiting.delete(parsed.done);
  }

  #append(line: z.infer<typeof lineSchema>): void {
    if (this.#options.path === null) return;
    if (!this.#rewrite) this.#lines.push(`${JSON.stringify(line)}\n`);
    this.#work();
  }

  #scheduleRewrite(): void {
    this.#rewrite = true;
    this.#lines = [];
    this.#work();
  }

  /** One write at a time, in the order of the lines; what comes meanwhile goes with the next. */
  #work(): void {
    const { path } = this.#options;
    if (path === null || this.#writing !== null) return;
    this.#writing = this.#writeAll(path).finally(() => {
      this.#writing = null;
    });
  }

  async #writeAll(path: string): Promise<void> {
    while (this.#rewrite || this.#lines.length > 0) {
      try {
        if (this.#rewrite) await this.#writeAfresh(path);
        else await this.#writeLines(path);
        this.#report(null);
      } catch (error) {
        // Memory still holds the events; the next change writes them all, so nothing is owed to the failed write.
        this.#rewrite = true;
        this.#lines = [];
        this.#report(error instanceof Error ? error.message : String(error));
        return;
      }
    }
  }

  async #writeLines(path: string): Promise<void> {
    const text = this.#lines.splice(0).join("");
    await appendFile(path, text, { mode: 0o600, flush: true });
    this.#fileBytes += Buffer.byteLength(text);
    if (this.#fileBytes > fileBytesMax) this.#rewrite = true;
  }

  async #writeAfresh(path: string): Promise<void> {
    this.#rewrite = false;
    this.#lines = [];
    const text = [...this.#waiting.values()].map((put) => `${JSON.stringify({ put })}\n`).join("");
    await replaceFile(path, text);
    this.#fileBytes = Buffer.byteLength(text);
  }

  #report(problem: string | null): void {
    const changed = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (changed) this.#options.onProblem(problem);
  }
}

function parseLine(line: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    makeFolder(dirname(path));
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    const cause = error instanceof Error ? error.message : String(error);
    throw machineFault(
      "data-folder-unusable",
      `The undelivered events in ${path} cannot be read (${cause}): make the file readable for this user or choose another folder with --data.`,
      { cause: error },
    );
  }
}
