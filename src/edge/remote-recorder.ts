import { assert } from "#core/failure.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { encodeEntryJson, type JsonEntry } from "#recording/entry-json.ts";
import type {
  FromRecorder,
  RecordBegin,
  RecordClip,
  RecordedEntry,
  RecordedPicture,
  RecorderConcern,
  RecordMessage,
} from "#wire/recorder-messages.ts";
import type { Answer } from "./commands/command-target.ts";
import { IncidentSpan, incidentEvent, standingIncidents } from "./incident-span.ts";
import { PictureCoder } from "./picture-coder.ts";
import { PictureSender } from "./picture-transfer.ts";
import type { RecordedDevice, Recorder } from "./recorder.ts";
import type { RecorderCargo } from "./recorder-cargo.ts";
import { RecorderQueue, type WaitingRecord } from "./recorder-queue.ts";
import type { RecordingPlace } from "./recording-policies.ts";

/** Entries of one message; the most that a second brings is some twenty. */
const messageMax = { entries: 64, pictures: 18 } as const;
/** So many pictures are worth a message; otherwise they go with the tick of their second. */
const picturesWorthIt = 12;
/** Clips that somebody waits for; further ones are refused. */
const clipsMax = 8;

/**
 * Has a device recorded by another process: what is given to it waits in memory, with a limit, until that process takes
 * it. It never looks at the disk. Pictures are coded here: they cross in a quarter of the bytes, and none is coded twice.
 */
export class RemoteRecorder implements Recorder, RecorderCargo {
  onWaiting: () => void = () => {};
  readonly #place: RecordingPlace;
  readonly #queue = new RecorderQueue();
  readonly #coder = new PictureCoder();
  readonly #problems: Partial<Record<RecorderConcern, string>> = {};
  readonly #clips = new Map<string, (answer: Answer) => void>();
  readonly #askedClips: RecordClip[] = [];
  #clipNumber = 0;
  #sender = new PictureSender();
  #device: RecordedDevice | null = null;
  /** What the recorder is to record, as far as it has come by here. */
  #span: IncidentSpan | null = null;

  constructor(place: RecordingPlace) {
    this.#place = place;
  }

  /** Records this device. */
  serve(device: RecordedDevice): Recorder {
    this.#device = device;
    return this;
  }

  /** The other process begins when it is started. */
  async start(): Promise<void> {}

  /** The other process closes its files when it is told to end. */
  async stop(): Promise<void> {
    this.#answerClips("The device has stopped.");
  }

  addFrame(frame: ThermalFrame): void {
    this.#queue.addPicture(this.#coder.code(frame));
    if (this.#queue.pictures >= picturesWorthIt) this.onWaiting();
  }

  addEntry(entry: JsonEntry): void {
    if (entry.kind === "event") this.#follow(entry);
    this.#queue.addEntry(entry);
    if (entry.kind === "event" || entry.kind === "tick" || entry.kind === "config") this.onWaiting();
  }

  takeClip(seconds: number): Promise<Answer> {
    if (this.#clips.size >= clipsMax)
      return Promise.resolve({ ok: false, text: "Too many clips wait already: send it again later." });
    this.#clipNumber += 1;
    const clipId = String(this.#clipNumber);
    const answer = new Promise<Answer>((resolve) => this.#clips.set(clipId, resolve));
    this.#askedClips.push({ kind: "record-clip", clipId, seconds });
    this.onWaiting();
    return answer;
  }

  begin(): RecordBegin {
    // It has none of the pictures that the one before had.
    this.#sender = new PictureSender();
    const { deviceId, dataFolder, policies, clock } = this.#place;
    const { evidence, continuous } = policies;
    const config = { kind: "config", atMicros: clock.nowMicros(), config: this.#served.config() } as const;
    return {
      kind: "record-begin",
      deviceId,
      dataFolder,
      evidence: { ...evidence },
      continuous: continuous === null ? null : { ...continuous },
      config: encodeEntryJson(config),
      openIncident: this.#openIncident,
      standing: this.#standing(),
      problems: { ...this.#problems },
    };
  }

  next(): RecordMessage | RecordClip | null {
    const entries = this.#queue.take(messageMax);
    if (entries.length === 0) return this.#askedClips.shift() ?? null;
    return {
      kind: "record",
      openIncident: this.#openIncident,
      entries: entries.map((entry) => this.#message(entry)),
    };
  }

  hear(message: FromRecorder): void {
    if (message.kind === "clip") {
      const { clipId, ok, text } = message;
      this.#clips.get(clipId)?.({ ok, text });
      this.#clips.delete(clipId);
      return;
    }
    const { concern, problem } = message;
    if (problem === null) delete this.#problems[concern];
    else this.#problems[concern] = problem;
    this.#served.onProblem(concern, problem);
  }

  takeLetGo(): number {
    return this.#queue.takeLetGo();
  }

  ended(): void {
    this.#answerClips("The process that records ended meanwhile; a new one is started: send it again.");
  }

  get #served(): RecordedDevice {
    assert(this.#device !== null, "a recorder is given its device before anything else");
    return this.#device;
  }

  get #openIncident(): string | null {
    return this.#served.state().incident?.id ?? null;
  }

  #follow({ event }: Extract<JsonEntry, { kind: "event" }>): void {
    const level = incidentEvent(event);
    if (level === null) return;
    const nowMs = this.#place.clock.monotonicMs();
    if (this.#span === null || nowMs >= this.#span.untilMs) this.#span = new IncidentSpan();
    this.#span.hear(level, { nowMs, afterSeconds: this.#place.policies.evidence.afterSeconds });
  }

  /** What was being recorded: by what came by here, and before anything did by the alarm state. */
  #standing(): RecordBegin["standing"] {
    const { clock, policies } = this.#place;
    const { afterSeconds } = policies.evidence;
    if (this.#span === null) {
      const known = standingIncidents(this.#served.state(), { nowMicros: clock.nowMicros(), afterSeconds });
      return known === null ? null : { incidents: [...known.incidents], seconds: known.seconds };
    }
    const seconds = (this.#span.untilMs - clock.monotonicMs()) / 1_000;
    return seconds <= 0 ? null : { incidents: [...this.#span.incidents], seconds };
  }

  #message(record: WaitingRecord): RecordedPicture | RecordedEntry {
    if (record.kind === "picture") return this.#sender.message(record.picture, record.letGo);
    const { entry } = record;
    const entryKind = entry.kind;
    assert(
      entryKind !== "damage" && entryKind !== "origin" && entryKind !== "truth",
      "a device records what it has seen and done",
    );
    return { kind: "entry", entryKind, atMicros: entry.atMicros, json: encodeEntryJson(entry) };
  }

  #answerClips(text: string): void {
    this.#askedClips.length = 0;
    for (const answer of this.#clips.values()) answer({ ok: false, text });
    this.#clips.clear();
  }
}
