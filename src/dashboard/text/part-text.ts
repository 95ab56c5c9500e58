import { assertNever } from "#core/failure.ts";
import type { OwnThresholds, PictureRegion } from "#core/regions/picture-region.ts";
import type { PicturePart, Proposal } from "../model/picture-part.ts";
import { durationText } from "./duration-text.ts";
import { scheduleWords } from "./schedule-words.ts";

/** What a kind of part is called. */
export const partKindNames: Readonly<Record<PicturePart["kind"], string>> = {
  mask: "Mask",
  "hot-zone": "Hot zone",
  thresholds: "Limits of its own",
  drawn: "Drawn for now",
  proposal: "Proposed hot zone",
};

/** What a part of the picture does, a sentence each; what is disabled is said elsewhere. */
export function partLines({ region, proposal }: Pick<PicturePart, "region" | "proposal">): readonly string[] {
  if (region !== null) return [regionLine(region), holdsLine(region.schedule)];
  if (proposal === null) return [];
  return [
    proposalLine(proposal),
    `It would hold ${scheduleWords(proposal.schedule)}, by the device's local time.`,
  ];
}

/** A share for people: never 0 % of what is not nothing. */
export function shareText(share: number): string {
  const percent = Math.round(100 * share);
  if (share > 0 && percent === 0) return "less than 1 %";
  return share < 1 && percent === 100 ? "more than 99 %" : `${percent} %`;
}

function regionLine(region: PictureRegion): string {
  switch (region.kind) {
    case "mask":
      return "Nothing is looked for here but severe heat.";
    case "hot-zone": {
      const { peakCelsius, areaPixels, by, atMicros } = region.accepted;
      const on = new Date(atMicros / 1_000).toLocaleDateString("en-GB", { dateStyle: "medium" });
      return `Accepted by ${by} on ${on}: heat up to ${peakCelsius} °C and ${areaPixels} pixels of 60 °C or more. Above that it is severe heat.`;
    }
    case "thresholds":
      return `Other limits than elsewhere: ${limitsText(region.thresholds)}.`;
    default:
      return assertNever(region);
  }
}

function proposalLine({ peakCelsius, areaPixels, hotSeconds }: Proposal): string {
  return `The device has seen up to ${Math.ceil(peakCelsius)} °C here, warm over ${Math.ceil(areaPixels)} pixels, for ${durationText(1_000 * hotSeconds)} in all. It alarms as anywhere until somebody accepts it.`;
}

function holdsLine(schedule: PictureRegion["schedule"]): string {
  const words = scheduleWords(schedule);
  return words === "always" ? "Holds always." : `Holds ${words}, by the device's local time.`;
}

const ruleNames: Readonly<Record<keyof OwnThresholds, string>> = {
  fixedTemperature: "fixed temperature",
  rateOfRise: "rate of rise",
  regionGrowth: "growth",
  largeHeat: "large heat",
};

/** A unit stands last in the name of a limit; the longer ones first. */
const units: readonly (readonly [suffix: RegExp, unit: string])[] = [
  [/KelvinPerSecond$/i, "K/s"],
  [/PixelsPerSecond$/i, "pixels/s"],
  [/Celsius$/i, "°C"],
  [/Kelvin$/i, "K"],
  [/Pixels$/i, "pixels"],
  [/Seconds$/i, "s"],
];

function limitsText(thresholds: OwnThresholds): string {
  const rules = Object.entries(thresholds) as [
    keyof OwnThresholds,
    Readonly<Record<string, number | undefined>>,
  ][];
  return rules
    .flatMap(([rule, limits]) =>
      Object.entries(limits ?? {}).flatMap(([field, value]) =>
        value === undefined ? [] : `${ruleNames[rule]} ${limitText(field, value)}`,
      ),
    )
    .join(", ");
}

function limitText(field: string, value: number): string {
  const [suffix, unit] = units.find(([one]) => one.test(field)) ?? [/$/, ""];
  const words = field.replace(suffix, "").replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return [words, value, unit].filter((word) => word !== "").join(" ");
}
