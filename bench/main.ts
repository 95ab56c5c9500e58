import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Failure } from "#core/failure.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { type BenchClip, realClip, renderedClip } from "./bench-clips.ts";
import { reportEdge } from "./edge-report.ts";
import { extractorPass, firstTenFeatures, framePass } from "./feature-passes.ts";
import { compareFrameworks } from "./frameworks.ts";
import { type FrameCost, measureRuns, type RunPlan } from "./measure-runs.ts";
import { measureModelChange } from "./model-change.ts";
import { measureScoring } from "./model-scoring.ts";
import { measurePeer, type PeerResult, peerAbsence } from "./python-peer.ts";
import { measureSimulation } from "./simulation.ts";
import { reportSoak } from "./soak-report.ts";
import { reportStart } from "./start-report.ts";
import { benchTraining } from "./training.ts";
import { captureShareMax, measureCapture } from "./vospi.ts";

/** Largest difference between our features 1 to 10 and the peer's at which both still do the same work. */
const agreementMax = 1e-6;

interface Row {
  readonly name: string;
  readonly cost: FrameCost;
}

function printRow({ name, cost }: Row, baseline: FrameCost | null): void {
  const fps = (1 / cost.wallSeconds).toFixed(0).padStart(8);
  const wall = (cost.wallSeconds * 1e6).toFixed(1).padStart(8);
  const cpu = (cost.cpuSeconds * 1e6).toFixed(1).padStart(8);
  const ratio = baseline === null ? "" : `${(cost.cpuSeconds / baseline.cpuSeconds).toFixed(1)}×`.padStart(8);
  console.log(`  ${name.padEnd(58)}${fps}${wall}${cpu}${ratio}`);
}

function printHead(clip: BenchClip): void {
  const { width, height } = clip.frames[0]!;
  console.log(`\n${clip.name}: ${clip.frames.length} frames of ${width}×${height}`);
  console.log(
    `  ${"".padEnd(58)}${"frames/s".padStart(8)}${"wall µs".padStart(8)}${"CPU µs".padStart(8)}${"ratio".padStart(8)}`,
  );
}

function largestDifference(clip: BenchClip, peer: PeerResult): number {
  const ours = firstTenFeatures(clip);
  const differences = ours.flatMap((row, i) => row.map((value, k) => Math.abs(value - peer.values[i]![k]!)));
  return differences.reduce((largest, value) => Math.max(largest, value), 0);
}

/** Measures our features in plain TypeScript and by the kernel, and returns what those of a frame cost by the kernel. */
function benchOurs(clip: BenchClip, plan: RunPlan): FrameCost {
  const kernel = loadFeatureKernel();
  const frames = measureRuns(() => framePass(clip, kernel), plan);
  printRow({ name: "Emberwatch, 13 frame features with flow, WebAssembly", cost: frames }, null);
  const plainFrames = measureRuns(() => framePass(clip, null), plan);
  printRow({ name: "the same, plain TypeScript", cost: plainFrames }, frames);
  const seconds = measureRuns(() => extractorPass(clip, kernel), plan);
  printRow({ name: "Emberwatch, whole extractor (18 features, regions)", cost: seconds }, null);
  const plainSeconds = measureRuns(() => extractorPass(clip, null), plan);
  printRow({ name: "the same, plain TypeScript", cost: plainSeconds }, seconds);
  return frames;
}

function benchClip(clip: BenchClip, plan: RunPlan, options: { readonly peerAbsent: string | null }): void {
  printHead(clip);
  const frameCost = benchOurs(clip, plan);
  if (options.peerAbsent !== null) {
    console.log(`  peer skipped: ${options.peerAbsent}`);
    return;
  }
  const peer = measurePeer(clip, plan);
  const { features, farneback, dis } = peer.costs;
  printRow({ name: "NumPy + OpenCV, 10 features without flow", cost: features }, frameCost);
  printRow({ name: "NumPy + OpenCV, 10 features and DIS flow (fast)", cost: dis }, frameCost);
  printRow({ name: "NumPy + OpenCV, 10 features and Farnebäck flow", cost: farneback }, frameCost);
  const difference = largestDifference(clip, peer);
  const verdict = difference <= agreementMax ? "the same" : "NOT the same";
  console.log(
    `  Features 1 to 10 are ${verdict} on both sides: largest difference ${difference.toExponential(1)}.`,
  );
  if (difference > agreementMax) process.exitCode = 1;
}

function benchCapture(plan: RunPlan): void {
  const { cost, share } = measureCapture(plan);
  console.log("\nreading a Lepton's video (VoSPI), one thread");
  printRow({ name: "Emberwatch, packets to pictures", cost }, null);
  const percent = (100 * share).toFixed(2);
  console.log(
    `  At the camera's rate that is ${percent} % of one core (at most ${100 * captureShareMax} %).`,
  );
  if (share > captureShareMax) process.exitCode = 1;
}

