import { regionFeatureNames } from "../features/feature-schema.ts";
import type { FeatureSecond, RegionObservation } from "../features/feature-second.ts";
import { microsPerSecond } from "../time.ts";
import { type LocalTime, minuteOfWeek, minutesPerWeek, type WeeklySchedule } from "../weekly-schedule.ts";
import { type Outline, rectangleOutline } from "./outline.ts";
import { type HotZoneRegion, hotZoneCelsius } from "./picture-region.ts";

/** Side of the squares of the picture that heat is remembered by. */
export const blockPixels = 8;

/** Most cells that are remembered; above it the eighth with the least heat is forgotten. */
export const learnedCellsMax = 8_192;

/** After so many weeks what was seen counts half. */
const halfLifeWeeks = 4;

/** Heat is proposed when it has been there in the same hour of at least two weeks lately … */
const proposedWeeksMin = 1.5;

/** … and for a minute in all. */
const proposedSecondsMin = 60;

/** Most zones that are proposed at a time: those with the most heat. */
const proposalsMax = 32;

/** Heat at one place in one hour of the week. */
export interface LearnedCell {
  /** 0 for Monday 0:00 to 167, in local time. */
  readonly hour: number;
  /** Number of the square, row by row. */
  readonly block: number;
  /** The week it was seen in last, counted from 1970. */
  readonly week: number;
  /** Weeks it was seen in, and seconds, both as of that week; older ones count less. */
  readonly weeks: number;
  readonly hotSeconds: number;
  /** The most that was seen since the cell is remembered. */
  readonly peakCelsius: number;
  readonly areaPixels: number;
}

/** A hot zone that an engineer may accept, or not. */
export interface HotZoneProposal {
  readonly outline: Outline;
  readonly schedule: WeeklySchedule;
  /** The most that was seen there. */
  readonly peakCelsius: number;
  /** Size of the largest region that was seen there, with its warm edge: more than its hot pixels. */
  readonly areaPixels: number;
  readonly hotSeconds: number;
}

const areaFeature = regionFeatureNames.indexOf("r_area");
const peakFeature = regionFeatureNames.indexOf("r_peak");

/**
 * Learns where and when it is hot at a site, and only proposes: nothing that it knows changes what alarms. What it has
 * learnt is plain data, to be saved and given back.
 */
export class LearnedHeat {
  readonly #columns: number;
  readonly #cells: Map<number, LearnedCell>;
  #week = 0;

  constructor(options: { readonly width: number; readonly cells: readonly LearnedCell[] }) {
    this.#columns = Math.ceil(options.width / blockPixels);
    this.#cells = new Map(options.cells.slice(0, learnedCellsMax).map((cell) => [keyOf(cell), cell]));
    for (const { week } of options.cells) this.#week = Math.max(this.#week, week);
  }

