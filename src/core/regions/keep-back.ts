import type { DisabledRegion } from "../alarm/disabled-region.ts";
import type { Evidence } from "../alarm/evidence.ts";
import type { Reason } from "../alarm/reason.ts";
import type { FeatureSecond, RegionObservation } from "../features/feature-second.ts";
import { isWithin, type Outline } from "./outline.ts";
import type { HotZoneRegion } from "./picture-region.ts";

type Box = RegionObservation["box"];

/**
 * Takes out of a second's evidence what a hot zone accepts, and puts aside what a disabled region keeps back. Only a hot
 * region that lies wholly within an outline belongs to it: one that reaches out of it is judged as anywhere else, and so is
 * a reason whose region is not known.
 */
export function keepBack(
  evidence: Evidence,
  second: FeatureSecond,
  places: { readonly hotZones: readonly HotZoneRegion[]; readonly disabled: readonly DisabledRegion[] },
): Evidence {
  const { hotZones, disabled } = places;
  if (hotZones.length === 0 && disabled.length === 0) return evidence;
  const belongs = (reason: Reason, outlines: readonly { readonly outline: Outline }[]): boolean => {
    const box = boxOf(reason, second);
    return box !== null && outlines.some(({ outline }) => isBoxWithin(outline, box));
  };
  const isAccepted = (reason: Reason): boolean => belongs(reason, hotZones);
  const isWithheld = (reason: Reason): boolean => !isAccepted(reason) && belongs(reason, disabled);
  const isRaised = (reason: Reason): boolean => !isAccepted(reason) && !belongs(reason, disabled);
  const alarm = evidence.alarm.filter(isRaised);
  const prealarm = evidence.prealarm.filter(isRaised);
  return {
    ...evidence,
    alarm,
    prealarm,
    withheld: { alarm: evidence.alarm.filter(isWithheld), prealarm: evidence.prealarm.filter(isWithheld) },
    severeHeat: alarm.some(({ code }) => code === "severe-heat"),
    // 1 says that something raises FIRE, and here nothing does.
    nearness: alarm.length > 0 ? 1 : Math.min(evidence.nearness, nearnessMax),
  };
}

const nearnessMax = 0.99;

/** The box of the region a reason speaks of: rules name its middle, the model its hottest pixel. */
function boxOf({ code, location }: Reason, second: FeatureSecond): Box | null {
  if (location === null) return null;
  const isThere = (region: RegionObservation): boolean => {
    const [x, y] = code.startsWith("model-")
      ? [region.peakX, region.peakY]
      : [region.centroidX, region.centroidY];
    return Math.round(x) === location.x && Math.round(y) === location.y;
  };
  const found = second.tracked.find(isThere) ?? second.severeMasked.find(isThere);
  return found?.box ?? null;
}

/** Whether the middles of all pixels at the edge of a box lie within an outline. */
function isBoxWithin(outline: Outline, { left, right, top, bottom }: Box): boolean {
  for (let x = left; x <= right; x += 1)
    for (const y of [top, bottom]) if (!isWithin(outline, { x: x + 0.5, y: y + 0.5 })) return false;
  for (let y = top; y <= bottom; y += 1)
    for (const x of [left, right]) if (!isWithin(outline, { x: x + 0.5, y: y + 0.5 })) return false;
  return true;
}
