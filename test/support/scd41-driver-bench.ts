import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import { Random } from "#core/random.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { defaultScd41Settings, type Scd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedScd41, type EmulatedScd41Options } from "#simulation/devices/emulated-scd41.ts";
import { ManualClock } from "./manual-clock.ts";
import { passTime } from "./pass-time.ts";

/** How a bench is made. */
export interface Scd41DriverBenchOptions {
  readonly settings?: Partial<Scd41Settings>;
  readonly chip?: Partial<EmulatedScd41Options>;
  /** "switched" gives the driver the chip's supply line. */
  readonly supply?: "switched" | "fixed";
}

/** An emulated SCD41 in noisy room air, its driver, and a device that watches it, on time of their own. */
export class Scd41DriverBench {
  readonly clock = new ManualClock();
  readonly chip: EmulatedScd41;
  readonly bus: EmulatedI2cBus;
  readonly sensor: Scd41Sensor;
  readonly samples: AirSample[] = [];
  readonly log: string[] = [];
  /** Troubles in the order of coming and going: "12.3 air-silent on", in seconds since the mark. */
  readonly troubles: string[] = [];
  readonly #detector: DeviceDetector;
  readonly #random = new Random(11);
  #markMs = 0;

  constructor(options: Scd41DriverBenchOptions = {}) {
    const { clock } = this;
    this.chip = new EmulatedScd41({ clock, air: () => this.#air(), ...options.chip });
    this.bus = new EmulatedI2cBus([this.chip], { clock });
    this.sensor = new Scd41Sensor({
      i2c: this.bus,
      clock,
      power: options.supply === "fixed" ? null : this.chip.powerLine,
      settings: { ...defaultScd41Settings, ...options.settings },
    });
    this.#detector = this.#makeDetector();
  }

  /** Starts the driver, and the device's tick each second. */
  async start(): Promise<void> {
    this.clock.every(1_000, () => this.#detector.advance(this.clock.nowMicros()));
    await this.sensor.start({
      onSample: (sample) => {
        this.samples.push(sample);
        this.#detector.addAir(sample);
      },
      onTrouble: (text) => this.log.push(text),
      onFault: (fault) =>
        this.#detector.reportTrouble({ kind: "trouble", atMicros: this.clock.nowMicros(), ...fault }),
      onEnd: () => undefined,
    });
  }

  /** Lets seconds pass. */
  async pass(seconds: number): Promise<void> {
    await passTime(this.clock, 1_000 * seconds);
  }

  /** From now on times are told since now, and what came before is forgotten. */
  mark(): void {
    this.#markMs = this.clock.monotonicMs();
    this.troubles.length = 0;
    this.samples.length = 0;
  }

  /** Codes that have come since the mark, in order, with the seconds. */
  get raised(): readonly { readonly code: string; readonly seconds: number }[] {
    return this.troubles
      .filter((line) => line.endsWith(" on"))
      .map((line) => {
        const [seconds = "", code = ""] = line.split(" ");
        return { code, seconds: Number(seconds) };
      });
  }

  /** Codes that stand. */
  get standing(): readonly string[] {
    return this.#detector.state.troubles.map(({ code }) => code);
  }

  #air(): { co2Ppm: number; temperatureCelsius: number; humidityPercent: number } {
    return {
      co2Ppm: 600 + 5 * this.#random.normal(),
      temperatureCelsius: 21 + 0.05 * this.#random.normal(),
      humidityPercent: 45 + 0.2 * this.#random.normal(),
    };
  }

  #makeDetector(): DeviceDetector {
    return new DeviceDetector(
      {
        deviceId: "bench",
        width: 160,
        height: 120,
        badPixels: new Uint8Array(160 * 120),
        mask: null,
        detectionPolicy: defaultDetectionPolicy,
        alarmPolicy: defaultAlarmPolicy,
        scorer: null,
        state: null,
        background: null,
        expects: { thermal: "absent", air: "required", airPeriodSeconds: this.sensor.periodSeconds },
      },
      {
        onSecond: () => undefined,
        onEvent: (event) => this.#note(event),
        onBadPixels: () => undefined,
      },
    );
  }

  #note(event: AlarmEvent): void {
    if (event.type !== "trouble") return;
    const seconds = (this.clock.monotonicMs() - this.#markMs) / 1_000;
    this.troubles.push(`${seconds} ${event.code} ${event.active ? "on" : "off"}`);
  }
}
