import type { Command, Invocation } from "../command.ts";
import { isPureThermal } from "../doctor/check-purethermal.ts";
import { type DoctorRequest, doctorOptions, parseDoctorRequest } from "../doctor/doctor-options.ts";
import type { DoctorSurroundings } from "../doctor/doctor-surroundings.ts";
import { FindingList } from "../doctor/finding.ts";
import { gatherProgramFacts, gatherVideoFacts, videoDevices } from "../doctor/gather-facts.ts";
import { linuxSurroundings } from "../doctor/linux-surroundings.ts";
import { FindingPrinter } from "../doctor/print-findings.ts";
import { runDoctor } from "../doctor/run-doctor.ts";
import { runRecalibration } from "../doctor/run-recalibration.ts";
import { servedSurroundings } from "../doctor/served-surroundings.ts";
import { stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";

/** Finds what is wrong with an installation, and says what to do. */
export const doctorCommand: Command = {
  name: "doctor",
  summary: "Finds what is wrong with this installation, its wiring first of all, and says what to do.",
  usage: "[lepton|scd41|extra] [options]",
  options: doctorOptions,
  examples: [
    "emberwatch doctor",
    "emberwatch doctor lepton --spi /dev/spidev0.1",
    "emberwatch doctor scd41 --self-test",
    "emberwatch doctor scd41 --recalibrate 420",
    "emberwatch doctor --video /dev/video0 --json",
    "emberwatch doctor --emulated emberwatch-devices.sock",
  ],
  notes:
    "Stop the program that watches the room first: the doctor asks the sensors itself, and sets them as Emberwatch\n" +
    "sets them at each start. It takes half a minute. Exit code 0: all is well, 1: a problem was found.\n" +
    "What each finding means stands in docs/guides/doctor.md.",
  async run(invocation) {
    const request = parseDoctorRequest(invocation);
    const { output } = invocation;
    const tools = { clock: systemClock, progress: (text: string) => output.progress(text) };
    if (request.emulated === null) {
      return examine(invocation, { request, surroundings: linuxSurroundings(request.places, tools) });
    }
    const served = await servedSurroundings(request.emulated, tools);
    try {
      return await examine(invocation, { request, surroundings: served.surroundings });
    } finally {
      served.close();
    }
  },
};

interface Examination {
  readonly request: DoctorRequest;
  readonly surroundings: DoctorSurroundings;
}

async function examine(invocation: Invocation, { request, surroundings }: Examination): Promise<number> {
  const { output } = invocation;
  const printer = new FindingPrinter(output, request.style);
  const findings = new FindingList((finding) => {
    output.progress("");
    printer.print(finding);
  });
  if (request.recalibratePpm !== null) {
    const { recalibratePpm: targetPpm, largestCorrectionPpm: largestPpm } = request;
    return recalibrate(invocation, { surroundings, findings, printer, targetPpm, largestPpm });
  }
  await runDoctor({
    part: request.part,
    surroundings,
    findings,
    selfTest: request.selfTest,
    programFacts: () => gatherProgramFacts(request.dataFolder),
    video: await cameraOnUsb(request),
  });
  return printer.finish(findings);
}

/** The camera on USB, when the user named one or did not name another and one is plugged in. */
async function cameraOnUsb({ video, spiNamed, part, emulated }: DoctorRequest) {
  if (emulated !== null) return null;
  if (part !== "all" && part !== "lepton") return null;
  const found = video ?? (spiNamed ? null : ((await videoDevices()).find(isPureThermal)?.path ?? null));
  return found === null ? null : () => gatherVideoFacts(found);
}

interface Recalibrating {
  readonly surroundings: DoctorSurroundings;
  readonly findings: FindingList;
  readonly printer: FindingPrinter;
  readonly targetPpm: number;
  readonly largestPpm: number;
}

async function recalibrate({ output }: Invocation, work: Recalibrating): Promise<number> {
  const { printer, targetPpm, ...tools } = work;
  const stop = stopSignal();
  try {
    const note = (text: string): void => output.note(text);
    const result = await runRecalibration({ ...tools, targetPpm, note, stopRequested: stop.requested });
    if (result.kind === "done") printer.printResult(recalibrationResult(result, targetPpm));
    const exitCode = await printer.finish(tools.findings);
    if (result.kind !== "stopped") return exitCode;
    output.note("Stopped before the recalibration; the sensor's calibration is as it was.");
    return 1;
  } finally {
    stop.release();
  }
}

function recalibrationResult(
  { beforePpm, correctionPpm }: { readonly beforePpm: number; readonly correctionPpm: number },
  targetPpm: number,
): { readonly text: string; readonly json: object } {
  const correction = `${correctionPpm > 0 ? "+" : ""}${correctionPpm} ppm`;
  return {
    text: `Recalibrated: the sensor read ${beforePpm.toFixed(0)} ppm where there were ${targetPpm} ppm; it corrects itself by ${correction} from now on.`,
    json: { type: "recalibration", targetPpm, beforePpm, correctionPpm },
  };
}
