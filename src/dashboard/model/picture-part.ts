import type { DisabledRegion } from "#core/alarm/disabled-region.ts";
import type { Outline } from "#core/regions/outline.ts";
import type { PictureRegion } from "#core/regions/picture-region.ts";
import type { RegionsMessage } from "#wire/device-messages.ts";

/** Usual heat that a device proposes as a hot zone. */
export type Proposal = RegionsMessage["proposals"][number];

/** A part of a picture as it is drawn and listed: what the device knows, what is disabled, and what is proposed. */
export interface PicturePart {
  /** Stands on the picture and in the list, from 1. */
  readonly number: number;
  readonly name: string;
  readonly kind: PictureRegion["kind"] | "drawn" | "proposal";
  readonly outline: Outline;
  /** What the device knows by this name; null for what was only drawn to be disabled, and for proposals. */
  readonly region: PictureRegion | null;
  readonly disabled: DisabledRegion | null;
  readonly proposal: Proposal | null;
}

/** All parts of a picture; proposals whose ids this browser hides are left out. */
export function pictureParts(
  regions: RegionsMessage | null,
  about: { readonly disabled: readonly DisabledRegion[]; readonly hidden: readonly string[] },
): readonly PicturePart[] {
  const { disabled, hidden } = about;
  const known = (regions?.regions ?? []).map((region) => {
    const { name, kind, outline } = region;
    const of = disabled.find((one) => isSamePlace(one, region)) ?? null;
    return { name, kind, outline, region, disabled: of, proposal: null };
  });
  const drawn = disabled
    .filter((one) => !known.some(({ region }) => isSamePlace(one, region)))
    .map((one) => ({
      name: one.name,
      kind: "drawn" as const,
      outline: one.outline,
      region: null,
      disabled: one,
      proposal: null,
    }));
  const proposed = (regions?.proposals ?? [])
    .filter(({ id }) => !hidden.includes(id))
    .map((proposal) => ({
      name: "proposed",
      kind: "proposal" as const,
      outline: proposal.outline,
      region: null,
      disabled: null,
      proposal,
    }));
  return [...known, ...drawn, ...proposed].map((part, index) => ({ ...part, number: index + 1 }));
}

/** A disablement of a region's name that was drawn elsewhere is a part of its own. */
function isSamePlace(disabled: DisabledRegion, region: PictureRegion): boolean {
  return disabled.name === region.name && JSON.stringify(disabled.outline) === JSON.stringify(region.outline);
}
