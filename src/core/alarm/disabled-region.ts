import type { Outline } from "../regions/outline.ts";
import { type AlarmDraft, change } from "./alarm-draft.ts";
import type { TimedCondition } from "./alarm-state.ts";

/** Most regions of a picture that are disabled at a time; a further one is not disabled, and the event says so. */
export const disabledRegionsMax = 32;

/** A part of the picture in which nothing raises a level for now; visible, by somebody, with a reason and an end. */
export interface DisabledRegion extends TimedCondition {
  readonly name: string;
  /** In pixels from the top left. */
  readonly outline: Outline;
}

/**
 * Disables a region, or gives the one of this name a new outline, reason and end. False when there are too many, and then
 * nothing is disabled.
 */
export function disableRegion(draft: AlarmDraft, region: DisabledRegion): boolean {
  const others = draft.state.disabledRegions.filter(({ name }) => name !== region.name);
  if (others.length >= disabledRegionsMax) return false;
  change(draft, { disabledRegions: [...others, region] });
  return true;
}

/** Ends the disablement of the region of this name. */
export function enableRegion(draft: AlarmDraft, name: string): void {
  change(draft, { disabledRegions: draft.state.disabledRegions.filter((region) => region.name !== name) });
}
