import type { DetectionPolicy } from "../detection/detection-policy.ts";
import { badInput } from "../failure.ts";
import type { GainMode } from "../frames/frame-telemetry.ts";
import { checkSchedule, isScheduled, type LocalTime, type WeeklySchedule } from "../weekly-schedule.ts";
import { acceptedCelsiusMax } from "./accepted-ceiling.ts";
import { checkOutline, type Outline } from "./outline.ts";
import { ownThresholdMax } from "./own-threshold-limit.ts";

interface RegionBase {
  readonly name: string;
  readonly outline: Outline;
  /** When it holds; null: always. */
  readonly schedule: WeeklySchedule | null;
}

/** A part of the picture that is not looked at, severe heat excepted. */
export interface MaskRegion extends RegionBase {
  readonly kind: "mask";
}

/** What an engineer has accepted as usual heat at a place, and answers for. */
export interface AcceptedHeat {
  readonly peakCelsius: number;
  /** Pixels at `hotZoneCelsius` or more. */
  readonly areaPixels: number;
  readonly by: string;
  readonly atMicros: number;
}

/** A place where heat belongs up to ceilings: below them no rule speaks of it, above them it is severe heat. */
export interface HotZoneRegion extends RegionBase {
  readonly kind: "hot-zone";
  readonly accepted: AcceptedHeat;
}

/** Limits that a region may have of its own. Severe heat is not among them, and CO2 has no place in the picture. */
export interface OwnThresholds {
  readonly fixedTemperature?: Partial<DetectionPolicy["fixedTemperature"]> | undefined;
  readonly rateOfRise?: Partial<DetectionPolicy["rateOfRise"]> | undefined;
  readonly regionGrowth?: Partial<DetectionPolicy["regionGrowth"]> | undefined;
  readonly largeHeat?: Partial<DetectionPolicy["largeHeat"]> | undefined;
}

/** A part of the picture with limits of its own, for what has its hottest pixel there. */
export interface ThresholdRegion extends RegionBase {
  readonly kind: "thresholds";
  readonly thresholds: OwnThresholds;
}

/** What somebody has drawn into the picture. */
export type PictureRegion = MaskRegion | HotZoneRegion | ThresholdRegion;

/** Most regions of a picture. */
export const pictureRegionsMax = 64;

/** A pixel of a hot zone counts as hot from here on: what commissioning accepts as background is cooler. */
export const hotZoneCelsius = 60;

/** The regions that hold at a time, in their order. */
export function regionsAt<Region extends PictureRegion>(
  regions: readonly Region[],
  atMicros: number,
  local: LocalTime,
): readonly Region[] {
  return regions.filter(({ schedule }) => schedule === null || isScheduled(schedule, atMicros, local));
}

/** The regions of one kind. */
export function regionsOfKind<Kind extends PictureRegion["kind"]>(
  regions: readonly PictureRegion[],
  kind: Kind,
): readonly Extract<PictureRegion, { kind: Kind }>[] {
  return regions.filter((one): one is Extract<PictureRegion, { kind: Kind }> => one.kind === kind);
}

/**
 * Throws badInput "picture-region", "outline" or "schedule" for what no detector with pictures of this size can use, in a
 * sentence that names the region.
 */
export function checkPictureRegions(
  regions: readonly PictureRegion[],
  { width, height }: { readonly width: number; readonly height: number },
): void {
  if (regions.length > pictureRegionsMax)
    throw badInput(
      "picture-region",
      `There are ${regions.length} regions; a picture has at most ${pictureRegionsMax}.`,
    );
  const names = new Set<string>();
  for (const region of regions) {
    const { name } = region;
    if (name === "" || names.has(name))
      throw badInput(
        "picture-region",
        `The name "${name}" is empty or given twice. Give each region one of its own.`,
      );
    names.add(name);
    checkOutline(region.outline, { name: `regions.${name}`, width, height });
    if (region.schedule !== null) checkSchedule(region.schedule, `regions.${name}.schedule`);
    if (region.kind === "hot-zone") checkAccepted(region);
    if (region.kind === "thresholds") checkThresholds(region);
  }
}

/** Throws badInput "picture-region" for a hot zone whose accepted peak leaves nothing above it that this gain can show. */
export function checkAcceptedInGain(regions: readonly PictureRegion[], gain: GainMode): void {
  for (const { name, accepted } of regionsOfKind(regions, "hot-zone"))
    if (!(accepted.peakCelsius <= acceptedCelsiusMax[gain]))
      throw badInput(
        "picture-region",
        `regions.${name}.accepted.peakCelsius: in ${gain} gain accept ${hotZoneCelsius} to ${acceptedCelsiusMax[gain]} °C, not ${accepted.peakCelsius}: the picture ends soon above that, and more heat than accepted could not be told.${gain === "high" ? " A lepton set to low gain takes up to 350." : ""}`,
      );
}

function checkAccepted({ name, accepted }: HotZoneRegion): void {
  const { peakCelsius, areaPixels, by } = accepted;
  if (!(peakCelsius >= hotZoneCelsius && peakCelsius <= acceptedCelsiusMax.low))
    throw badInput(
      "picture-region",
      `regions.${name}.accepted.peakCelsius: accept ${hotZoneCelsius} to ${acceptedCelsiusMax.low} °C, not ${peakCelsius}. Above that the camera cannot tell more heat from less.`,
    );
  if (!(areaPixels >= 1))
    throw badInput("picture-region", `regions.${name}.accepted.areaPixels: accept at least one pixel.`);
  if (by === "") throw badInput("picture-region", `regions.${name}.accepted.by: say who accepts this heat.`);
}

function checkThresholds({ name, thresholds }: ThresholdRegion): void {
  for (const rule of ["fixedTemperature", "rateOfRise", "regionGrowth", "largeHeat"] as const)
    for (const [field, value] of Object.entries(thresholds[rule] ?? {})) {
      // Left out, it is the limit of everywhere else.
      if (value === undefined) continue;
      const max = ownThresholdMax(rule, field);
      if (max === null || typeof value !== "number" || !(value > 0 && value <= max))
        throw badInput(
          "picture-region",
          `regions.${name}.thresholds.${rule}.${field}: ${max === null ? "there is no such limit." : `give a number above 0, and at most ${max}. What is to see even less is a mask.`}`,
        );
    }
}
