import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { Problem } from "./finding.ts";
import type { VideoObservation } from "./video-probe.ts";

/** One wrong checksum may be chance; so many within seconds are the cable. */
const crcErrorsMin = 3;

/** The same picture so often in a row, more than a second, is no picture: noise always moves some pixels. */
const sameInARowMin = 10;

/** At least this share of the camera's pictures must arrive; a healthy one loses none, so fewer than this is remarked. */
const arrivedShareMin = 0.8;
const arrivedShareGood = 0.95;

/** Telemetry of very old firmware, which does not announce that the shutter is about to close (data sheet Rev 200). */
const oldTelemetryRevision = 8;

/** What the camera's pictures show to be wrong, the cause before its consequences; null when they are as they should be. */
export function judgeVideo(seen: VideoObservation): Problem | null {
  return seen.frames === 0 ? withoutPicture(seen) : (damage(seen) ?? complaints(seen));
}

/** What is to be said of a loss that is no problem yet, as a sentence; empty when there is nothing to say. */
export function remarkOnVideo({ frames, counted }: VideoObservation): string {
  if (frames >= arrivedShareGood * counted) return "";
  return `${counted - frames} were lost, where there should be none: see what keeps this computer busy, and shorten the SPI wires.`;
}

const shortCable =
  "Shorten the wires of SCLK, MISO and CS to less than 10 cm, and add a GND wire beside them.";

function withoutPicture({ level, counters }: VideoObservation): Problem {
  if (level === "low" || level === "high") return deadLine(level);
  if (counters.crcErrors >= crcErrorsMin) return crcErrors(counters.crcErrors);
  if (counters.segmentsWithoutTelemetry > 0 || counters.framesWithoutTelemetry > 0) return noTelemetry;
  if (counters.packets === 0) {
    return {
      code: "lepton-only-discards",
      text: 'The thermal camera sends nothing but packets that mean "not ready".',
      remedy:
        "Check that CS goes to pin 24 (CE0) and to no other chip, and switch the camera's supply off and on.",
    };
  }
  return {
    code: "lepton-no-picture",
    text: `The thermal camera sends packets (${counters.packets}), but they make no whole picture.`,
    remedy:
      "Switch its supply off and on; check that nothing else uses the SPI bus or keeps this computer busy.",
  };
}

function deadLine(level: "low" | "high"): Problem {
  const pins = "MISO (pin 21), SCLK (pin 23), CS (pin 24), and that the camera has its supply";
  return level === "low"
    ? {
        code: "lepton-miso-low",
        text: "The camera's data line (MISO) is always low: nothing drives it.",
        remedy: `Look for a wire that is out: check ${pins}.`,
      }
    : {
        code: "lepton-miso-high",
        text: "The camera's data line (MISO) is always high: no picture comes over it.",
        remedy: `Look for a swapped wire or a camera that does not start: check ${pins}.`,
      };
}

function crcErrors(count: number): Problem {
  return {
    code: "lepton-crc-errors",
    text: `Bits get lost between camera and computer: ${count} packets had a wrong checksum.`,
    remedy: shortCable,
  };
}

const noTelemetry: Problem = {
  code: "lepton-no-telemetry",
  text: "The thermal camera sends its pictures without telemetry, although it was told to.",
  remedy: "Switch its supply off and on; replace it if that does not help.",
};

function damage({ counters, frames, counted, sameInARow }: VideoObservation): Problem | null {
  if (counters.crcErrors >= crcErrorsMin) return crcErrors(counters.crcErrors);
  const isCounterStuck = counted === 1 && frames > sameInARowMin;
  if (isCounterStuck || sameInARow >= sameInARowMin) {
    return {
      code: "lepton-picture-frozen",
      text: "The thermal camera sends the same picture again and again.",
      remedy: "Switch its supply off and on; replace it if that does not help.",
    };
  }
  if (frames >= arrivedShareMin * counted) return null;
  return {
    code: "lepton-pictures-lost",
    text: `Only ${frames} of ${counted} pictures arrived whole.`,
    remedy: "Stop what else keeps this computer busy; if it goes on, shorten the SPI wires.",
  };
}

function complaints({ telemetry, telemetryRevision }: VideoObservation): Problem | null {
  return telemetry === null
    ? null
    : (temperatureProblem(telemetry) ?? formatProblem(telemetry, telemetryRevision));
}

function temperatureProblem({ overTemperature, shutterLockout }: FrameTelemetry): Problem | null {
  if (overTemperature === true) {
    return {
      code: "lepton-over-temperature",
      text: "The thermal camera is too hot and switches itself off within 10 s.",
      remedy: "Look whether something burns; cool the camera and give its housing air.",
    };
  }
  if (shutterLockout !== true) return null;
  return {
    code: "lepton-shutter-lockout",
    text: "The thermal camera is too cold or too hot to use its shutter, so its temperatures drift.",
    remedy: "Bring the camera to between -10 and 80 °C.",
  };
}

function formatProblem({ tLinearEnabled, agcEnabled }: FrameTelemetry, revision: number): Problem | null {
  if (tLinearEnabled !== true || agcEnabled === true) {
    return {
      code: "lepton-raw-counts",
      text: "The thermal camera's pictures are raw counts, although it was told to send temperatures.",
      remedy: "Switch its supply off and on; replace it if that does not help.",
    };
  }
  if (revision !== oldTelemetryRevision) return null;
  return {
    code: "lepton-old-firmware",
    text: "The thermal camera has very old firmware (telemetry revision 8), which does not announce its shutter.",
    remedy: "Replace it by a Lepton 3.5 of newer make; FLIR's modules cannot be updated in the field.",
  };
}
