import { EmulatedScd41, type EmulatedScd41Options } from "#simulation/devices/emulated-scd41.ts";
import type { SensirionAir } from "#simulation/devices/emulated-sensirion-air.ts";
import { ticksToCelsius } from "#simulation/devices/emulated-sensirion-words.ts";
import { ManualClock } from "./manual-clock.ts";
import { SensirionMaster } from "./sensirion-master.ts";

/** The air of the SCD4x data sheet's example reading: 500 ppm, 25 °C, 37 %. */
export const dataSheetAir: SensirionAir = {
  co2Ppm: 500,
  temperatureCelsius: ticksToCelsius(0x6667),
  humidityPercent: (100 * 0x5eb9) / 0xffff,
};

/** An emulated SCD41 on a table: its air can be changed, and a master speaks to it. */
export class Scd41Bench {
  readonly clock = new ManualClock();
  readonly chip: EmulatedScd41;
  readonly master: SensirionMaster;
  /** When the chip took the air, in wall-clock microseconds. */
  readonly sampledAtMicros: number[] = [];
  air: SensirionAir = dataSheetAir;

  constructor(options: Partial<EmulatedScd41Options> = {}) {
    const air = (atMicros: number): SensirionAir => {
      this.sampledAtMicros.push(atMicros);
      return this.air;
    };
    this.chip = new EmulatedScd41({ clock: this.clock, air, ...options });
    this.master = new SensirionMaster(this.chip, this.clock);
  }

  /** Reads words with the execution time of most commands. */
  ask(code: number, words = 1): number[] {
    return this.master.ask(code, { words, waitMs: 1 });
  }

  /** Sets one word. */
  set(code: number, word: number): void {
    this.master.do(code, { waitMs: 1, args: [word] });
  }

  start(): void {
    this.master.send(0x21b1);
  }

  stop(): void {
    this.master.do(0x3f86, { waitMs: 500 });
  }

  /** True when the chip says that a reading is there. */
  ready(): boolean {
    return (this.ask(0xe4b8)[0]! & 0x07ff) !== 0;
  }

  /** The reading that is there: CO2 in ppm, then ticks. */
  read(): number[] {
    return this.ask(0xec05, 3);
  }

  /** CO2 of the reading that is there after one more interval. */
  nextCo2(): number {
    this.clock.advanceMs(5_000);
    return this.read()[0]!;
  }

  /** Measures for so long, polling as a driver does, then stops. */
  run(seconds: number): void {
    this.start();
    for (let at = 0; at < seconds; at += 5) {
      this.clock.advanceMs(5_000);
      this.ready();
    }
    this.stop();
  }

  /** Takes the supply away and gives it back; waits until the chip has booted. */
  async cyclePower(bootMs = 1_000): Promise<void> {
    await this.chip.powerLine.set("low");
    this.clock.advanceMs(100);
    await this.chip.powerLine.set("high");
    this.clock.advanceMs(bootMs);
  }
}
