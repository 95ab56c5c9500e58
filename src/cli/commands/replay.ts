import type { DeviceEvent } from "#core/device-event.ts";
import { badInput } from "#core/failure.ts";
import type { ZoneEvent } from "#core/zone/zone-event.ts";
import { type InstalledModel, installedModel } from "#edge/installed-model.ts";
import { encodeModelReading } from "#wire/model-messages.ts";
import type { Command, Invocation } from "../command.ts";
import { inputOptions, openInputs } from "../open-inputs.ts";
import { modelNote, modelOptions, openModel } from "../open-model.ts";
import type { Output } from "../output.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { type ReplayedSecond, type ReplaySummary, replayRecordings } from "../replay-recordings.ts";

/** A year: longer loops are a mistake. */
const loopSecondsMax = 31_536_000;

/** Runs recordings through features, rules, model and alarm machine and prints every event. */
export const replayCommand: Command = {
  name: "replay",
  summary: "Runs recordings through the detector and prints what it would have said.",
  usage: "[RECORDING…] [--air CSV] [options]",
  options: {
    ...inputOptions,
    loop: { value: "SECONDS", help: "starts over at the end until this much time has passed" },
    "bad-pixels": {
      value: "find|off",
      help: "looks for bad pixels (default) or trusts the recording's own map",
    },
    ...modelOptions,
    scores: {
      value: null,
      help: "with --json: one line a second with nearness and the model's probabilities",
    },
    json: { value: null, help: "prints one JSON object per line, the last one a summary" },
  },
  examples: [
    "emberwatch replay recordings/workshop-fire.mcap",
    "emberwatch replay clip.cptv --json",
    "emberwatch replay clip.cptv --model fires.tar.gz --json --scores",
    "emberwatch replay --air air.csv",
  ],
  notes:
    "Reads MCAP, CPTV, tCam .tjsn, PTY16V1, raw Y16 and CSV air readings. Times are seconds from the first entry.",
  async run(invocation) {
    const output = invocation.output;
    const style = invocation.switches.has("json") ? "json" : "text";
    const tellsScores = invocation.switches.has("scores");
    if (tellsScores && style === "text")
      throw badInput("usage", "--scores prints lines for programs: add --json.");
    const recordings = await openInputs(invocation);
    const model = await openModel(invocation);
    const lines = new ReplayLines(output, style);
    const progress = new ProgressLine(output, "replaying");
    const summary = await replayRecordings(
      {
        recordings,
        loopSeconds: loopSeconds(invocation),
        badPixels: choiceOption(invocation, "bad-pixels", ["find", "off"]) ?? "find",
        scorer: installedModel(model)?.scorer ?? null,
      },
      {
        onEvent: (event, atSeconds) => lines.event(event, atSeconds),
        onSecond: (replayed) => {
          if (tellsScores) lines.scores(replayed);
        },
        onProgress: (atSeconds) => progress.show(`${Math.round(atSeconds)} s`),
      },
    );
    progress.clear();
    // A recording that is refused is told in one sentence, so that this waits until it has been replayed.
    output.note(modelNote(model));
    await lines.finish(summary, installedModel(model));
    return 0;
  },
};

function loopSeconds(invocation: Invocation): number | null {
  return numberOption(invocation, "loop", { min: 1, max: loopSecondsMax, kind: "any", default: null });
}

/** Prints events and scores as they come, and the summary last. */
class ReplayLines {
  readonly #output: Output;
  readonly #style: "json" | "text";
  #printed: Promise<void> = Promise.resolve();

  constructor(output: Output, style: "json" | "text") {
    this.#output = output;
    this.#style = style;
  }

  event(event: DeviceEvent, atSeconds: number): void {
    const line =
      this.#style === "json" ? JSON.stringify(eventJson(event, atSeconds)) : eventText(event, atSeconds);
    this.#print(line);
  }

  scores(replayed: ReplayedSecond): void {
    this.#print(JSON.stringify(scoresJson(replayed)));
  }

  async finish(summary: ReplaySummary, model: InstalledModel | null): Promise<void> {
    await this.#printed;
    if (this.#style === "json") await this.#output.json(summaryJson(summary, model));
    else await this.#output.line(summaryText(summary));
  }

  #print(line: string): void {
    this.#printed = this.#printed.then(() => this.#output.line(line));
  }
}

