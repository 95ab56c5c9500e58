import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Clock } from "#core/time.ts";
import type { AirSensor } from "#sensors/air-sensor.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import type { ThermalCamera } from "#sensors/thermal-camera.ts";
import { FrameRate } from "./frame-rate.ts";

/** Who gets what the sensors give. */
export interface SensorIntakeListener {
  onFrame(frame: ThermalFrame): void;
  onSample(sample: AirSample): void;
  onTrouble(text: string): void;
  /** A driver's named fault came or went. */
  onFault(fault: SensorFault): void;
  /** Every sensor has come to its end for good. */
  onEnd(): void;
}

/** What an intake needs. */
export interface SensorIntakeOptions {
  readonly camera: ThermalCamera | null;
  readonly air: AirSensor | null;
  readonly clock: Clock;
  readonly listener: SensorIntakeListener;
}

/** Runs a device's sensors and knows what they last gave. */
export class SensorIntake {
  readonly #options: SensorIntakeOptions;
  readonly #frameRate = new FrameRate();
  readonly #running = new Set<"camera" | "air">();
  #newestSample: AirSample | null = null;
  #newestAirAtMicros: number | null = null;
  #newestFrameAtMicros: number | null = null;
  #radiometric: boolean | null = null;
  #ended = false;

  constructor(options: SensorIntakeOptions) {
    this.#options = options;
  }

  /** Starts the sensors; throws what they throw. */
  async start(): Promise<void> {
    const { camera, air, listener } = this.#options;
    const onTrouble = (text: string): void => listener.onTrouble(text);
    if (camera !== null) {
      this.#running.add("camera");
      await camera.start({
        onTrouble,
        onFrame: (frame) => this.#frame(frame),
        onEnd: () => this.#end("camera"),
      });
    }
    if (air !== null) {
      this.#running.add("air");
      await air.start({
        onTrouble,
        onFault: (fault) => listener.onFault(fault),
        onSample: (sample) => this.#sample(sample),
        onEnd: () => this.#end("air"),
      });
    }
  }

  /** Stops the sensors; safe to call twice. */
  async stop(): Promise<void> {
    await Promise.all([this.#options.camera?.stop(), this.#options.air?.stop()]);
  }

  /** True once every sensor has come to its end for good. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The newest reading of the air; null before the first. */
  get newestSample(): AirSample | null {
    return this.#newestSample;
  }

  /** What health tells of the sensors; times are this machine's when the newest picture and reading arrived. */
  get health(): {
    readonly radiometric: boolean | null;
    readonly newestFrameAtMicros: number | null;
    readonly newestAirAtMicros: number | null;
    readonly framesPerSecond: number;
  } {
    return {
      radiometric: this.#radiometric,
      newestFrameAtMicros: this.#newestFrameAtMicros,
      newestAirAtMicros: this.#newestAirAtMicros,
      framesPerSecond: this.#frameRate.at(this.#options.clock.monotonicMs()),
    };
  }

  #frame(frame: ThermalFrame): void {
    const { clock, listener } = this.#options;
    if (this.#frameRate.add({ frameCounter: frame.frameCounter, atMs: clock.monotonicMs() })) {
      this.#newestFrameAtMicros = clock.nowMicros();
    }
    this.#radiometric = frame.unit === "centikelvin";
    listener.onFrame(frame);
  }

  #sample(sample: AirSample): void {
    this.#newestSample = sample;
    this.#newestAirAtMicros = this.#options.clock.nowMicros();
    this.#options.listener.onSample(sample);
  }

  #end(which: "camera" | "air"): void {
    this.#running.delete(which);
    if (this.#running.size > 0 || this.#ended) return;
    this.#ended = true;
    this.#options.listener.onEnd();
  }
}