  /** Takes in a second; whoever calls leaves out those of an alarm, so that a fire is nothing usual. */
  addSecond(second: FeatureSecond, local: LocalTime): void {
    const hour = Math.floor(minuteOfWeek(second.atMicros, local) / 60);
    const week = weekOf(second.atMicros, local);
    this.#week = week;
    for (const region of second.tracked) {
      const peakCelsius = region.features[peakFeature]!;
      if (!(peakCelsius >= hotZoneCelsius)) continue;
      const areaPixels = region.features[areaFeature]!;
      for (const block of this.#blocksOf(region)) this.#heat({ hour, block, week, peakCelsius, areaPixels });
    }
    if (this.#cells.size > learnedCellsMax) this.#forget();
  }

  /** All that is known, to be saved. */
  snapshot(): readonly LearnedCell[] {
    return [...this.#cells.values()];
  }

  /** Zones of heat that came again in the same hours of several weeks, those with the most heat first. */
  proposals(): readonly HotZoneProposal[] {
    const usual = [...this.#cells.values()]
      .map((cell) => decayed(cell, this.#week))
      .filter(({ weeks, hotSeconds }) => weeks >= proposedWeeksMin && hotSeconds >= proposedSecondsMin);
    return this.#groups(usual)
      .map((cells) => this.#propose(cells))
      .sort((a, b) => b.hotSeconds - a.hotSeconds)
      .slice(0, proposalsMax);
  }

  #blocksOf({ box }: RegionObservation): readonly number[] {
    const blocks: number[] = [];
    const last = (pixel: number): number => Math.floor(pixel / blockPixels);
    for (let row = last(box.top); row <= last(box.bottom); row += 1)
      for (let column = last(box.left); column <= last(box.right); column += 1)
        blocks.push(row * this.#columns + column);
    return blocks;
  }

  #heat(seen: Pick<LearnedCell, "hour" | "block" | "week" | "peakCelsius" | "areaPixels">): void {
    const key = keyOf(seen);
    const known = this.#cells.get(key);
    if (known === undefined) {
      this.#cells.set(key, { ...seen, weeks: 1, hotSeconds: 1 });
      return;
    }
    const before = decayed(known, seen.week);
    this.#cells.set(key, {
      ...seen,
      weeks: before.weeks + (known.week === seen.week ? 0 : 1),
      hotSeconds: before.hotSeconds + 1,
      peakCelsius: Math.max(known.peakCelsius, seen.peakCelsius),
      areaPixels: Math.max(known.areaPixels, seen.areaPixels),
    });
  }

  #forget(): void {
    const heat = (cell: LearnedCell): number => decayed(cell, this.#week).hotSeconds;
    const coldest = [...this.#cells.values()].sort((a, b) => heat(a) - heat(b));
    for (const cell of coldest.slice(0, learnedCellsMax / 8)) this.#cells.delete(keyOf(cell));
  }

  /** Cells of squares that touch, whatever their hours. */
  #groups(cells: readonly LearnedCell[]): readonly (readonly LearnedCell[])[] {
    const waiting = new Set(cells);
    const groups: LearnedCell[][] = [];
    for (const first of cells) {
      if (!waiting.delete(first)) continue;
      const group = [first];
      // The group grows while it is walked through, until nothing touches it any more.
      for (const cell of group)
        for (const other of waiting) if (this.#touch(cell, other) && waiting.delete(other)) group.push(other);
      groups.push(group);
    }
    return groups;
  }

  #touch(one: LearnedCell, other: LearnedCell): boolean {
    const [a, b] = [this.#place(one), this.#place(other)];
    return Math.abs(a.column - b.column) <= 1 && Math.abs(a.row - b.row) <= 1;
  }

  #place({ block }: LearnedCell): { readonly column: number; readonly row: number } {
    return { column: block % this.#columns, row: Math.floor(block / this.#columns) };
  }

  #propose(cells: readonly LearnedCell[]): HotZoneProposal {
    const places = cells.map((cell) => this.#place(cell));
    const left = Math.min(...places.map(({ column }) => column));
    const top = Math.min(...places.map(({ row }) => row));
    const right = Math.max(...places.map(({ column }) => column)) + 1;
    const bottom = Math.max(...places.map(({ row }) => row)) + 1;
    return {
      outline: rectangleOutline({
        left: left * blockPixels,
        top: top * blockPixels,
        width: (right - left) * blockPixels,
        height: (bottom - top) * blockPixels,
      }),
      schedule: stretchesOf(cells.map(({ hour }) => hour)),
      peakCelsius: Math.max(...cells.map(({ peakCelsius }) => peakCelsius)),
      areaPixels: Math.max(...cells.map(({ areaPixels }) => areaPixels)),
      hotSeconds: cells.reduce((sum, { hotSeconds }) => sum + hotSeconds, 0),
    };
  }
}

/** The hot zone that an engineer makes of a proposal, with ceilings that are theirs and not the proposal's. */
export function acceptProposal(
  { outline, schedule }: HotZoneProposal,
  accepted: HotZoneRegion["accepted"] & { readonly name: string },
): HotZoneRegion {
  const { name, ...heat } = accepted;
  return { kind: "hot-zone", name, outline, schedule, accepted: heat };
}

function keyOf({ hour, block }: Pick<LearnedCell, "hour" | "block">): number {
  return block * 168 + hour;
}

function weekOf(atMicros: number, { utcOffsetMinutes }: LocalTime): number {
  const minutes = Math.floor(atMicros / (60 * microsPerSecond)) + utcOffsetMinutes;
  // As `minuteOfWeek`: weeks begin on Monday, and 1970 on a Thursday.
  return Math.floor((minutes + 3 * 24 * 60) / minutesPerWeek);
}

/** A cell as it counts in a later week. A clock that was set back makes nothing older. */
function decayed(cell: LearnedCell, week: number): LearnedCell {
  const share = 0.5 ** (Math.max(0, week - cell.week) / halfLifeWeeks);
  return { ...cell, weeks: cell.weeks * share, hotSeconds: cell.hotSeconds * share };
}

/** Hours that follow each other as one stretch. */
function stretchesOf(hours: readonly number[]): WeeklySchedule {
  const stretches: { fromMinute: number; toMinute: number }[] = [];
  for (const hour of [...new Set(hours)].sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && last.toMinute === hour * 60) last.toMinute += 60;
    else stretches.push({ fromMinute: hour * 60, toMinute: hour * 60 + 60 });
  }
  return stretches;
}
