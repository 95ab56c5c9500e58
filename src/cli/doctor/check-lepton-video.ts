import { Failure } from "#core/failure.ts";
import { counterDifference } from "#core/frames/counter-difference.ts";
import type { Cci } from "#sensors/lepton/cci.ts";
import { cciCommands } from "#sensors/lepton/cci-commands.ts";
import { bootMaxMs } from "#sensors/lepton/lepton-configuration.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { controlProblem } from "./check-lepton-control.ts";
import { type DoctorSurroundings, withCountdown } from "./doctor-surroundings.ts";
import type { FindingList, Problem } from "./finding.ts";
import { judgeVideo, remarkOnVideo } from "./judge-video.ts";
import { transportProblem } from "./transport-problem.ts";
import { VideoProbe } from "./video-probe.ts";

/** How long pictures are watched: the camera begins anew within a second, and then sends nine a second. */
const watchMs = 4_000;

/** A flat-field correction takes about a second, and may have to wait for one that is under way. */
const correctionMs = 6_000;

/** The camera's clock may go by this share otherwise than ours. */
const clockSkew = 0.05;

/** Half of what a 32-bit counter of milliseconds holds: 25 days, which no check takes. */
const counterTooFarMs = 2 ** 31;

/** What the video is checked with. */
export interface LeptonVideoCheck {
  readonly spi: SpiLink;
  readonly cci: Cci;
}

/**
 * Watches the camera's pictures, lets it close its shutter, during which it draws the most current, and asks its clock
 * whether it has restarted meanwhile.
 */
export async function checkLeptonVideo(
  { spi, cci }: LeptonVideoCheck,
  surroundings: DoctorSurroundings,
  findings: FindingList,
): Promise<void> {
  const probe = new VideoProbe({ spi, clock: surroundings.clock });
  const supply = new SupplyWatch(cci, surroundings);
  try {
    await supply.begin();
    const shutter = await watch(probe, cci, surroundings);
    const supplyProblem = await supply.end();
    if (supplyProblem !== null) findings.problem("lepton-supply", supplyProblem);
    else report(probe, shutter, findings);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const isLink = error instanceof TransportFailure && error.code !== "no-answer";
    findings.problem("lepton-video", isLink ? transportProblem(error) : controlProblem(error));
  }
}

/** What became of the shutter: it works, does not end, was refused, or was not tried. */
type ShutterResult = "works" | "stuck" | "not-tried" | Failure;

async function watch(probe: VideoProbe, cci: Cci, surroundings: DoctorSurroundings): Promise<ShutterResult> {
  const watching = { what: "Watching the camera's pictures", seconds: watchMs / 1_000 };
  await withCountdown(surroundings, watching, probe.read(watchMs));
  const { telemetry } = probe;
  if (telemetry === null || telemetry.shutterLockout === true) return "not-tried";
  const correcting = { what: "Letting the camera close its shutter", seconds: correctionMs / 1_000 };
  return withCountdown(surroundings, correcting, closeShutter(probe, cci));
}

/** The pictures are read on while the command is under way, since the camera waits for nobody. */
async function closeShutter(probe: VideoProbe, cci: Cci): Promise<ShutterResult> {
  const before = probe.telemetry?.lastFfcUptimeMs;
  const asked: Promise<Failure | null> = cci.run(cciCommands.runFfc).then(
    () => null,
    (error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    },
  );
  const isOver = (): boolean => {
    const { telemetry } = probe;
    return telemetry?.ffcState === "complete" && telemetry.lastFfcUptimeMs !== before;
  };
  await probe.read(correctionMs, isOver);
  const refusal = await asked;
  if (isOver()) return "works";
  return probe.telemetry?.ffcState === "in-progress" ? "stuck" : (refusal ?? "stuck");
}

function report(probe: VideoProbe, shutter: ShutterResult, findings: FindingList): void {
  const seen = probe.observation();
  const problem = judgeVideo(seen);
  if (problem !== null) {
    findings.problem("lepton-video", problem);
    return;
  }
  findings.ok(
    "lepton-video",
    `${seen.frames} of ${seen.counted} pictures arrived whole, with their telemetry. ${remarkOnVideo(seen)}`.trimEnd(),
  );
  if (shutter === "works") findings.ok("lepton-shutter", "The shutter closes and opens again.");
  else if (shutter !== "not-tried") findings.problem("lepton-shutter", shutterProblem(shutter));
  findings.ok(
    "lepton-supply",
    "The camera ran through without a restart, also while its shutter drew current.",
  );
}

function shutterProblem(shutter: "stuck" | Failure): Problem {
  if (shutter instanceof Failure) return controlProblem(shutter);
  return {
    code: "lepton-shutter-stuck",
    text: "The thermal camera's shutter does not open again.",
    remedy: "Switch its supply off and on; replace the camera if that does not help.",
  };
}

/** Finds a restart of the camera by its own clock. */
class SupplyWatch {
  readonly #cci: Cci;
  readonly #surroundings: DoctorSurroundings;
  #uptimeMs = 0;
  #beganMs = 0;

  constructor(cci: Cci, surroundings: DoctorSurroundings) {
    this.#cci = cci;
    this.#surroundings = surroundings;
  }

  async begin(): Promise<void> {
    this.#uptimeMs = await this.#cci.getLong(cciCommands.uptimeMs);
    this.#beganMs = this.#surroundings.clock.monotonicMs();
  }

  /** What is wrong with the supply; null when the camera ran through. */
  async end(): Promise<Problem | null> {
    try {
      await this.#cci.waitUntilBooted({ withinMs: bootMaxMs });
      const uptimeMs = await this.#cci.getLong(cciCommands.uptimeMs);
      const passedMs = this.#surroundings.clock.monotonicMs() - this.#beganMs;
      const ranMs = counterDifference({ before: this.#uptimeMs, now: uptimeMs });
      // A camera that restarted tells less than before, which as a difference of 32-bit counters is far too much.
      const ranThrough = ranMs >= passedMs * (1 - clockSkew) && ranMs < counterTooFarMs;
      return ranThrough ? null : restarted(uptimeMs);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return controlProblem(error);
    }
  }
}

function restarted(uptimeMs: number): Problem {
  return {
    code: "lepton-restarted",
    text: `The thermal camera restarted by itself during the check, ${(uptimeMs / 1_000).toFixed(1)} s ago: its supply sags.`,
    remedy: "Give it a supply of at least 500 mA over short, thick wires, and look for a loose contact.",
  };
}
