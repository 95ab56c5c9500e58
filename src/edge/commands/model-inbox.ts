import { createHash } from "node:crypto";
import { type FileHandle, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "#recording/make-folder.ts";
import { type CommandMessage, modelPartBytesMax } from "#wire/command-messages.ts";
import type { Answer } from "./command-target.ts";

const prefix = "incoming-";

/** Where a package lies that has come whole and is not taken into use yet. */
export function incomingModelPath(folder: string, sha256: string): string {
  return join(folder, `${prefix}${sha256}.tar.gz`);
}

/** One part of a package. */
export type ModelPart = Extract<CommandMessage, { command: "model-part" }>;

/**
 * Puts a package together out of the parts that come, one package at a time and part after part, in the process that
 * decides nothing. What has come whole is only named; whoever takes it into use checks it.
 */
export class ModelInbox {
  readonly #folder: string;
  #sha256 = "";
  #next = 0;
  #work: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes a part; a part that comes twice is taken once. Never rejects. */
  take(part: ModelPart): Promise<Answer> {
    const taken = this.#work
      .then(() => this.#take(part))
      .catch((error: unknown): Answer => {
        const cause = error instanceof Error ? error.message : String(error);
        return { ok: false, text: `The model could not be kept: ${cause}`.slice(0, 500) };
      });
    this.#work = taken;
    return taken;
  }

  async #take({ sha256, index, count, base64 }: ModelPart): Promise<Answer> {
    const bytes = Buffer.from(base64, "base64");
    const isWhole = bytes.length === modelPartBytesMax || (index === count - 1 && bytes.length > 0);
    if (index >= count || !isWhole)
      return { ok: false, text: `Part ${index} of ${count} has a wrong length.` };
    if (index === 0) await this.#begin(sha256);
    if (sha256 !== this.#sha256 || index > this.#next) {
      return { ok: false, text: "Another part was to come: send the model again from its beginning." };
    }
    const path = `${incomingModelPath(this.#folder, sha256)}.partial`;
    if (index === this.#next) {
      await write(path, { bytes, at: index * modelPartBytesMax });
      this.#next += 1;
    }
    if (this.#next < count) return { ok: true, text: `Part ${index + 1} of ${count} is there.` };
    return this.#complete(path, sha256);
  }

  /** Whatever else was coming is given up: there is room for one. */
  async #begin(sha256: string): Promise<void> {
    makeFolder(this.#folder);
    if (sha256 === this.#sha256 && this.#next > 0) return;
    for (const name of await readdir(this.#folder))
      if (name.startsWith(prefix)) await rm(join(this.#folder, name), { force: true });
    this.#sha256 = sha256;
    this.#next = 0;
  }

  async #complete(path: string, sha256: string): Promise<Answer> {
    this.#sha256 = "";
    this.#next = 0;
    const found = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    if (found !== sha256) {
      await rm(path, { force: true });
      return { ok: false, text: "What has come is not the model that was sent: send it again." };
    }
    await rename(path, incomingModelPath(this.#folder, sha256));
    return { ok: true, text: "The model is there." };
  }
}

async function write(path: string, part: { readonly bytes: Buffer; readonly at: number }): Promise<void> {
  const file: FileHandle = await open(path, part.at === 0 ? "w" : "r+", 0o600);
  try {
    await file.write(part.bytes, 0, part.bytes.length, part.at);
    await file.sync();
  } finally {
    await file.close();
  }
}
