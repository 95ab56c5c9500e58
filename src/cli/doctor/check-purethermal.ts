import type { VideoDevice } from "./doctor-surroundings.ts";
import type { CheckName, FindingList, Problem } from "./finding.ts";
import type { VideoFacts } from "./program-facts.ts";

/** What is looked at of a camera on USB. */
export const purethermalChecks: readonly CheckName[] = ["purethermal", "ffmpeg"];

/** Whether a camera calls itself a PureThermal. */
export function isPureThermal({ name }: VideoDevice): boolean {
  return name?.includes("PureThermal") === true;
}

/** Checks a PureThermal's device node, and the program through which its pictures come. */
export function checkPureThermal(facts: VideoFacts, findings: FindingList): void {
  const problem = deviceProblem(facts);
  const { path, name } = facts.device;
  if (problem !== null) findings.problem("purethermal", problem);
  else findings.ok("purethermal", `${path} can be opened; it is "${name ?? "a camera without a name"}".`);
  if (facts.ffmpegVersion !== null) findings.ok("ffmpeg", `${facts.ffmpegVersion}.`);
  else {
    findings.problem("ffmpeg", {
      code: "ffmpeg-missing",
      text: "The program ffmpeg, through which a camera on USB is read, is not there.",
      remedy: 'Install it with "sudo apt install ffmpeg".',
    });
  }
}

function deviceProblem({ device, access, others }: VideoFacts): Problem | null {
  const { path, name } = device;
  const found = others.find(isPureThermal);
  const other = found === undefined || found.path === path ? "" : ` A PureThermal is ${found.path}.`;
  if (access === "missing") {
    return {
      code: "video-missing",
      text: `${path} is not there.`,
      remedy: `Plug the PureThermal in, by a cable that carries data; "lsusb" must list 1e4e:0100.${other}`,
    };
  }
  if (access === "permission-denied") {
    return {
      code: "video-permission",
      text: `This user may not use ${path}.`,
      remedy: 'Add it to the group with "sudo usermod -aG video $USER" and log in again.',
    };
  }
  if (name === null || isPureThermal(device)) return null;
  return {
    code: "video-other-camera",
    text: `${path} is "${name}", not a PureThermal.`,
    remedy: `Name the PureThermal's device with --video.${other}`,
  };
}
