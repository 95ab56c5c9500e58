import { defaultModelPolicy, ModelDetector } from "#core/detection/model-detector.ts";
import { badInput } from "#core/failure.ts";
import { type ExplainedReason, explainFinding } from "#inference/explain-finding.ts";
import { explanationSentence } from "#inference/explanation-sentence.ts";
import { wordsOf } from "#inference/feature-words.ts";
import { ModelExplainer } from "#inference/model-explainer.ts";
import { ModelScorer } from "#inference/model-scorer.ts";
import { packageBytesMax, unpackModel } from "#model-package/unpack-model.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import type { Command, Invocation } from "../command.ts";
import { inputOptions, openInputs } from "../open-inputs.ts";
import type { Output } from "../output.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { ProgressLine } from "../progress-line.ts";
import { replayRecordings } from "../replay-recordings.ts";
import { textTable } from "../text-table.ts";

/** Contributions printed for a reason unless --top says otherwise. */
const topDefault = 5;
/** Both schemas together have fewer features. */
const topMax = 64;

/** Says of each second in which a model raised a reason which features made it say so. */
export const explainCommand: Command = {
  name: "explain",
  summary: "Says why a model package calls fire in a recording: what each feature adds.",
  usage: "RECORDING… --model FILE [--air CSV] [options]",
  options: {
    ...inputOptions,
    model: { value: "FILE", help: "the model package, as emberwatch train writes it" },
    top: { value: "N", help: `contributions shown for each reason (default ${topDefault})` },
    "bad-pixels": {
      value: "find|off",
      help: "looks for bad pixels (default) or trusts the recording's own map",
    },
    json: { value: null, help: "prints one JSON object per line, the last one a summary" },
  },
  examples: [
    "emberwatch explain recordings/workshop-fire.mcap --model fires.tar.gz",
    "emberwatch explain clip.cptv --model fires.tar.gz --top 10 --json",
  ],
  notes:
    "Contributions are log-odds before calibration: +0.7 doubles the odds, −0.7 halves them. How they are computed:\n" +
    'docs/guides/training.md, "Why a model says what it says". Times are seconds from the first entry.',
  async run(invocation) {
    const { scorer, explainer } = await readModel(invocation);
    const top = numberOption(invocation, "top", {
      min: 1,
      max: topMax,
      kind: "integer",
      default: topDefault,
    });
    const recordings = await openInputs(invocation);
    const detector = new ModelDetector(scorer, defaultModelPolicy);
    const style = invocation.switches.has("json") ? "json" : "text";
    const lines = new ExplanationLines(invocation.output, { style, top });
    const progress = new ProgressLine(invocation.output, "replaying");
    await replayRecordings(
      {
        recordings,
        loopSeconds: null,
        scorer: null,
        badPixels: choiceOption(invocation, "bad-pixels", ["find", "off"]) ?? "find",
      },
      {
        onEvent: () => {},
        onSecond({ second, atSeconds }) {
          const explained = explainFinding(explainer, second, detector.evaluate(second));
          lines.second(atSeconds, explained);
        },
        onProgress: (atSeconds) => progress.show(`${Math.round(atSeconds)} s`),
      },
    );
    progress.clear();
    await lines.finish();
    return 0;
  },
};

async function readModel(
  invocation: Invocation,
): Promise<{ readonly scorer: ModelScorer; readonly explainer: ModelExplainer }> {
  const path = invocation.values["model"];
  if (path === undefined) throw badInput("usage", "Name the model package with --model FILE.tar.gz.");
  const read = await unpackModel(await readFileBytes(path, packageBytesMax), path);
  return { scorer: new ModelScorer(read), explainer: new ModelExplainer(read) };
}

/** Prints explanations as they come, and what was found in all at the end. */
class ExplanationLines {
  readonly #output: Output;
  readonly #style: "json" | "text";
  readonly #top: number;
  #printed: Promise<void> = Promise.resolve();
  #seconds = 0;
  #withReason = 0;

  constructor(output: Output, options: { readonly style: "json" | "text"; readonly top: number }) {
    this.#output = output;
    this.#style = options.style;
    this.#top = options.top;
  }

  second(atSeconds: number, explained: readonly ExplainedReason[]): void {
    this.#seconds += 1;
    if (explained.length > 0) this.#withReason += 1;
    for (const one of explained) {
      const text =
        this.#style === "json"
          ? JSON.stringify(explanationJson(one, { atSeconds, top: this.#top }))
          : explanationText(one, { atSeconds, top: this.#top });
      this.#printed = this.#printed.then(() => this.#output.line(text));
    }
  }

  async finish(): Promise<void> {
    await this.#printed;
    const [seconds, withReason] = [this.#seconds, this.#withReason];
    if (this.#style === "json") await this.#output.json({ type: "summary", seconds, withReason });
    else await this.#output.line(`${seconds} seconds, ${withReason} of them with a reason of the model`);
  }
}

interface Shown {
  readonly atSeconds: number;
  readonly top: number;
}

function explanationJson(
  { reason, trackId, explanation }: ExplainedReason,
  { atSeconds, top }: Shown,
): object {
  const { head, modality, probability, threshold, logOdds, usualLogOdds, contributions } = explanation;
  return {
    type: "explanation",
    at: Number(atSeconds.toFixed(3)),
    code: reason.code,
    region: trackId,
    location: reason.location,
    head,
    modality,
    probability,
    threshold,
    logOdds,
    usualLogOdds,
    contributions: contributions.slice(0, top).map(({ feature, value, contribution }) => ({
      feature,
      value: Number.isNaN(value) ? null : value,
      unit: wordsOf(feature).unit,
      contribution,
    })),
    text: explanationSentence(explanation),
  };
}

function explanationText({ reason, explanation }: ExplainedReason, { atSeconds, top }: Shown): string {
  const shown = explanation.contributions.slice(0, top);
  const table = textTable(
    shown.map(({ feature, value, contribution }) => [
      `${contribution < 0 ? "−" : "+"}${Math.abs(contribution).toFixed(2)}`,
      feature,
      Number.isNaN(value) ? "not known" : `${Number(value.toPrecision(4))} ${wordsOf(feature).unit}`,
    ]),
  );
  return [
    `${atSeconds.toFixed(1).padStart(8)} s  ${reason.text}`,
    `            ${explanationSentence(explanation)}`,
    ...table.map((line) => `              ${line}`),
  ].join("\n");
}
