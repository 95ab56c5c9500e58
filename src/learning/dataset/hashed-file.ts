import { createHash } from "node:crypto";
import { PartialFile } from "#recording/partial-file.ts";

/** What was written. */
export interface WrittenFile {
  readonly bytes: number;
  /** SHA-256 of all bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A file of a data set: whole or not at all, and hashed while it is written. */
export class HashedFile {
  readonly #file: PartialFile;
  readonly #hash = createHash("sha256");

  private constructor(file: PartialFile) {
    this.#file = file;
  }

  /** Begins PATH.partial; one of an interrupted run is replaced. Throws as `PartialFile.create` does. */
  static async create(path: string): Promise<HashedFile> {
    return new HashedFile(await PartialFile.create(path, "replace"));
  }

  /** Appends bytes. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    await this.#file.write(bytes);
  }

  /** Completes the file under its own name. */
  async commit(): Promise<WrittenFile> {
    const bytes = this.#file.position;
    await this.#file.commit();
    return { bytes, sha256: this.#hash.digest("hex") };
  }

  /** Gives up: nothing is left behind. */
  async discard(): Promise<void> {
    await this.#file.discard();
  }
}
