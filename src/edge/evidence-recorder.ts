import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DeviceEvent } from "#core/device-event.ts";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import { type EvidenceManifest, evidenceManifestSchema } from "#recording/evidence-manifest.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { type EvidenceRing, type RingReader, ringEntriesMax } from "./evidence-ring.ts";
import { type FolderLimits, manifestEnding, RecordingFolder } from "./recording-folder.ts";
import { replaceFile } from "./replace-file.ts";
import { RingFile } from "./ring-file.ts";

/** How much is recorded around a prealarm or alarm, and how much is kept. */
export interface EvidencePolicy extends FolderLimits {
  readonly beforeSeconds: number;
  /** After the newest prealarm or alarm. */
  readonly afterSeconds: number;
  /** What a power cut may cost of a running recording. */
  readonly syncSeconds: number;
  /** A recording that grows beyond this goes on in another file. */
  readonly fileBytesMax: number;
}

/** 30 s before to 5 min after, synced every 5 s; 1 GiB in at most 200 files. */
export const defaultEvidencePolicy: EvidencePolicy = {
  beforeSeconds: 30,
  afterSeconds: 300,
  syncSeconds: 5,
  fileBytesMax: 256 * 1024 * 1024,
  bytesMax: 1024 * 1024 * 1024,
  filesMax: 200,
};

/** How often what has come is written: decisions go on between two turns. */
const turnMs = 100;
/** Entries of one turn: the half minute before an alarm is on disk within two seconds. */
const entriesATurn = 32;
/** A disk that refused is tried again after so long. */
const retryMs = 10_000;
/** Incidents that one file can name; the evidence of a further one is there, its name is not. */
const incidentsMax = 100;
const prefix = "evidence-";

/** What a recorder needs. */
export interface EvidenceRecorderOptions {
  readonly folder: string;
  readonly deviceId: string;
  readonly clock: Clock;
  readonly ring: EvidenceRing;
  readonly policy: EvidencePolicy;
  /** The device's set-up now. */
  readonly config: () => RecordingEntry;
  /** The incident that nobody has reset yet: its evidence is never deleted. */
  readonly openIncident: () => string | null;
  /** Told once what is wrong when evidence cannot be written or kept, and null when it can again. */
  readonly onProblem: (problem: string | null) => void;
}

interface Running {
  readonly incidents: string[];
  readonly reader: RingReader;
  untilMs: number;
  file: RingFile | null;
  /** Null until what was before the alarm is on disk. */
  syncedMs: number | null;
  /** Frames that earlier files of this recording have lost already. */
  lostBefore: number;
  retryAtMs: number;
}

/**
 * Writes what the ring holds around each prealarm and alarm into a file of its own, named by its incident. The ring is the
 * queue: when the disk is too slow by half a minute, pictures are dropped and counted. Nothing waits for it.
 */
export class EvidenceRecorder {
  readonly #options: EvidenceRecorderOptions;
  readonly #folder: RecordingFolder;
  #running: Running | null = null;
  #turn: Promise<void> | null = null;
  #cancel: Cancel = () => {};
  #problem: string | null = null;
  /** Whether the folder is there and every file in it has its name and manifest. */
  #folderIs: "unknown" | "ready" = "unknown";
  /** What incidents each file shows. */
  readonly #incidentsOf = new Map<string, readonly string[]>();

  constructor(options: EvidenceRecorderOptions) {
    this.#options = options;
    this.#folder = new RecordingFolder(options.folder, prefix);
  }

  /** Completes what a power cut has left, and begins to look at what comes. A disk that refuses is a problem, no error. */
  async start(): Promise<void> {
    try {
      await this.#recover();
      for (const name of await this.#folder.names()) {
        this.#incidentsOf.set(name, await this.#readIncidents(name));
      }
      await this.#trim();
    } catch (error) {
      this.#report(messageOf(error));
    }
    this.#cancel = this.#options.clock.every(turnMs, () => this.#work());
  }

  /** Writes what is left in the ring and closes the file. */
  async stop(): Promise<void> {
    this.#cancel();
    await this.#turn;
    const running = this.#running;
    this.#running = null;
    if (running === null) return;
    try {
      running.file ??= await this.#createFile(running);
      await running.file.take(ringEntriesMax);
      await this.#finish(running);
    } catch (error) {
      await running.file?.leave();
      this.#report(messageOf(error));
    }
  }