async function benchModel(path: string | undefined, plan: RunPlan): Promise<void> {
  const { note, seconds, asTheyAre, fourRegions } = await measureScoring(path, plan);
  console.log(
    `\n${note}\nscoring ${seconds} seconds of a rendered fire, one thread; a device scores one a second`,
  );
  printRow({ name: "the seconds as they are", cost: asTheyAre }, null);
  printRow({ name: "with four regions each, the most there are", cost: fourRegions }, null);
  const { apartMs, inThreadMs } = await measureModelChange(path);
  const told = (blocksMs: readonly number[]): string =>
    `${Math.min(...blocksMs).toFixed(0)} to ${Math.max(...blocksMs).toFixed(0)} ms`;
  console.log(
    `\nlongest time for which the deciding thread stands while a model from afar is checked, ${apartMs.length} tries: ${told(apartMs)}; checked in that thread itself: ${told(inThreadMs)}`,
  );
}

/** Scenarios whose rendering is measured: nothing, people, and a fire beside them. */
const simulatedScenarios = ["quiet-room", "people-come-and-go", "wastebasket"] as const;

function benchSimulation(plan: RunPlan): void {
  for (const name of simulatedScenarios) {
    const { radiance, camera, features } = measureSimulation(name, plan);
    console.log(`\nrendering ${name}, one thread; each line holds the ones before`);
    printRow({ name: "radiance through the lens", cost: radiance }, null);
    printRow({ name: "camera: noise, counts, telemetry", cost: camera }, null);
    printRow({ name: "features of it", cost: features }, null);
  }
}

/** A soak of half an hour shows a growth of some MiB an hour. */
const soakMinutes = 30;
/** A week. */
const soakMinutesMax = 7 * 24 * 60;

/** Starts of a device, each a few seconds. */
const startsFull = 10;
const startsShort = 3;

const subjects = [
  "features",
  "model",
  "simulation",
  "training",
  "frameworks",
  "edge",
  "soak",
  "start",
] as const;

const usage = `usage: npm run bench -- [features|model|simulation|training|frameworks|edge|soak|start] [--model FILE] [--minutes N] [--short]

Measures our code beside NumPy and OpenCV (features), what a model costs a second (model; the shipped one, or --model
FILE), the rendering of scenarios (simulation), training beside scikit-learn, XGBoost and PyTorch (training), how
well members trained by those do beside ours (frameworks), how soon a device's relay follows its picture while the
hub, the link, the disk or the network is in trouble (edge), the memory and CPU time of a device's two processes in
real time (soak; --minutes N, 30 by default), or how soon a device is ready after its start (start). --short takes
fewer runs.`;

/** Null-free options; a sentence and exit code 2 for anything else. */
function benchOptions(): {
  readonly subject: (typeof subjects)[number];
  readonly model: string | undefined;
  readonly short: boolean;
  readonly minutes: number;
} {
  try {
    const { values, positionals } = parseArgs({
      options: {
        model: { type: "string" },
        minutes: { type: "string" },
        short: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [what = "features"] = positionals;
    const subject = subjects.find((name) => name === what);
    if (subject === undefined) throw new Error(`There is no bench of "${what}"`);
    if (values.model !== undefined && subject !== "model")
      throw new Error("--model belongs to the subject model");
    if (values.minutes !== undefined && subject !== "soak")
      throw new Error("--minutes belongs to the subject soak");
    const minutes = Number(values.minutes ?? soakMinutes);
    if (!(minutes > 0 && minutes <= soakMinutesMax))
      throw new Error(`--minutes "${values.minutes}" is no number up to ${soakMinutesMax}`);
    if (!values.help) return { subject, model: values.model, short: values.short, minutes };
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(
      `bench: ${error instanceof Error ? error.message : String(error)}. It takes ${subjects.join(", ")}, --model, --minutes, --short and --help.`,
    );
    process.exit(2);
  }
}

async function main(): Promise<void> {
  const values = benchOptions();
  const plan: RunPlan = values.short ? { runs: 3, warmUpRuns: 2 } : { runs: 9, warmUpRuns: 4 };
  const [cpu] = cpus();
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `${cpu?.model.trim() ?? "unknown CPU"}, ${availableParallelism()} cores, load ${load}, Node ${process.version}`,
  );
  if (values.subject === "training") return benchTraining({ size: values.short ? "short" : "full" });
  if (values.subject === "frameworks") return compareFrameworks({ size: values.short ? "short" : "full" });
  if (values.subject === "soak") {
    if (!(await reportSoak(values.minutes))) process.exitCode = 1;
    return;
  }
  if (values.subject === "start") {
    if (!(await reportStart(values.short ? startsShort : startsFull))) process.exitCode = 1;
    return;
  }
  if (values.subject === "edge") {
    if (!(await reportEdge(values.short ? "short" : "full"))) process.exitCode = 1;
    return;
  }
  if (values.subject === "model") return benchModel(values.model, plan);
  if (values.subject === "simulation") return benchSimulation(plan);
  console.log(
    `One thread; median of ${plan.runs} runs. Ratio: CPU time over that of the WebAssembly features above.`,
  );
  const peerAbsent = peerAbsence();
  const rendered = renderedClip(values.short ? 120 : 400);
  benchClip(rendered, plan, { peerAbsent });
  const real = await realClip();
  if ("absent" in real) console.log(`\nreal Lepton 3.5 clip skipped: ${real.absent}`);
  else benchClip(real, plan, { peerAbsent });
  benchCapture(plan);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 2;
}
