import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type EvidenceManifest, evidenceManifestSchema } from "#recording/evidence-manifest.ts";
import { type FolderLimits, manifestEnding, RecordingFolder } from "./recording-folder.ts";
import { replaceFile } from "./replace-file.ts";

const prefix = "evidence-";

/** What is known of a file beside its hash. */
export type KnownOfFile = Pick<EvidenceManifest, "incidents" | "frames" | "droppedFrames">;

const nothingKnown: KnownOfFile = { incidents: [], frames: null, droppedFrames: null };

/** The folder of evidence: each file has its manifest, and what belongs to incidents that stand is kept. */
export class EvidenceFolder {
  readonly #folder: RecordingFolder;
  readonly #deviceId: string;
  /** What each file shows, by its name. */
  readonly #known = new Map<string, KnownOfFile>();
  /** Files that are complete, and whose manifests the disk has not taken yet. */
  readonly #closed = new Map<string, KnownOfFile>();
  /** Whether the folder is there and every file in it has its name and manifest. */
  #is: "unknown" | "ready" = "unknown";

  constructor(path: string, deviceId: string) {
    this.#folder = new RecordingFolder(path, prefix);
    this.#deviceId = deviceId;
  }

  /** Reads what the files show, and completes what a power cut has left. Throws what the disk throws. */
  async open(standing: readonly string[]): Promise<void> {
    await this.recover(standing);
    for (const name of await this.#folder.names()) {
      if (!this.#known.has(name))
        this.#known.set(name, { ...nothingKnown, incidents: [...(await this.#readIncidents(name))] });
    }
  }

  /**
   * Completes what a power cut or a disk that refused has left, so that it can be read, and be trimmed when it is old.
   * Of a file that another process began, its name tells the incident where it is the first of those that stand.
   */
  async recover(standing: readonly string[]): Promise<void> {
    if (this.#is === "ready") return;
    const left = [...(await this.#folder.recover())];
    // Of a file that was complete when its process was ended, only the manifest is missing.
    const bare = (await this.#folder.withoutManifest()).filter(
      (name) => !left.includes(name) && !this.#closed.has(name),
    );
    for (const name of [...left, ...bare]) {
      const first = standing.slice(0, 1).filter((incident) => isOfIncident(name, incident));
      const known = this.#known.get(name) ?? { ...nothingKnown, incidents: first };
      await this.#writeManifest(name, known, "torn");
    }
    for (const [name, known] of this.#closed) await this.#writeClosed(name, known);
    this.#is = "ready";
  }

  /** Path of a file that is not there yet, for a recording of these incidents. */
  async newPath(incidents: readonly string[]): Promise<string> {
    const name = await this.#folder.freeName(baseOf(incidents[0] ?? ""));
    this.#known.set(name, { ...nothingKnown, incidents: [...incidents] });
    return join(this.#folder.path, name);
  }

  /** A file is complete. Throws what the disk throws. */
  async closed(path: string, known: KnownOfFile): Promise<void> {
    await this.#writeClosed(this.#nameOf(path), known);
  }

  /** A file was left as it is, by a disk that refused: its manifest says so much once the disk works again. */
  left(path: string, known: KnownOfFile): void {
    this.#known.set(this.#nameOf(path), known);
    this.#is = "unknown";
  }

  /** Something was refused: names and manifests have to be looked at before the next file. */
  distrust(): void {
    this.#is = "unknown";
  }

  /** Removes the oldest files until the limits hold, none of these incidents; true when they hold. */
  async trim(limits: FolderLimits, incidents: readonly string[]): Promise<boolean> {
    const isKept = (name: string): boolean =>
      name.endsWith(".partial") ||
      (this.#known.get(name)?.incidents ?? []).some((incident) => incidents.includes(incident)) ||
      // Of a file without a manifest the name alone tells.
      incidents.some((incident) => isOfIncident(name, incident));
    return this.#folder.trim(limits, isKept);
  }

  /** Writes a little and removes it. Throws what the disk throws. */
  async tryDisk(): Promise<void> {
    await this.#folder.tryDisk();
  }

  async #writeClosed(name: string, known: KnownOfFile): Promise<void> {
    this.#closed.set(name, known);
    await this.#writeManifest(name, known, "closed");
    this.#closed.delete(name);
  }

  async #writeManifest(name: string, known: KnownOfFile, ending: EvidenceManifest["ending"]): Promise<void> {
    this.#known.set(name, known);
    const hash = await this.#folder.hash(name);
    const manifest: EvidenceManifest = {
      v: 1,
      device: this.#deviceId,
      file: name,
      ...hash,
      ...known,
      ending,
    };
    await replaceFile(
      join(this.#folder.path, name + manifestEnding),
      `${JSON.stringify(manifest, null, 2)}\n`,
    );
  }

  /** Empty for a file whose manifest is missing or damaged. */
  async #readIncidents(name: string): Promise<readonly string[]> {
    try {
      const text = await readFile(join(this.#folder.path, name + manifestEnding), "utf8");
      return evidenceManifestSchema.parse(JSON.parse(text)).incidents;
    } catch {
      return [];
    }
  }

  #nameOf(path: string): string {
    return path.slice(this.#folder.path.length + 1);
  }
}

function baseOf(incident: string): string {
  return prefix + incident.replace(/[^A-Za-z0-9-]/g, "_");
}

function isOfIncident(name: string, incident: string): boolean {
  const base = baseOf(incident);
  return name === `${base}.mcap` || new RegExp(`^${base}-\\d{1,3}\\.mcap$`).test(name);
}