  /** An event has happened: a prealarm or an alarm begins a recording, or makes the running one longer. Returns at once. */
  hear(event: DeviceEvent): void {
    if (event.type !== "level" || event.level === "normal") return;
    const { clock, ring, policy } = this.#options;
    this.#running ??= {
      incidents: [],
      reader: ring.reader({ sinceMicros: event.atMicros - policy.beforeSeconds * microsPerSecond }),
      untilMs: 0,
      file: null,
      syncedMs: null,
      lostBefore: 0,
      retryAtMs: Number.NEGATIVE_INFINITY,
    };
    const { incidents } = this.#running;
    const id = event.incidentId ?? `no-incident-${event.atMicros}`;
    if (!incidents.includes(id) && incidents.length < incidentsMax) incidents.push(id);
    this.#running.untilMs = clock.monotonicMs() + policy.afterSeconds * 1_000;
  }

  /** True while something is being recorded. */
  get recording(): boolean {
    return this.#running !== null;
  }

  /** Resolves when the turn that is under way is over. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #work(): void {
    const running = this.#running;
    if (running === null || this.#turn !== null) return;
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs < running.retryAtMs) return;
    this.#turn = this.#write(running, nowMs)
      .catch((error: unknown) => this.#failed(running, error))
      .finally(() => {
        this.#turn = null;
      });
  }

  async #write(running: Running, nowMs: number): Promise<void> {
    running.file ??= await this.#createFile(running);
    const taken = await running.file.take(entriesATurn);
    const isCaughtUp = taken < entriesATurn;
    const { syncSeconds, fileBytesMax } = this.#options.policy;
    if (running.syncedMs === null ? isCaughtUp : nowMs - running.syncedMs >= syncSeconds * 1_000) {
      await running.file.flush();
      running.syncedMs = nowMs;
      this.#report(null);
    }
    const isOver = nowMs >= running.untilMs && isCaughtUp;
    if (!isOver && running.file.bytes < fileBytesMax) return;
    await this.#finish(running);
    if (isOver && this.#options.clock.monotonicMs() >= running.untilMs) this.#running = null;
  }

  /** Completes what a power cut or a disk that refused has left, so that it can be read, and be trimmed when it is old. */
  async #recover(): Promise<void> {
    if (this.#folderIs === "ready") return;
    for (const name of await this.#folder.recover()) {
      const incidents = this.#incidentsOf.get(name) ?? [];
      await this.#writeManifest(name, {
        incidents: [...incidents],
        frames: null,
        droppedFrames: null,
        ending: "torn",
      });
    }
    this.#folderIs = "ready";
  }

  async #createFile(running: Running): Promise<RingFile> {
    const { config, policy, folder } = this.#options;
    await this.#recover();
    await this.#trim();
    const base = prefix + (running.incidents[0] ?? "").replace(/[^A-Za-z0-9-]/g, "_");
    const name = await this.#folder.freeName(base);
    this.#incidentsOf.set(name, running.incidents);
    return RingFile.create({
      path: join(folder, name),
      reader: running.reader,
      config: config(),
      chunkSpanMicros: policy.syncSeconds * microsPerSecond,
      framePeriodMicros: 0,
    });
  }

  async #finish(running: Running): Promise<void> {
    const file = running.file!;
    await file.close();
    running.file = null;
    running.syncedMs = null;
    const name = file.path.slice(this.#folder.path.length + 1);
    const droppedFrames = running.reader.lostFrames - running.lostBefore;
    running.lostBefore = running.reader.lostFrames;
    const incidents = [...running.incidents];
    await this.#writeManifest(name, { incidents, frames: file.frames, droppedFrames, ending: "closed" });
    await this.#trim();
  }

  async #failed(running: Running, error: unknown): Promise<void> {
    const file = running.file;
    running.file = null;
    running.syncedMs = null;
    this.#folderIs = "unknown";
    running.retryAtMs = this.#options.clock.monotonicMs() + retryMs;
    this.#report(messageOf(error));
    await file?.leave();
    if (this.#options.clock.monotonicMs() >= running.untilMs && this.#running === running)
      this.#running = null;
  }

  async #writeManifest(
    name: string,
    what: Pick<EvidenceManifest, "incidents" | "frames" | "droppedFrames" | "ending">,
  ): Promise<void> {
    const hash = await this.#folder.hash(name);
    const manifest: EvidenceManifest = { v: 1, device: this.#options.deviceId, file: name, ...hash, ...what };
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

  async #trim(): Promise<void> {
    const open = this.#options.openIncident();
    const kept = new Set([open, ...(this.#running?.incidents ?? [])]);
    const isKept = (name: string): boolean =>
      name.endsWith(".partial") ||
      (this.#incidentsOf.get(name) ?? []).some((incident) => kept.has(incident)) ||
      // Of a file without a manifest the name alone tells.
      [...kept].some((incident) => incident !== null && isOfIncident(name, incident));
    const holds = await this.#folder.trim(this.#options.policy, isKept);
    if (!holds)
      this.#report(
        "Evidence of incidents that nobody has reset needs more room than it may have: reset them.",
      );
  }

  #report(problem: string | null): void {
    const changed = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (changed) this.#options.onProblem(problem);
  }
}

function isOfIncident(name: string, incident: string): boolean {
  const base = prefix + incident.replace(/[^A-Za-z0-9-]/g, "_");
  return name === `${base}.mcap` || new RegExp(`^${base}-\\d{1,3}\\.mcap$`).test(name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