/** An event as a line of `replay --json`. */
function eventJson(event: DeviceEvent, atSeconds: number): object {
  const at = milliseconds(atSeconds);
  switch (event.type) {
    case "level":
      return { type: "event", level: event.level, at, reasons: event.reasons, incident: event.incidentId };
    case "trouble":
      return { type: "trouble", code: event.code, at, active: event.active, text: event.text };
    case "supervisory":
    case "gas-hazard":
      return { type: "event", level: event.type, at, active: event.active, reasons: event.reasons };
    case "zone":
      return { type: "zone", at, event: event.event };
    case "notice":
      return { type: "notice", at, notice: event.notice };
    case "self-test":
      return { type: "event", level: event.type, at, reasons: [], stage: event.stage };
    default:
      return { type: "event", level: event.type, at, reasons: [], incident: event.incidentId };
  }
}

/** A second as a line of `replay --json --scores`; absent values are null. */
function scoresJson({ evidence, atSeconds }: ReplayedSecond): object {
  return {
    type: "scores",
    at: milliseconds(atSeconds),
    nearness: evidence.nearness,
    model: evidence.model === null ? null : encodeModelReading(evidence.model),
  };
}

/** Seconds to the millisecond, as printed. */
function milliseconds(seconds: number): number {
  return Number(seconds.toFixed(3));
}

function summaryJson(summary: ReplaySummary, model: InstalledModel | null): object {
  return {
    type: "summary",
    frames: summary.frames,
    rejectedFrames: summary.rejectedFrames,
    airSamples: summary.airSamples,
    seconds: milliseconds(summary.seconds),
    radiometric: summary.radiometric,
    lostItems: summary.lostItems,
    model: model?.identity ?? null,
    // The model's; what the rules give is a nearness, which is no probability.
    maxProbability: summary.probabilityMax === null ? null : Number(summary.probabilityMax.toFixed(4)),
    maxNearness: Number(summary.nearnessMax.toFixed(4)),
    firstPrealarmAt:
      summary.firstPrealarmAtSeconds === null ? null : milliseconds(summary.firstPrealarmAtSeconds),
    firstAlarmAt: summary.firstAlarmAtSeconds === null ? null : milliseconds(summary.firstAlarmAtSeconds),
  };
}

function eventText(event: DeviceEvent, atSeconds: number): string {
  const at = `${atSeconds.toFixed(1).padStart(8)} s`;
  switch (event.type) {
    case "level": {
      const reasons = event.reasons.map((reason) => reason.text).join(" ");
      return `${at}  ${event.level.toUpperCase()}  ${reasons}`.trimEnd();
    }
    case "trouble":
      return `${at}  TROUBLE ${event.active ? "" : "over "}(${event.code})  ${event.text}`;
    case "supervisory":
    case "gas-hazard": {
      const reasons = event.reasons.map((reason) => reason.text).join(" ");
      return `${at}  ${event.type.toUpperCase()}${event.active ? "" : " over"}  ${reasons}`.trimEnd();
    }
    case "zone":
      return `${at}  zone: ${zoneText(event.event)}`;
    case "notice":
      return `${at}  ${event.notice.type}`;
    case "self-test":
      return `${at}  self-test ${event.stage}  ${event.text}`;
    case "resounded":
      return `${at}  sounders sound again`;
    default:
      return `${at}  ${event.type} by ${event.by}`;
  }
}

function summaryText(summary: ReplaySummary): string {
  const pictures =
    summary.radiometric === null
      ? "no pictures"
      : `${summary.frames} pictures${summary.radiometric ? "" : " of raw counts, not temperatures: no thermal rule looked at them"}`;
  const when = (seconds: number | null) => (seconds === null ? "never" : `at ${seconds.toFixed(1)} s`);
  return [
    `${summary.seconds.toFixed(1)} s, ${pictures}, ${summary.airSamples} air readings` +
      (summary.lostItems === 0 ? "" : `, ${summary.lostItems} items could not be read`),
    `prealarm ${when(summary.firstPrealarmAtSeconds)}, alarm ${when(summary.firstAlarmAtSeconds)}`,
    ...(summary.probabilityMax === null
      ? []
      : [`model: flames with at most ${Math.round(100 * summary.probabilityMax)} %`]),
  ].join("\n");
}

function zoneText(event: ZoneEvent): string {
  switch (event.type) {
    case "zone-level":
      return `${event.level.toUpperCase()}${event.because === null ? "" : ` (${event.because})`}`;
    case "hold":
      return `waits for ${event.hold}, at most ${event.seconds} s`;
    case "call-point":
      return `call point ${event.callPointId}`;
    case "further-alarm":
      return `further alarm of ${event.id}`;
    default:
      return "by" in event ? `${event.type} by ${event.by}` : event.type;
  }
}
