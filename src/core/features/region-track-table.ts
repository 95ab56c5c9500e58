import { regionDefinition } from "./region-definition.ts";
import type { Kinship } from "./region-matching.ts";
import { matchRegions } from "./region-matching.ts";
import type { PixelRun, RegionSegmenter } from "./region-segmenter.ts";
import type { RegionRank } from "./region-selection.ts";
import { selectRegions } from "./region-selection.ts";
import type { RegionShape } from "./region-shape.ts";
import { RegionSurroundings } from "./region-surroundings.ts";
import { RegionTrack } from "./region-track.ts";
import type { TrackIds } from "./track-ids.ts";

/** The regions of a second, still to be joined to tracks. */
export interface RegionSecond {
  readonly atMicros: number;
  readonly shapes: readonly RegionShape[];
  /** Tells the pixels of each of the shapes. */
  readonly segmenter: RegionSegmenter;
  readonly ignored: Uint8Array;
}

/** A region of this second that may be followed. */
interface Candidate extends RegionRank {
  readonly region: number;
  readonly track: RegionTrack | null;
}

const { tracksMax } = regionDefinition;

/** The tracks, and where in the picture each was last seen. */
export class RegionTrackTable {
  readonly tracks: readonly RegionTrack[] = Array.from(
    { length: tracksMax },
    (_, slot) => new RegionTrack(slot),
  );
  readonly surroundings: RegionSurroundings;
  /** Bit `slot` of a pixel is set when the track's region was there as last seen; lost ones may lie under others. */
  readonly #lastSeen: Uint16Array;
  readonly #overlap = new Int32Array(regionDefinition.componentsMax * tracksMax);
  readonly #near = new Int32Array(regionDefinition.componentsMax * tracksMax);
  readonly #width: number;
  readonly #ids: TrackIds;

  constructor(size: { readonly width: number; readonly height: number }, ids: TrackIds) {
    this.#ids = ids;
    this.#width = size.width;
    this.#lastSeen = new Uint16Array(size.width * size.height);
    this.surroundings = new RegionSurroundings(size);
  }

  /** Ends all tracks. */
  clear(): void {
    for (const track of this.tracks) track.end();
    this.#lastSeen.fill(0);
    this.surroundings.clear();
  }

  /** Joins the regions of a second to the tracks; answers the tracks whose region was seen, in the regions' order. */
  follow(second: RegionSecond): RegionTrack[] {
    for (const track of this.tracks)
      if (track.unseenSeconds(second.atMicros) > regionDefinition.unseenSecondsMax) track.end();
    const trackOf = matchRegions(this.#kinships(second));
    const candidates = second.shapes.map((shape, region) =>
      this.#candidate(second, { shape, region, trackOf }),
    );
    const chosen = selectRegions(candidates, { byExcess: tracksMax / 2, byGrowth: tracksMax / 2 });
    const kept = new Set(chosen.map((candidate) => candidate.track));
    for (const { track } of candidates) if (track !== null && !kept.has(track)) track.end();
    const seen = this.#see(second, chosen);
    this.#mark(second, seen);
    return [...seen.values()];
  }

  /** How much each region shares with each track. */
  #kinships(second: RegionSecond): Kinship[] {
    const used = second.shapes.length * tracksMax;
    const overlap = this.#overlap.fill(0, 0, used);
    const near = this.#near.fill(0, 0, used);
    const lastSeen = this.#lastSeen;
    second.segmenter.eachRun((region, run) => {
      const offset = region * tracksMax;
      for (let p = run.from; p < run.to; p += 1) {
        for (let bits = lastSeen[p]!; bits !== 0; bits &= bits - 1) {
          const at = offset + 31 - Math.clz32(bits & -bits);
          overlap[at] = overlap[at]! + 1;
        }
      }
      this.surroundings.countOwners(run, near, offset);
    });
    const kinships: Kinship[] = [];
    for (let i = 0; i < used; i += 1) {
      const track = this.tracks[i % tracksMax]!;
      if (!track.active || (overlap[i] === 0 && near[i] === 0)) continue;
      const region = Math.floor(i / tracksMax);
      kinships.push({ region, track: track.slot, overlap: overlap[i]!, near: near[i]!, trackId: track.id });
    }
    return kinships;
  }

