import { assert } from "#core/failure.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import { secondsBetween } from "#core/time.ts";
import { AirProbe, transportSecondsTo } from "../devices/air-probe.ts";
import { StagedFire } from "../fire/staged-fire.ts";
import { Episode } from "../scenario/episode.ts";
import type { DemoRoomKind } from "./demo-rooms.ts";
import { demoScenario } from "./demo-scenarios.ts";

/** Options of `LiveRoom`. */
export interface LiveRoomOptions {
  readonly seed: number;
  /** When the room's time begins. */
  readonly startMicros: number;
  readonly kind: DemoRoomKind;
}

/** After a longer pause than this (the machine slept) the room's time goes on from where it stopped. */
const longestGapSeconds = 120;
/** The air sensor follows the room's air in steps of this length. */
const airStepSeconds = 1;

/**
 * A demo room that goes on for as long as somebody looks: an episode without end whose fire is lit and put out on
 * command. Only radiance and readings leave it; nothing says whether it burns but what a real sensor would see. One
 * seed makes one room, and the same calls bring the same pictures.
 *
 * Times are given in the caller's wall-clock time. When that clock is set back, or the machine has slept, the room's
 * own time goes on from where it was.
 */
export class LiveRoom {
  readonly #episode: Episode;
  readonly #fire: StagedFire;
  readonly #probe: AirProbe;
  #lastMicros: number;
  #seconds = 0;
  #airSteps = 0;

  constructor(options: LiveRoomOptions) {
    const { kind, seed } = options;
    const scenario = demoScenario({
      name: kind,
      title: "A room of the demo.",
      room: kind,
      seconds: Number.MAX_SAFE_INTEGER,
      igniteAtSeconds: Number.POSITIVE_INFINITY,
    });
    this.#episode = new Episode({ scenario, seed, fire: "as-staged", flameRenderer: "plume" });
    const { staging, airSensorPlace, space } = this.#episode;
    assert(staging.fire instanceof StagedFire, "a fire that is lit on command is staged");
    this.#fire = staging.fire;
    this.#probe = new AirProbe(this.#episode.random("air-sensor"), this.#episode.airAt(0), {
      transportSeconds: transportSecondsTo(airSensorPlace, space),
    });
    this.#lastMicros = options.startMicros;
  }

  /** Sets the waste basket on fire now. Does nothing while it burns. */
  ignite(): void {
    this.#fire.light();
  }

  /** Puts the flames out now. What has been heated cools by itself. */
  extinguish(): void {
    this.#fire.putOut();
  }

  /** True from when the fire is lit until it is put out or has burnt out. */
  get burning(): boolean {
    return this.#fire.burns;
  }

  /**
   * What a camera without any noise sees at this time, in W·m⁻²·sr⁻¹, blurred by the lens. Called with increasing
   * times; the values are overwritten by the next call.
   */
  radianceAt(atMicros: number): Float32Array {
    this.#advance(atMicros);
    return this.#episode.radianceAt(this.#seconds);
  }

  /** The air sensor's reading at this time; called with increasing times. */
  airAt(atMicros: number): AirSample {
    this.#advance(atMicros);
    return this.#probe.read(atMicros);
  }

  /** The sensor's steps lie on a grid of the room's own time, so that it does not matter when pictures are taken. */
  #advance(atMicros: number): void {
    const passed = secondsBetween(this.#lastMicros, atMicros);
    this.#lastMicros = atMicros;
    this.#seconds += Math.min(longestGapSeconds, Math.max(0, passed));
    while ((this.#airSteps + 1) * airStepSeconds <= this.#seconds) {
      this.#airSteps += 1;
      this.#probe.follow(this.#episode.airAt(this.#airSteps * airStepSeconds), airStepSeconds);
    }
  }
}
