import type { AlarmNotice } from "#core/alarm/alarm-notice.ts";
import type { DeviceDetector } from "#core/detection/device-detector.ts";
import { Failure } from "#core/failure.ts";
import { acceptProposal, type HotZoneProposal, LearnedHeat } from "#core/regions/learned-heat.ts";
import { coversPixel, type Outline } from "#core/regions/outline.ts";
import {
  checkAcceptedInGain,
  checkPictureRegions,
  type PictureRegion,
  regionsOfKind,
} from "#core/regions/picture-region.ts";
import { blindedShare, maskOf } from "#core/regions/region-masks.ts";
import { microsPerSecond } from "#core/time.ts";
import { utcOffsetMinutes } from "#core/time-zone.ts";
import type { ZonePolicy } from "#core/zone/zone-policy.ts";
import type { RegionsMessage } from "#wire/device-messages.ts";
import type { SavedSite } from "./saved-device.ts";

/** Daylight saving begins and ends on whole minutes. */
const lookAtTimeEveryMicros = 60 * microsPerSecond;
/** Proposals change over weeks; the hub is told so often, and at once of what somebody changed. */
const tellEveryMicros = 600 * microsPerSecond;

/** What a device's site needs. */
export interface DeviceSiteOptions {
  readonly width: number;
  readonly height: number;
  /** Regions of the device's configuration. */
  readonly configured: readonly PictureRegion[];
  /** The policy of the device's own zone; null where it runs none. */
  readonly zonePolicy: ZonePolicy | null;
  /** For schedules; null for a device that goes by UTC. */
  readonly timeZone: string | null;
  readonly saved: SavedSite;
  readonly log: (line: string) => void;
  /** Somebody has changed what alarms: to be told as an event. */
  readonly onNotice: (notice: AlarmNotice) => void;
  /** Regions or proposals are others now: to be saved, recorded and told. */
  readonly onChange: () => void;
}

/** What came of something that somebody asked. */
export interface SiteAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/**
 * What a device knows of its place: the regions of its configuration, hot zones that an engineer has accepted, what it
 * has learnt of usual heat, and the local time. What is learnt only proposes.
 */
export class DeviceSite {
  readonly #options: DeviceSiteOptions;
  readonly learnedHeat: LearnedHeat;
  #accepted: readonly PictureRegion[];
  #detector: DeviceDetector | null = null;
  #offsetMinutes: number | null = null;
  #lookedAtMicros = Number.NEGATIVE_INFINITY;
  #toldAtMicros = Number.NEGATIVE_INFINITY;

  constructor(options: DeviceSiteOptions) {
    this.#options = options;
    this.learnedHeat = new LearnedHeat({ width: options.width, cells: options.saved.learnedHeat });
    this.#accepted = this.#withoutWhatCannotStand();
  }

