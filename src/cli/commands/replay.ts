import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { Command, Invocation } from "../command.ts";
import { inputOptions, openInputs } from "../open-inputs.ts";
import type { Output } from "../output.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { type ReplaySummary, replayRecordings } from "../replay-recordings.ts";

/** A year: longer loops are a mistake. */
const loopSecondsMax = 31_536_000;

/** Runs recordings through features, rules and alarm machine and prints every event. */
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
    json: { value: null, help: "prints one JSON object per line, the last one a summary" },
  },
  examples: [
    "emberwatch replay recordings/workshop-fire.mcap",
    "emberwatch replay clip.cptv --json",
    "emberwatch replay --air air.csv",
  ],
  notes:
    "Reads MCAP, CPTV, tCam .tjsn, PTY16V1, raw Y16 and CSV air readings. Times are seconds from the first entry.",
  async run(invocation) {
    const output = invocation.output;
    const recordings = await openInputs(invocation);
    const lines = new EventLines(output, invocation.switches.has("json") ? "json" : "text");
    const progress = new ProgressLine(output, "replaying");
    const summary = await replayRecordings(
      {
        recordings,
        loopSeconds: loopSeconds(invocation),
        badPixels: choiceOption(invocation, "bad-pixels", ["find", "off"]) ?? "find",
      },
      {
        onEvent: (event, atSeconds) => lines.event(event, atSeconds),
        onSecond: () => {},
        onProgress: (atSeconds) => progress.show(`${Math.round(atSeconds)} s`),
      },
    );
    progress.clear();
    await lines.finish(summary);
    return 0;
  },
};

function loopSeconds(invocation: Invocation): number | null {
  return numberOption(invocation, "loop", { min: 1, max: loopSecondsMax, kind: "any", default: null });
}

/** Prints events as they come, and the summary last. */
class EventLines {
  readonly #output: Output;
  readonly #style: "json" | "text";
  #printed: Promise<void> = Promise.resolve();

  constructor(output: Output, style: "json" | "text") {
    this.#output = output;
    this.#style = style;
  }

  event(event: AlarmEvent, atSeconds: number): void {
    const line =
      this.#style === "json" ? JSON.stringify(eventJson(event, atSeconds)) : eventText(event, atSeconds);
    this.#printed = this.#printed.then(() => this.#output.line(line));
  }

  async finish(summary: ReplaySummary): Promise<void> {
    await this.#printed;
    if (this.#style === "json") await this.#output.json(summaryJson(summary));
    else await this.#output.line(summaryText(summary));
  }
}

/** An event as a line of `replay --json`. */
function eventJson(event: AlarmEvent, atSeconds: number): object {
  const at = milliseconds(atSeconds);
  switch (event.type) {
    case "level":
      return { type: "event", level: event.level, at, reasons: event.reasons, incident: event.incidentId };
    case "trouble":
      return { type: "trouble", code: event.code, at, active: event.active, text: event.text };
    case "supervisory":
    case "gas-hazard":
      return { type: "event", level: event.type, at, active: event.active, reasons: event.reasons };
    default:
      return { type: "event", level: event.type, at, reasons: [], incident: event.incidentId };
  }
}

/** Seconds to the millisecond, as printed. */
function milliseconds(seconds: number): number {
  return Number(seconds.toFixed(3));
}

function summaryJson(summary: ReplaySummary): object {
  return {
    type: "summary",
    frames: summary.frames,
    rejectedFrames: summary.rejectedFrames,
    airSamples: summary.airSamples,
    seconds: milliseconds(summary.seconds),
    radiometric: summary.radiometric,
    lostItems: summary.lostItems,
    // No model is installed: the rules give a nearness, which is no probability.
    maxProbability: null,
    maxNearness: Number(summary.nearnessMax.toFixed(4)),
    firstPrealarmAt:
      summary.firstPrealarmAtSeconds === null ? null : milliseconds(summary.firstPrealarmAtSeconds),
    firstAlarmAt: summary.firstAlarmAtSeconds === null ? null : milliseconds(summary.firstAlarmAtSeconds),
  };
}

function eventText(event: AlarmEvent, atSeconds: number): string {
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
  ].join("\n");
}
