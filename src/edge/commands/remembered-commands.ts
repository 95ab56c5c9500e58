import { join } from "node:path";
import { z } from "zod";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import { deviceIdSchema } from "#wire/device-id.ts";
import { type ReplyMessage, replySchema } from "#wire/device-messages.ts";
import type { DeviceDisk } from "../device-disk.ts";
import { readSavedJson } from "../saved-device.ts";
import { clockToleranceSeconds } from "./command-time.ts";

/** Commands that are remembered; beyond it the oldest that have expired go, and while none has no more are taken in. */
export const rememberedCommandsMax = 256;
/** So many of these places are for urgent commands alone: no flood of others keeps an alarm from being answered. */
export const urgentCommandsMin = 64;

/** What the disk has refused is given to it again after so long. */
export const rememberAgainMs = 5_000;

/** A command that is to be remembered. */
export interface CommandToRemember {
  readonly id: string;
  readonly expiresAtMicros: number;
  readonly urgency: "urgent" | "other";
}

const entrySchema = z.strictObject({
  id: z.string().min(8).max(100),
  expiresAtMicros: z.number().nonnegative(),
  /** Null: begun, and not answered yet. */
  reply: replySchema.nullable(),
});

const savedSchema = z.strictObject({
  v: z.literal(1),
  device: deviceIdSchema,
  commands: z.array(entrySchema).max(rememberedCommandsMax),
});

type Entry = z.infer<typeof entrySchema>;

/** What a memory of commands needs. */
export interface RememberedCommandsOptions {
  readonly clock: Clock;
  readonly disk: DeviceDisk;
  readonly deviceId: string;
  /** Null remembers until the process ends. */
  readonly dataFolder: string | null;
  /** Told once what is wrong when it cannot be saved, and null when it can again. */
  readonly onProblem: (problem: string | null) => void;
}

/** Which commands a device has been given and what it answered, kept on its disk, so that none is done twice. */
export class RememberedCommands {
  readonly #options: RememberedCommandsOptions;
  readonly #entries: Map<string, Entry>;
  /** Begun since the process started and not answered yet; those of an earlier run are answered by nobody. */
  readonly #begunNow = new Set<string>();
  #writing: Promise<void> | null = null;
  #isChanged = false;
  #problem: string | null = null;
  #cancelRetry: Cancel | null = null;
  #state: "open" | "stopped" = "open";

  private constructor(options: RememberedCommandsOptions, entries: readonly Entry[]) {
    this.#options = options;
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
  }

  /** Reads what was saved. What cannot be read is told of in `damage`. */
  static async open(options: RememberedCommandsOptions, damage: string[]): Promise<RememberedCommands> {
    const { disk, deviceId, dataFolder } = options;
    if (dataFolder === null) return new RememberedCommands(options, []);
    const path = pathOf(dataFolder, deviceId);
    const saved = await readSavedJson({ disk, path, schema: savedSchema, deviceId, damage });
    return new RememberedCommands(options, saved?.commands ?? []);
  }

  /** What is known of a command; undefined for one that is new. */
  find(id: string): { readonly reply: ReplyMessage | null } | undefined {
    return this.#entries.get(id);
  }

  /** Takes a command in; false, and nothing is taken, while there is no room for one of its urgency. */
  begin({ id, expiresAtMicros, urgency }: CommandToRemember, nowMicros: number): boolean {
    const places = rememberedCommandsMax - (urgency === "urgent" ? 0 : urgentCommandsMin);
    while (this.#entries.size >= places) if (!this.#forgetOne(nowMicros)) return false;
    this.#entries.set(id, { id, expiresAtMicros, reply: null });
    this.#begunNow.add(id);
    this.#save();
    return true;
  }

  /** Remembers the answer to a command that was taken in. */
  answer(id: string, reply: ReplyMessage): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.reply = reply;
    this.#begunNow.delete(id);
    this.#save();
  }

  /** Gives the disk nothing more that it has refused. */
  stop(): void {
    this.#state = "stopped";
    this.#cancelRetry?.();
  }

  /** Resolves when all so far is on disk or has failed to get there, with what is wrong. */
  async settled(): Promise<string | null> {
    while (this.#writing !== null) await this.#writing;
    return this.#problem;
  }

  /**
   * The oldest that has expired goes: should it come again, it is refused as too old, also when this machine's clock has
   * been set back a little. One that is being done now stays, as its answer is still to come.
   */
  #forgetOne(nowMicros: number): boolean {
    const expiredMicros = nowMicros - clockToleranceSeconds * microsPerSecond;
    for (const { id, expiresAtMicros, reply } of this.#entries.values()) {
      if (expiresAtMicros >= expiredMicros || (reply === null && this.#begunNow.has(id))) continue;
      this.#entries.delete(id);
      return true;
    }
    return false;
  }

  #save(): void {
    this.#isChanged = true;
    if (this.#options.dataFolder === null) return;
    this.#writing ??= this.#write(this.#options.dataFolder).finally(() => {
      this.#writing = null;
    });
  }

  async #write(dataFolder: string): Promise<void> {
    const { disk, deviceId } = this.#options;
    while (this.#isChanged) {
      this.#isChanged = false;
      const saved: z.infer<typeof savedSchema> = {
        v: 1,
        device: deviceId,
        commands: [...this.#entries.values()],
      };
      try {
        await disk.replace(pathOf(dataFolder, deviceId), JSON.stringify(saved));
        this.#report(null);
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error));
        this.#retryLater();
      }
    }
  }

  #retryLater(): void {
    if (this.#state === "stopped") return;
    this.#cancelRetry ??= this.#options.clock.after(rememberAgainMs, () => {
      this.#cancelRetry = null;
      this.#save();
    });
  }

  #report(problem: string | null): void {
    const isNew = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (isNew) this.#options.onProblem(problem);
  }
}

function pathOf(dataFolder: string, deviceId: string): string {
  return join(dataFolder, `${deviceId}.commands.json`);
}