  /** All regions of the picture, those of the configuration first. */
  get regions(): readonly PictureRegion[] {
    return [...this.#options.configured, ...this.#accepted];
  }

  /** Hot zones that were accepted at work, and what was learnt. */
  toSave(): SavedSite {
    return { regions: this.#accepted, learnedHeat: this.learnedHeat.snapshot() };
  }

  /** Distance of local time from UTC, as told last. */
  get offsetMinutes(): number {
    return this.#offsetMinutes ?? 0;
  }

  /** From now on this detector is told of regions and of the time. */
  attach(detector: DeviceDetector): void {
    this.#detector = detector;
  }

  /** Time went by; called each second while the device runs. The first call tells regions and proposals. */
  tick(atMicros: number): void {
    if (Math.abs(atMicros - this.#lookedAtMicros) >= lookAtTimeEveryMicros) this.followTime(atMicros);
    if (Math.abs(atMicros - this.#toldAtMicros) < tellEveryMicros) return;
    this.#toldAtMicros = atMicros;
    this.#options.onChange();
  }

  /** The outline of a region that somebody names; null where there is none of this name. */
  outlineOf(name: string): Outline | null {
    return this.regions.find((region) => region.name === name)?.outline ?? null;
  }

  /** Whether an outline covers any pixel of this device's picture. */
  covers(outline: Outline): boolean {
    return coversPixel(outline, this.#options);
  }

  /** Makes a hot zone out of a proposal, by an engineer's word and with his ceilings. */
  accept(asked: {
    readonly proposal: string;
    readonly name: string;
    readonly peakCelsius: number;
    readonly areaPixels: number;
    readonly by: string;
    readonly atMicros: number;
  }): SiteAnswer {
    const { proposal: id, ...accepted } = asked;
    const proposal = this.#proposals().find((one) => proposalId(one) === id);
    if (proposal === undefined)
      return { ok: false, text: "There is no such proposal any more: look at the proposals again." };
    const zone = acceptProposal(proposal, accepted);
    const refused =
      refusalOf(() => checkAcceptedInGain([zone], this.#detector?.gain ?? "high")) ??
      this.#use([...this.#accepted, zone]);
    if (refused !== null) return refused;
    const { name, peakCelsius, areaPixels, by, atMicros } = asked;
    this.#options.onNotice({ type: "hot-zone-accepted", atMicros, name, by, peakCelsius, areaPixels });
    return { ok: true, text: `The hot zone "${name}" is accepted.` };
  }

  /** Takes back a hot zone that was accepted at work; those of the configuration are the installer's. */
  withdraw(asked: { readonly name: string; readonly by: string; readonly atMicros: number }): SiteAnswer {
    const { name } = asked;
    const zone = regionsOfKind(this.#accepted, "hot-zone").find((region) => region.name === name);
    if (zone === undefined)
      return { ok: false, text: `There is no hot zone "${name}" that was accepted here.` };
    const refused = this.#use(this.#accepted.filter((region) => region.name !== name));
    if (refused !== null) return refused;
    const { peakCelsius, areaPixels } = zone.accepted;
    this.#options.onNotice({ type: "hot-zone-withdrawn", ...asked, peakCelsius, areaPixels });
    return { ok: true, text: `The hot zone "${name}" is taken back.` };
  }

  /** What the hub is told. */
  message(atMicros: number): RegionsMessage {
    const { width, height } = this.#options;
    const { regions } = this;
    return {
      v: 1,
      atMicros,
      regions: [...regions],
      blindedShare: blindedShare(maskOf(regions, { width, height }), { width, height }),
      proposals: this.#proposals().map((one) => ({ id: proposalId(one), ...one })),
    };
  }

  /** What has been accepted already is proposed no more. */
  #proposals(): readonly HotZoneProposal[] {
    const accepted = new Set(this.#accepted.map(proposalId));
    return this.learnedHeat.proposals().filter((proposal) => !accepted.has(proposalId(proposal)));
  }

  /** Uses these; what refuses them as an answer, null where nothing does. */
  #use(accepted: readonly PictureRegion[]): SiteAnswer | null {
    const refused = refusalOf(() => this.#detector?.setRegions([...this.#options.configured, ...accepted]));
    if (refused !== null) return refused;
    this.#accepted = accepted;
    this.#options.onChange();
    return null;
  }

  /** Tells the detector how far local time is ahead of UTC now; called once before the device runs. */
  followTime(atMicros: number): void {
    this.#lookedAtMicros = atMicros;
    const { timeZone, zonePolicy } = this.#options;
    const offset = timeZone === null ? 0 : utcOffsetMinutes(timeZone, atMicros);
    if (offset === this.#offsetMinutes) return;
    this.#offsetMinutes = offset;
    this.#detector?.setLocalTime({ utcOffsetMinutes: offset });
    if (zonePolicy !== null) this.#detector?.setZonePolicy({ ...zonePolicy, utcOffsetMinutes: offset });
  }

  /** The configuration may have changed since a zone was accepted: then it goes before. */
  #withoutWhatCannotStand(): readonly PictureRegion[] {
    const { configured, saved, log } = this.#options;
    const kept: PictureRegion[] = [];
    for (const region of saved.regions) {
      try {
        checkPictureRegions([...configured, ...kept, region], this.#options);
        kept.push(region);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        log(`The accepted hot zone "${region.name}" is dropped: ${error.message}`);
      }
    }
    return kept;
  }
}

/** What a check refuses as an answer for people; null where it refuses nothing. */
function refusalOf(check: () => void): SiteAnswer | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Failure) return { ok: false, text: error.message };
    throw error;
  }
}

function proposalId({ outline }: { readonly outline: Outline }): string {
  return outline.map(({ x, y }) => `${x},${y}`).join(" ");
}
