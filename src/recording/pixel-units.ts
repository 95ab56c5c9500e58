import { badInput } from "#core/failure.ts";
import type { PixelUnit, ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Picture } from "./clip.ts";
import type { RadiometricCalibration } from "./recording.ts";

/**
 * A picture that is nowhere at or above this is no room in hundredths of a kelvin: −40 °C. Raw counts of a Lepton
 * without TLinear lie near 4,096 at the camera's own temperature (Lepton engineering data sheet), which would be −232 °C.
 */
const plausibleCentikelvinMin = 23_315;

/** Pictures looked at to find out what the values of a clip are; the first may be blank. */
const picturesLookedAt = 32;

/** Decides what the values of a whole clip are, from what the file says and from whether that is plausible. */
export function clipUnit(pictures: Iterable<Picture>): PixelUnit {
  let seen = 0;
  for (const picture of pictures) {
    if (settled(picture).unit === "centikelvin") return "centikelvin";
    seen += 1;
    if (seen === picturesLookedAt) break;
  }
  return "raw-counts";
}

/**
 * Gives one picture its final values: tenths of a kelvin become hundredths (clamped to 65,535), counts stay counts or
 * become temperatures by the calibration. In a clip of raw counts no picture is taken for temperatures.
 */
export function pictureInUnits(
  picture: Picture,
  clip: { readonly unit: PixelUnit; readonly calibration: RadiometricCalibration | null },
): { readonly unit: PixelUnit; readonly pixels: Uint16Array } {
  const plain = clip.unit === "centikelvin" ? settled(picture) : rawCounts(picture);
  if (plain.unit === "centikelvin" || clip.calibration === null) return plain;
  return { unit: "centikelvin", pixels: calibrated(picture.pixels, clip.calibration) };
}

/** A frame of raw counts as temperatures; one of temperatures stays as it is. */
export function calibratedFrame(frame: ThermalFrame, calibration: RadiometricCalibration): ThermalFrame {
  if (frame.unit === "centikelvin") return frame;
  return { ...frame, unit: "centikelvin", pixels: calibrated(frame.pixels, calibration) };
}

/** Throws Failure("input") unless gain and offset are numbers and the gain is above 0. */
export function checkCalibration(calibration: RadiometricCalibration): void {
  const { gainCentikelvinPerCount: gain, offsetCentikelvin: offset } = calibration;
  if (Number.isFinite(gain) && gain > 0 && Number.isFinite(offset)) return;
  throw badInput(
    "calibration-invalid",
    `The calibration (gain ${gain}, offset ${offset}) is not usable: give a gain above 0 and an offset, in hundredths of a kelvin.`,
  );
}

function settled(picture: Picture): { readonly unit: PixelUnit; readonly pixels: Uint16Array } {
  if (picture.statedUnit === "counts") return rawCounts(picture);
  const pixels = picture.statedUnit === "decikelvin" ? timesTen(picture.pixels) : picture.pixels;
  for (let i = 0; i < pixels.length; i += 1)
    if (pixels[i]! >= plausibleCentikelvinMin) return { unit: "centikelvin", pixels };
  return rawCounts(picture);
}

function rawCounts(picture: Picture): { readonly unit: PixelUnit; readonly pixels: Uint16Array } {
  return { unit: "raw-counts", pixels: picture.pixels };
}

function timesTen(pixels: Uint16Array): Uint16Array {
  return pixels.map((value) => Math.min(65_535, value * 10));
}

function calibrated(pixels: Uint16Array, calibration: RadiometricCalibration): Uint16Array {
  const { gainCentikelvinPerCount: gain, offsetCentikelvin: offset } = calibration;
  return pixels.map((count) => Math.min(65_535, Math.max(0, Math.round(gain * count + offset))));
}
