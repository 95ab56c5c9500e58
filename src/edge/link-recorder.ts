import { assert } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import { decodeEntryJson, type JsonEntry } from "#recording/entry-json.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import type {
  FromRecorder,
  RecordBegin,
  RecordClip,
  RecordedEntry,
  RecorderConcern,
  RecordMessage,
} from "#wire/recorder-messages.ts";
import { DeviceRecorder } from "./device-recorder.ts";
import { PictureReceiver } from "./picture-transfer.ts";

/** Longest sentence about a problem. */
const problemMax = 1_000;

/** What a link recorder needs. */
export interface LinkRecorderOptions {
  readonly begin: RecordBegin;
  readonly clock: Clock;
  readonly tell: (message: FromRecorder) => void;
}

/** Records in the link process what the alarm process sends: the other end of a `RemoteRecorder`. */
export class LinkRecorder {
  readonly #options: LinkRecorderOptions;
  readonly #recorder: DeviceRecorder;
  readonly #pictures = new PictureReceiver();
  #config: RecordingConfig;
  #openIncident: string | null;

  /** Throws for a set-up that is none. */
  constructor(options: LinkRecorderOptions) {
    this.#options = options;
    const { begin, clock } = options;
    const { deviceId, dataFolder, evidence, continuous, standing, problems } = begin;
    const config = decodeEntryJson("config", { atMicros: 0, data: begin.config });
    assert(config?.kind === "config", "the alarm process tells the device's set-up");
    this.#config = config.config;
    this.#openIncident = begin.openIncident;
    this.#recorder = new DeviceRecorder({
      deviceId,
      dataFolder,
      clock,
      policies: { evidence, continuous },
      config: () => this.#config,
      openIncident: () => this.#openIncident,
      standing,
      problems: withoutAbsent(problems),
      onProblem: (concern, problem) => this.#tellProblem(concern, problem),
    });
  }

  /** Begins to record; what the process before has left is completed first. */
  async start(): Promise<void> {
    await this.#recorder.start();
  }

  /** Closes the files that are being written. */
  async stop(): Promise<void> {
    await this.#recorder.stop();
  }

  /** Resolves when what is under way with the disk is over. */
  async settled(): Promise<void> {
    await this.#recorder.settled();
  }

  /** Takes in what has come. */
  take({ openIncident, entries }: RecordMessage): void {
    this.#openIncident = openIncident;
    for (const entry of entries) {
      if (entry.kind === "entry") this.#addEntry(decoded(entry));
      else this.#recorder.addCoded(this.#pictures.picture(entry), entry.letGo);
    }
  }

  /** Records a clip; the answer is told when it is there. */
  async takeClip({ clipId, seconds }: RecordClip): Promise<void> {
    const { ok, text } = await this.#recorder.takeClip(seconds);
    this.#options.tell({ kind: "clip", clipId, ok, text });
  }

  #addEntry(entry: JsonEntry): void {
    if (entry.kind === "config") this.#config = entry.config;
    this.#recorder.addEntry(entry);
  }

  #tellProblem(concern: RecorderConcern, problem: string | null): void {
    this.#options.tell({ kind: "record-problem", concern, problem: problem?.slice(0, problemMax) ?? null });
  }
}

/** What cannot be read stands in the recording as damage: the rest goes on. */
function decoded({ entryKind, atMicros, json }: RecordedEntry): JsonEntry {
  const entry = decodeEntryJson(entryKind, { atMicros, data: json });
  return entry ?? { kind: "damage", atMicros, what: `an entry of kind "${entryKind}"`, lost: 1 };
}

function withoutAbsent(problems: RecordBegin["problems"]): Partial<Record<RecorderConcern, string>> {
  const stand = Object.entries(problems).filter(([, problem]) => problem !== undefined);
  return Object.fromEntries(stand);
}
