import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { badInput } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import {
  type ChangingModel,
  type DeviceModel,
  type InstalledModel,
  installedModel,
  type MissingModel,
  missingModel,
} from "../installed-model.ts";
import { replaceFile } from "../replace-file.ts";
import type { Answer, ModelAbility } from "./command-target.ts";
import type { PackageFile } from "./model-check-messages.ts";
import { incomingModelPath } from "./model-inbox.ts";
import { SwappableModel } from "./swappable-model.ts";

const choiceFile = "choice.json";
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** "configured": the model of the configuration. Else the hash of the package's file, which is its name. */
const slot = z.union([z.literal("configured"), sha256]);
type Slot = z.infer<typeof slot>;
const choiceSchema = z.strictObject({ v: z.literal(1), current: slot, previous: slot.nullable() });
type Choice = z.infer<typeof choiceSchema>;

/** What a model store needs. */
export interface ModelStoreOptions {
  /** Packages that have come lie here. */
  readonly folder: string;
  /** Opens the model by the configuration; "none" where none is wanted. Rejects with a `Failure` for one that is of no use. */
  readonly configured: "none" | ((givenUp: AbortSignal) => Promise<InstalledModel>);
  /** Checks a package by everything that it has to prove from afar, in another thread. Rejects with a `Failure`. */
  readonly open: (file: PackageFile, givenUp: AbortSignal) => Promise<InstalledModel>;
  readonly log: (line: string) => void;
}

/** Who is told of a store's model. */
export interface ModelListener {
  /** The model at work is another, or is missing. */
  readonly onChange: (now: ChangingModel["now"]) => void;
  /** Told in a sentence when a model was taken back without anybody having asked. */
  readonly onRolledBack: (text: string) => void;
}

const first: Choice = { v: 1, current: "configured", previous: null };

/**
 * The models of a device: the one at work, the one before, and the one that has just come. Each is checked in a thread
 * of its own before it is used, the first one too: the device decides by its rules meanwhile.
 */
export class ModelStore implements ModelAbility {
  readonly #options: ModelStoreOptions;
  readonly #swappable: SwappableModel | null;
  #choice: Choice = first;
  /** The model before, at hand for as long as the device runs since the swap. */
  #before: InstalledModel | null = null;
  #listener: ModelListener = { onChange() {}, onRolledBack() {} };
  #work: Promise<unknown> = Promise.resolve();
  readonly #givenUp = new AbortController();

  constructor(options: ModelStoreOptions) {
    this.#options = options;
    // Who wants no model gets none, whatever has come before.
    this.#swappable = options.configured === "none" ? null : new SwappableModel();
    this.model = this.#swappable ?? "none";
  }

  /** What the device decides with; it changes its content when a model has come. */
  readonly model: DeviceModel;

  /**
   * Begins to check the model that was in use last. One that is there no more or proves nothing is left for the
   * configured one; where that is of no use either, it is missing.
   */
  start(listener: ModelListener): void {
    this.#listener = listener;
    if (this.#swappable !== null) void this.#inTurn(() => this.#begin());
  }

  /** Ends whatever is being checked; nothing is told any more. */
  stop(): void {
    this.#listener = { onChange() {}, onRolledBack() {} };
    this.#givenUp.abort();
  }

  install(hash: string): Promise<Answer> {
    return this.#inTurn(() => this.#install(hash));
  }

  rollBack(): Promise<Answer> {
    return this.#inTurn(() => this.#rollBack());
  }

  /** The model at work fails: one that has come is taken back for the one before, at once. */
  failed(why: string): void {
    const { current, previous } = this.#choice;
    if (current === "configured" || previous === null) return;
    void this.#inTurn(async () => {
      if (this.#choice.current !== current) return;
      const name = this.#installed?.identity.name ?? "";
      const before = this.#before ?? (await this.#load(previous));
      this.#swap(before);
      this.#before = null;
      await this.#choose({ v: 1, current: previous, previous: null });
      this.#listener.onRolledBack(
        `Model ${name} has failed and was taken back: ${before.identity.name} is at work again. ${why}`,
      );
    }).catch((error: unknown) => this.#options.log(`the model before cannot be used: ${String(error)}`));
  }

  get #installed(): InstalledModel | null {
    return installedModel(this.#swappable ?? "none");
  }

  async #begin(): Promise<void> {
    try {
      this.#choice = (await readChoice(this.#options.folder)) ?? first;
      const { current } = this.#choice;
      if (current !== "configured") {
        this.#swap(await this.#load(current));
        return;
      }
    } catch (error) {
      this.#choice = first;
      this.#listener.onRolledBack(
        `The model that had come is not used (${messageOf(error)}), and the configured one is back: send it again.`,
      );
    }
    this.#swap(await this.#load("configured").catch((error: unknown) => missingModel(messageOf(error))));
  }

  #swap(next: InstalledModel | MissingModel): void {
    this.#swappable?.swap(next);
    this.#listener.onChange(next);
  }

  async #install(hash: string): Promise<Answer> {
    const { folder, configured } = this.#options;
    if (configured === "none")
      return {
        ok: false,
        text: "By its configuration this device decides without a model (model.file: none).",
      };
    if (hash === this.#choice.current) return { ok: true, text: "This model is at work already." };
    const incoming = incomingModelPath(folder, hash);
    const next = await this.#openIncoming({ path: incoming, hash });
    await rename(incoming, join(folder, `${hash}.tar.gz`));
    await this.#choose({ v: 1, current: hash, previous: this.#choice.current });
    this.#before = this.#installed;
    this.#swap(next);
    const { name } = next.identity;
    return {
      ok: true,
      text: `Model ${name} (${next.identity.hash.slice(0, 12)}) is at work; the one before is kept.`,
    };
  }

  /** One that is refused is of no use any more: its file goes. */
  async #openIncoming(file: PackageFile): Promise<InstalledModel> {
    try {
      return await this.#options.open(file, this.#givenUp.signal);
    } catch (error) {
      await rm(file.path, { force: true });
      throw error;
    }
  }

  async #rollBack(): Promise<Answer> {
    const { current, previous } = this.#choice;
    if (previous === null) return { ok: false, text: "There is no model before this one." };
    const before = this.#before ?? (await this.#load(previous));
    await this.#choose({ v: 1, current: previous, previous: current });
    this.#before = this.#installed;
    this.#swap(before);
    return { ok: true, text: `Model ${before.identity.name} is at work again; the other is kept.` };
  }

  /** A model that is there already, checked again: the disk may have changed it. */
  async #load(which: Slot): Promise<InstalledModel> {
    const { configured, folder, open } = this.#options;
    const { signal } = this.#givenUp;
    if (which !== "configured") return open({ path: join(folder, `${which}.tar.gz`), hash: which }, signal);
    if (configured === "none") throw badInput("model-missing", "This device decides without a model.");
    return configured(signal);
  }

  /** Writes what is chosen and removes packages that nobody needs any more. */
  async #choose(choice: Choice): Promise<void> {
    const { folder } = this.#options;
    makeFolder(folder);
    await replaceFile(join(folder, choiceFile), JSON.stringify(choice));
    this.#choice = choice;
    const kept = [choice.current, choice.previous].map((hash) => `${hash}.tar.gz`);
    for (const name of await readdir(folder))
      if (/^[0-9a-f]{64}\.tar\.gz$/.test(name) && !kept.includes(name))
        await rm(join(folder, name), { force: true });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Null where no model has come yet. */
async function readChoice(folder: string): Promise<Choice | null> {
  let text: string;
  try {
    text = await readFile(join(folder, choiceFile), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return choiceSchema.parse(JSON.parse(text));
}