  #candidate(
    second: RegionSecond,
    of: { readonly shape: RegionShape; readonly region: number; readonly trackOf: Map<number, number> },
  ): Candidate {
    const { excess, newSeverePixels } = of.shape;
    const slot = of.trackOf.get(of.region);
    const track = slot === undefined ? null : this.tracks[slot]!;
    const growth = track === null ? excess : track.growth(second.atMicros, excess);
    return { region: of.region, track, excess, growth, newSeverePixels };
  }

  /** Tells each track what was seen of it and begins new ones; answers the tracks by region, in the regions' order. */
  #see(second: RegionSecond, chosen: readonly Candidate[]): Map<number, RegionTrack> {
    const { atMicros } = second;
    const taken = new Set(chosen.map((candidate) => candidate.track));
    const seen = new Map<number, RegionTrack>();
    for (const { region, track } of chosen.toSorted((a, b) => a.region - b.region)) {
      const own = track ?? this.#beginTrack(atMicros, taken);
      taken.add(own);
      seen.set(region, own);
      const sharedPixels = track === null ? 0 : this.#overlap[region * tracksMax + own.slot]!;
      own.see({ atMicros, shape: second.shapes[region]!, sharedPixels });
    }
    return seen;
  }

  /** Takes a free place, or that of the track lost for longest: there are never more regions than places. */
  #beginTrack(atMicros: number, taken: ReadonlySet<RegionTrack | null>): RegionTrack {
    const free = this.tracks.filter((track) => !taken.has(track));
    const unused = free.find((track) => !track.active);
    const place =
      unused ?? free.reduce((a, b) => (b.unseenSeconds(atMicros) > a.unseenSeconds(atMicros) ? b : a));
    place.begin(this.#ids.take(), atMicros);
    return place;
  }

  /** Remembers where each track was seen, and what lies around it. */
  #mark(second: RegionSecond, seen: ReadonlyMap<number, RegionTrack>): void {
    const lost = this.tracks.filter((track) => track.active && track.unseenSeconds(second.atMicros) > 0);
    const lostBits = lost.reduce((bits, track) => bits | (1 << track.slot), 0);
    const lastSeen = this.#lastSeen;
    for (let p = 0; p < lastSeen.length; p += 1) lastSeen[p] = lastSeen[p]! & lostBits;
    this.surroundings.clear();
    second.segmenter.eachRun((region, run) => {
      const track = seen.get(region);
      if (track === undefined) return;
      const bit = 1 << track.slot;
      for (let p = run.from; p < run.to; p += 1) lastSeen[p] = lastSeen[p]! | bit;
      this.surroundings.claim(track.slot, run);
    });
    for (const track of lost) this.#claimLost(track);
    this.#spread(second.ignored);
  }

  /** A lost track keeps what no seen one claims, so that it can be found again near by. */
  #claimLost(track: RegionTrack): void {
    const { left, top, right, bottom } = track.shape!;
    const bit = 1 << track.slot;
    for (let y = top; y <= bottom; y += 1) {
      const row = y * this.#width;
      for (let p = row + left; p <= row + right; p += 1) {
        if ((this.#lastSeen[p]! & bit) === 0) continue;
        const run: PixelRun = { from: p, to: p + 1 };
        this.surroundings.claim(track.slot, run);
      }
    }
  }

  #spread(ignored: Uint8Array): void {
    const margins = new Uint8Array(tracksMax);
    const shapes: RegionShape[] = [];
    for (const track of this.tracks) {
      if (!track.active || track.shape === null) continue;
      margins[track.slot] = track.marginPixels;
      shapes.push(track.shape);
    }
    if (shapes.length === 0) return;
    const margin = Math.max(...margins);
    const box = {
      left: Math.min(...shapes.map((shape) => shape.left)) - margin,
      top: Math.min(...shapes.map((shape) => shape.top)) - margin,
      right: Math.max(...shapes.map((shape) => shape.right)) + margin,
      bottom: Math.max(...shapes.map((shape) => shape.bottom)) + margin,
    };
    this.surroundings.spread(box, margins, ignored);
  }
}
