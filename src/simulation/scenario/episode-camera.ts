import { microsPerMillisecond, microsPerSecond, secondsBetween } from "#core/time.ts";
import type { CameraLoops, CameraLoopsMaker } from "../devices/camera-loops.ts";
import type { LeptonTemperatures } from "../devices/emulated-lepton-module.ts";
import { bootMs } from "../devices/emulated-lepton-supply.ts";
import { segmentPeriodMicros, segmentsPerCycle } from "../devices/emulated-vospi-stream.ts";
import { HostArrivals } from "../devices/host-arrivals.ts";
import { PlainCameraLoops } from "../devices/plain-camera-loops.ts";
import { SceneOfRoom } from "../devices/scene-of-room.ts";
import { arrivalMicros } from "../devices/unwired-lepton.ts";
import type { Episode } from "./episode.ts";
import type { GainSetting } from "./scenario.ts";

/**
 * The camera has had its supply for so long when an episode begins: after its first correction, and more than
 * `longestSetUpSeconds` before the next; drawn by lot, so that two cameras do not correct together.
 */
const shortestUptimeSeconds = 20;
const longestUptimeSeconds = 170;

/** A camera warms up by itself over the air around it, less than would ask for a correction before its time. Assumed. */
const coldFpaOverAirKelvin = 4;
const fpaWarmingKelvin = 3;
const fpaWarmingMs = 300_000;
const housingBelowFpaKelvin = 1.5;
const zeroCelsiusKelvin = 273.15;

/** A host that has set the gain has the camera correct itself so long before an episode begins. */
const correctedBeforeSeconds = 3;

const serialNumbers = 1_000_000;

/** Options of `EpisodeCamera`. */
export interface EpisodeCameraOptions {
  /** When the episode begins. */
  readonly startMicros: number;
  /** Instead of one drawn by lot. */
  readonly uptimeAtStartSeconds?: number;
  /** How the camera's gain is set, instead of as the episode's unit has it. */
  readonly gainMode?: GainSetting;
  /** What makes its loops over all pixels; plain TypeScript where left out. */
  readonly loops?: CameraLoopsMaker | undefined;
}

/**
 * The unit that looks at an episode, as both ways of rendering it make one: what an emulated Lepton sees and how it is,
 * when somebody makes it correct itself, and when its pictures reach the host.
 */
export class EpisodeCamera {
  /** Give it to the emulated Lepton. */
  readonly seen: SceneOfRoom;
  /** Its detector's and its imager's: give them to the emulated Lepton. */
  readonly loops: CameraLoops;
  readonly temperatures: LeptonTemperatures;
  readonly serialNumber: number;
  readonly gainMode: GainSetting;
  readonly uptimeAtStartMicros: number;
  /** When its first segment was ready. */
  readonly bootedMicros: number;
  /** Moments of corrections that somebody orders, in order. */
  readonly correctionsMicros: readonly number[];
  readonly #startMicros: number;
  readonly #arrivals: HostArrivals;

  constructor(episode: Episode, options: EpisodeCameraOptions) {
    const { startMicros } = options;
    const random = episode.random("camera");
    this.loops = options.loops?.() ?? new PlainCameraLoops();
    this.#startMicros = startMicros;
    this.serialNumber = 1 + random.integer(serialNumbers);
    const drawnSeconds = random.between(shortestUptimeSeconds, longestUptimeSeconds);
    this.uptimeAtStartMicros = Math.round((options.uptimeAtStartSeconds ?? drawnSeconds) * microsPerSecond);
    this.bootedMicros = startMicros - this.uptimeAtStartMicros + bootMs * microsPerMillisecond;
    this.seen = new SceneOfRoom({
      room: {
        radianceAt: (atMicros) => episode.radianceAt(Math.max(0, secondsBetween(startMicros, atMicros))),
      },
      random,
      unitBiasKelvin: episode.variation.unitBiasKelvin,
      badPixels: "any",
      startMicros,
      correctedAtMicros: this.bootedMicros,
      loops: this.loops,
    });
    this.temperatures = temperaturesAt(episode.climate.insideCelsius + zeroCelsiusKelvin);
    const ordered = episode.staging.cameraEvents
      .filter((event) => event.kind === "ffc")
      .map(({ atSeconds }) => atSeconds);
    // A change of gain wants a correction, and the host sees to it before it looks.
    this.gainMode = options.gainMode ?? episode.variation.gainMode;
    const afterSetUp = this.gainMode === "automatic" ? [-correctedBeforeSeconds] : [];
    this.correctionsMicros = [...afterSetUp, ...ordered]
      .map((seconds) => this.#correctionMicros(startMicros + Math.round(seconds * microsPerSecond)))
      .sort((one, other) => one - other);
    this.#arrivals = new HostArrivals(episode.random("frame-times"));
  }

  /** The last boundary between two segments of the module at or before a time. */
  segmentBefore(atMicros: number): number {
    return this.bootedMicros + this.#segmentsBefore(atMicros) * segmentPeriodMicros;
  }

  /** When a picture reaches the host that the module had ready at this time; asked for each picture in turn. */
  arrivalOf(readyMicros: number): number {
    return this.#startMicros + this.#arrivals.arrivalMicros(readyMicros - this.#startMicros);
  }

  /** Whether a picture that was ready at this time was taken since the episode began. */
  isOfEpisode(readyMicros: number): boolean {
    return readyMicros - arrivalMicros >= this.#startMicros;
  }

  #segmentsBefore(atMicros: number): number {
    return Math.floor((atMicros - this.bootedMicros) / segmentPeriodMicros);
  }

  /** On a boundary at which no picture is taken, so that it does not matter which of both comes first. */
  #correctionMicros(wantedMicros: number): number {
    const isPicture = this.#segmentsBefore(wantedMicros) % segmentsPerCycle === 0;
    return this.segmentBefore(wantedMicros) + (isPicture ? segmentPeriodMicros : 0);
  }
}

function temperaturesAt(airKelvin: number): LeptonTemperatures {
  return (uptimeMs) => {
    const warmed = fpaWarmingKelvin * (1 - Math.exp(-uptimeMs / fpaWarmingMs));
    const fpaKelvin = airKelvin + coldFpaOverAirKelvin + warmed;
    return { fpaKelvin, housingKelvin: fpaKelvin - housingBelowFpaKelvin };
  };
}
