import type { ChannelSample } from "#core/frames/channel-sample.ts";
import type { Random } from "#core/random.ts";
import type { LocalAir } from "../fire/local-air.ts";

/** An electrochemical cell for carbon monoxide: first-order response, noise and unit's zero. Assumed, typical values. */
const coResponseSeconds = 15;
const coNoisePpm = 0.7;
const coZeroPpm = 1;
const coMaxPpm = 1_000;
/** A particle counter: precision and range of its mass (Sensirion SPS30 data sheet), PM2.5. */
const particleNoiseMicrograms = 1;
const particleNoiseShare = 0.05;
const particlesMaxMicrograms = 1_000;
/** Dust of an ordinary room, drawn on a logarithmic scale. Assumed. */
const cleanestMicrograms = 2;
const dustiestMicrograms = 30;
const microgramsPerMilligram = 1_000;

/** Emulated sensors for what a fire gives besides CO2: carbon monoxide and particles. Today's features ignore them. */
export class SmokeProbe {
  readonly #random: Random;
  readonly #coZeroPpm: number;
  readonly #dustMicrograms: number;
  #coPpm: number;

  constructor(random: Random, air: LocalAir) {
    this.#random = random;
    this.#coZeroPpm = coZeroPpm * random.normal();
    this.#dustMicrograms = cleanestMicrograms * (dustiestMicrograms / cleanestMicrograms) ** random.uniform();
    this.#coPpm = air.coPpm;
  }

  /** Both readings after so many seconds in this air. */
  measure(
    air: LocalAir,
    at: { readonly seconds: number; readonly micros: number },
  ): readonly ChannelSample[] {
    const random = this.#random;
    this.#coPpm += (air.coPpm - this.#coPpm) * -Math.expm1(-at.seconds / coResponseSeconds);
    const co = this.#coPpm + this.#coZeroPpm + coNoisePpm * random.normal();
    const mass = this.#dustMicrograms + microgramsPerMilligram * air.sootMilligramsPerCubicMetre;
    const noise = Math.max(particleNoiseMicrograms, particleNoiseShare * mass) * random.normal();
    return [
      {
        sensor: "co-cell",
        channel: "co",
        unit: "ppm",
        value: Math.round(Math.min(coMaxPpm, Math.max(0, co))),
        sampledAtMicros: at.micros,
      },
      {
        sensor: "sps30",
        channel: "pm2.5",
        unit: "µg/m³",
        value: Math.round(10 * Math.min(particlesMaxMicrograms, Math.max(0, mass + noise))) / 10,
        sampledAtMicros: at.micros,
      },
    ];
  }
}
