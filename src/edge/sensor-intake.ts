import type { AirSample } from "#core/frames/air-sample.ts";
import type { ChannelSample } from "#core/frames/channel-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { Clock } from "#core/time.ts";
import type { AirSensor } from "#sensors/air-sensor.ts";
import type { ExtraSensor } from "#sensors/extra-sensor.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import type { ThermalCamera } from "#sensors/thermal-camera.ts";
import { FrameRate } from "./frame-rate.ts";

/** Channels of extra sensors that are told; what comes after the first so many names is not. */
const channelsMax = 64;

/** A sensor whose newest picture or reading is older does not deliver: a reading of CO2 comes every 5 s. */
const deliveringMicros = 30e6;

/** A sensor that the device decides by, in words. */
export type DeliveringSensor = "camera" | "CO2 sensor";

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
  readonly extras: readonly ExtraSensor[];
  readonly clock: Clock;
  readonly listener: SensorIntakeListener;
}

/** Runs a device's sensors and knows what they last gave. */
export class SensorIntake {
  readonly #options: SensorIntakeOptions;
  readonly #frameRate = new FrameRate();
  readonly #running = new Set<"camera" | "air">();
  /** Newest reading of each channel by its name, "sensor/channel"; at most `channelsMax`. */
  readonly #channels = new Map<string, ChannelSample>();
  #newestSample: AirSample | null = null;
  #newestAirAtMicros: number | null = null;
  #newestFrameAtMicros: number | null = null;
  #radiometric: boolean | null = null;
  #newestFrame: ThermalFrame | null = null;
  #ended = false;

  constructor(options: SensorIntakeOptions) {
    this.#options = options;
  }

  /** Starts the sensors; throws what they throw. */
  async start(): Promise<void> {
    const { camera, air, extras, listener } = this.#options;
    const onTrouble = (text: string): void => listener.onTrouble(text);
    const onFault = (fault: SensorFault): void => listener.onFault(fault);
    if (camera !== null) {
      this.#running.add("camera");
      await camera.start({
        onTrouble,
        onFault,
        onFrame: (frame) => this.#frame(frame),
        onEnd: () => this.#end("camera"),
      });
    }
    if (air !== null) {
      this.#running.add("air");
      await air.start({
        onTrouble,
        onFault,
        onSample: (sample) => this.#sample(sample),
        onEnd: () => this.#end("air"),
      });
    }
    for (const extra of extras) {
      await extra.start({ onTrouble, onFault, onChannels: (samples) => this.#channelSamples(samples) });
    }
  }

  /** Stops the sensors; safe to call twice. */
  async stop(): Promise<void> {
    const { camera, air, extras } = this.#options;
    await Promise.all([camera?.stop(), air?.stop(), ...extras.map((extra) => extra.stop())]);
  }

  /** The newest reading of each channel of the extra sensors. */
  get channels(): readonly ChannelSample[] {
    return [...this.#channels.values()];
  }

  /** True once every sensor has come to its end for good. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The last picture of all; null before the end, where the next one shows more than an old one. */
  get finalFrame(): ThermalFrame | null {
    return this.#ended ? this.#newestFrame : null;
  }

  /** The newest reading of the air; null before the first. */
  get newestSample(): AirSample | null {
    return this.#newestSample;
  }

  /** The sensors from which something has come in the last 30 s. */
  get delivering(): ReadonlySet<DeliveringSensor> {
    const sinceMicros = this.#options.clock.nowMicros() - deliveringMicros;
    const delivering = new Set<DeliveringSensor>();
    if ((this.#newestFrameAtMicros ?? 0) >= sinceMicros) delivering.add("camera");
    if ((this.#newestAirAtMicros ?? 0) >= sinceMicros) delivering.add("CO2 sensor");
    return delivering;
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
    this.#newestFrame = frame;
    this.#radiometric = frame.unit === "centikelvin";
    listener.onFrame(frame);
  }

  #sample(sample: AirSample): void {
    this.#newestSample = sample;
    this.#newestAirAtMicros = this.#options.clock.nowMicros();
    this.#options.listener.onSample(sample);
  }

  #channelSamples(samples: readonly ChannelSample[]): void {
    for (const sample of samples) {
      const name = `${sample.sensor}/${sample.channel}`;
      if (this.#channels.has(name) || this.#channels.size < channelsMax) this.#channels.set(name, sample);
    }
  }

  #end(which: "camera" | "air"): void {
    this.#running.delete(which);
    if (this.#running.size > 0 || this.#ended) return;
    this.#ended = true;
    this.#options.listener.onEnd();
  }
}
