import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { badInput } from "#core/failure.ts";
import { makeFolder } from "#recording/make-folder.ts";
import type { InstalledModel, ModelChoice } from "../installed-model.ts";
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
  /** The model by the configuration, which is there before any has come. */
  readonly configured: ModelChoice;
  /** Checks a package by everything that it has to prove from afar, in another thread. Rejects with a `Failure`. */
  readonly open: (file: PackageFile) => Promise<InstalledModel>;
  readonly log: (line: string) => void;
}

/** The models of a device: the one at work, the one before, and the one that has just come. */
export class ModelStore implements ModelAbility {
  readonly #options: ModelStoreOptions;
  readonly #swappable: SwappableModel | null;
  #choice: Choice;
  /** The model before, at hand for as long as the device runs since the swap. */
  #before: InstalledModel | null = null;
  #onRolledBack: (text: string) => void = () => {};
  #untold: string | null;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(
    options: ModelStoreOptions,
    begun: { readonly model: ModelChoice; readonly choice: Choice; readonly problem: string | null },
  ) {
    this.#options = options;
    this.#swappable = typeof begun.model === "object" ? new SwappableModel(begun.model) : null;
    this.#choice = begun.choice;
    this.#untold = begun.problem;
    this.model = this.#swappable ?? begun.model;
  }

  /** What the device decides with; it changes its content when a model is swapped. */
  readonly model: ModelChoice;

  /** Opens the model that was in use last. One that is there no more or proves nothing is left for the configured one. */
  static async open(options: ModelStoreOptions): Promise<ModelStore> {
    const { folder, configured } = options;
    const first: Choice = { v: 1, current: "configured", previous: null };
    // Who wants no model gets none, whatever has come before.
    if (configured === "none")
      return new ModelStore(options, { model: configured, choice: first, problem: null });
    try {
      const choice = (await readChoice(folder)) ?? first;
      const model = choice.current === "configured" ? configured : await openSlot(options, choice.current);
      return new ModelStore(options, { model, choice, problem: null });
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const problem = `The model that had come is not used (${cause}), and the configured one is back: send it again.`;
      return new ModelStore(options, { model: configured, choice: first, problem });
    }
  }

  /** Who is told, in a sentence, when a model was taken back without anybody having asked; told at once of what is past. */
  set onRolledBack(listener: (text: string) => void) {
    this.#onRolledBack = listener;
    if (this.#untold !== null) listener(this.#untold);
    this.#untold = null;
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
    const name = this.#swappable?.identity.name ?? "";
    void this.#inTurn(async () => {
      if (this.#choice.current !== current) return { ok: true, text: "" };
      const before = this.#before ?? (await this.#load(previous));
      this.#swappable?.swap(before);
      this.#before = null;
      await this.#choose({ v: 1, current: previous, previous: null });
      this.#onRolledBack(
        `Model ${name} has failed and was taken back: ${before.identity.name} is at work again. ${why}`,
      );
      return { ok: true, text: "" };
    }).catch((error: unknown) => this.#options.log(`the model before cannot be used: ${String(error)}`));
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
    const { name } = next.identity;
    if (this.#swappable === null)
      return {
        ok: true,
        text: `Model ${name} is kept: a device that began without one uses it from its next start.`,
      };
    this.#before = this.#swappable.current;
    this.#swappable.swap(next);
    return {
      ok: true,
      text: `Model ${name} (${next.identity.hash.slice(0, 12)}) is at work; the one before is kept.`,
    };
  }

  /** One that is refused is of no use any more: its file goes. */
  async #openIncoming(file: PackageFile): Promise<InstalledModel> {
    try {
      return await this.#options.open(file);
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
    this.#before = this.#swappable?.current ?? null;
    this.#swappable?.swap(before);
    return { ok: true, text: `Model ${before.identity.name} is at work again; the other is kept.` };
  }

  async #load(which: Slot): Promise<InstalledModel> {
    const { configured } = this.#options;
    if (which !== "configured") return openSlot(this.#options, which);
    if (typeof configured === "object") return configured;
    throw badInput("model-missing", "The configured model is not there: send one.");
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

  #inTurn(work: () => Promise<Answer>): Promise<Answer> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}

/** A package that was taken into use before, checked again: the disk may have changed it. */
function openSlot(options: ModelStoreOptions, hash: string): Promise<InstalledModel> {
  return options.open({ path: join(options.folder, `${hash}.tar.gz`), hash });
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
