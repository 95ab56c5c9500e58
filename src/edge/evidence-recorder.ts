import type { DeviceEvent } from "#core/device-event.ts";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { EvidenceFolder } from "./evidence-folder.ts";
import { type EvidenceRing, type RingReader, ringEntriesMax, ringSeconds } from "./evidence-ring.ts";
import { IncidentSpan, incidentEvent, type StandingIncidents } from "./incident-span.ts";
import type { EvidencePolicy } from "./recording-policies.ts";
import { RingFile } from "./ring-file.ts";

/** How often what has come is written: decisions go on between two turns. */
const turnMs = 100;
/** Entries of one turn: the half minute before an alarm is on disk within two seconds. */
const entriesATurn = 32;
/** A disk that refused is tried again after so long. */
const retryMs = 10_000;

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
  /** What a recorder before this one was recording; nothing when absent. */
  readonly standing?: StandingIncidents | null | undefined;
  /** What it had told was wrong last, and not taken back; nothing when absent. */
  readonly problem?: string | null | undefined;
  /** Told once what is wrong when evidence cannot be written or kept, and null when it can again. */
  readonly onProblem: (problem: string | null) => void;
}

interface Running {
  readonly span: IncidentSpan;
  readonly reader: RingReader;
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
  readonly #folder: EvidenceFolder;
  #running: Running | null = null;
  #turn: Promise<void> | null = null;
  #cancel: Cancel = () => {};
  #problem: string | null;
  #lookAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: EvidenceRecorderOptions) {
    this.#options = options;
    this.#folder = new EvidenceFolder(options.folder, options.deviceId);
    this.#problem = options.problem ?? null;
    const standing = options.standing ?? null;
    if (standing !== null) this.#begin({ sinceMicros: 0 }).span.resume(standing, options.clock.monotonicMs());
  }

  /** Completes what a power cut has left, and begins to look at what comes. A disk that refuses is a problem, no error. */
  async start(): Promise<void> {
    try {
      await this.#folder.open(this.#running?.span.incidents ?? []);
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
    const level = incidentEvent(event);
    if (level === null) return;
    const { clock, policy } = this.#options;
    const { beforeSeconds, afterSeconds } = policy;
    const running =
      this.#running ?? this.#begin({ sinceMicros: level.atMicros - beforeSeconds * microsPerSecond });
    running.span.hear(level, { nowMs: clock.monotonicMs(), afterSeconds });
  }

  /** True while something is being recorded. */
  get recording(): boolean {
    return this.#running !== null;
  }

  /** Resolves when the turn that is under way is over. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #begin(from: { readonly sinceMicros: number }): Running {
    this.#running = {
      span: new IncidentSpan(),
      reader: this.#options.ring.reader(from),
      file: null,
      syncedMs: null,
      lostBefore: 0,
      retryAtMs: Number.NEGATIVE_INFINITY,
    };
    return this.#running;
  }

  #work(): void {
    if (this.#turn !== null) return;
    const running = this.#running;
    const nowMs = this.#options.clock.monotonicMs();
    const turn = running === null ? this.#look(nowMs) : this.#record(running, nowMs);
    this.#turn =
      turn?.finally(() => {
        this.#turn = null;
      }) ?? null;
  }

  #record(running: Running, nowMs: number): Promise<void> | null {
    if (nowMs < running.retryAtMs) return null;
    return this.#write(running, nowMs).catch((error: unknown) => this.#failed(running, error));
  }

  /** While nothing is recorded a problem that stands is looked at again: nobody else would find that it is over. */
  #look(nowMs: number): Promise<void> | null {
    if (this.#problem === null || nowMs < this.#lookAtMs) return null;
    this.#lookAtMs = nowMs + retryMs;
    return this.#tryDisk().catch((error: unknown) => this.#report(messageOf(error)));
  }

  async #tryDisk(): Promise<void> {
    await this.#folder.recover([]);
    await this.#folder.tryDisk();
    if (await this.#trim()) this.#report(null);
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
    const isOver = nowMs >= running.span.untilMs && isCaughtUp;
    if (!isOver && running.file.bytes < fileBytesMax) return;
    await this.#finish(running);
    if (isOver && this.#options.clock.monotonicMs() >= running.span.untilMs) this.#running = null;
  }

  async #createFile({ span, reader }: Running): Promise<RingFile> {
    const { config, policy } = this.#options;
    await this.#folder.recover(span.incidents);
    await this.#trim();
    return RingFile.create({
      path: await this.#folder.newPath(span.incidents),
      reader,
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
    const droppedFrames = running.reader.lostFrames - running.lostBefore;
    running.lostBefore = running.reader.lostFrames;
    const incidents = [...running.span.incidents];
    await this.#folder.closed(file.path, { incidents, frames: file.frames, droppedFrames });
    await this.#trim();
  }

  /** What is in the ring since the last sync goes into the next file. */
  async #failed(running: Running, error: unknown): Promise<void> {
    const { file, span } = running;
    running.file = null;
    running.syncedMs = null;
    const nowMs = this.#options.clock.monotonicMs();
    running.retryAtMs = nowMs + retryMs;
    this.#lookAtMs = running.retryAtMs;
    this.#report(messageOf(error));
    this.#folder.distrust();
    if (file !== null) {
      const { frames, lostFrames } = file.synced;
      const droppedFrames = lostFrames - running.lostBefore;
      running.lostBefore = lostFrames;
      this.#folder.left(file.path, { incidents: [...span.incidents], frames, droppedFrames });
      await file.leave();
    }
    // As long as the ring holds something of it, a disk that works again gets it.
    const isGone = nowMs >= span.untilMs + 1_000 * ringSeconds;
    if (isGone && this.#running === running) this.#running = null;
  }

  async #trim(): Promise<boolean> {
    const open = this.#options.openIncident();
    const running = this.#running?.span.incidents ?? [];
    const holds = await this.#folder.trim(this.#options.policy, open === null ? running : [open, ...running]);
    if (!holds)
      this.#report(
        "Evidence of incidents that nobody has reset needs more room than it may have: reset them.",
      );
    return holds;
  }

  #report(problem: string | null): void {
    const changed = (problem === null) !== (this.#problem === null);
    this.#problem = problem;
    if (changed) this.#options.onProblem(problem);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
