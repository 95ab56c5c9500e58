import assert from "node:assert/strict";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import type { LeptonCameraOptions } from "#sensors/lepton/lepton-camera.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton, type EmulatedLeptonOptions } from "#simulation/devices/emulated-lepton.ts";
import { ManualClock } from "./manual-clock.ts";

const pixelCount = 160 * 120;

/** A pattern of 1,000 temperatures from 290 K upwards; the first two pixels of a picture say which one it is. */
export function numberedPicture(index: number): Uint16Array {
  const pixels = new Uint16Array(pixelCount);
  for (let i = 2; i < pixelCount; i += 1) pixels[i] = 29_000 + ((i * 7 + index * 131) % 1_000);
  pixels[0] = 29_000 + (index & 1_023);
  pixels[1] = 29_000 + (index >> 10);
  return pixels;
}

/** Index of a picture of this pattern; fails when one of its pixels is wrong. */
export function indexOfPicture(pixels: Uint16Array): number {
  const index = pixels[0]! - 29_000 + (pixels[1]! - 29_000) * 1_024;
  const expected = numberedPicture(index);
  const wrong = pixels.findIndex((pixel, i) => pixel !== expected[i]);
  // Comparing whole arrays by assert would describe their difference for minutes.
  assert.equal(wrong, -1, `pixel ${wrong} is ${pixels[wrong]}, not of picture ${index}`);
  return index;
}

/** How a bench is set up. */
export interface LeptonBenchOptions {
  readonly emulated?: Partial<Omit<EmulatedLeptonOptions, "clock">>;
  readonly camera?: Partial<Pick<LeptonCameraOptions, "settings" | "power">>;
  /** Called before each read of the SPI bus; may throw. */
  readonly beforeRead?: () => void;
}

/** An emulated camera wired to the driver, on simulated time. */
export class LeptonBench {
  readonly clock = new ManualClock();
  readonly lepton: EmulatedLepton;
  readonly camera: LeptonCamera;
  readonly frames: ThermalFrame[] = [];
  readonly troubles: string[] = [];
  /** Called with each picture instead of keeping it. */
  onFrame: ((frame: ThermalFrame) => void) | null = null;

  constructor(options: LeptonBenchOptions = {}) {
    const { clock } = this;
    let shown = 0;
    const scene = (): Uint16Array => {
      shown += 1;
      return numberedPicture(shown);
    };
    this.lepton = new EmulatedLepton({ clock, scene, ...options.emulated });
    this.camera = new LeptonCamera({
      spi: {
        read: (into) => {
          options.beforeRead?.();
          this.lepton.spi.read(into);
        },
        close: () => this.lepton.spi.close(),
      },
      i2c: new EmulatedI2cBus([this.lepton.cci], { clock }),
      power: this.lepton.powerLine,
      clock,
      settings: defaultLeptonSettings,
      ...options.camera,
    });
  }

  async start(): Promise<void> {
    await this.camera.start({
      onFrame: (frame) => (this.onFrame === null ? void this.frames.push(frame) : this.onFrame(frame)),
      onTrouble: (text) => void this.troubles.push(text),
      onEnd: () => assert.fail("a real camera never ends"),
    });
  }

  /** Time passes; what is awaited gets its turn every few milliseconds. */
  async pass(ms: number): Promise<void> {
    const stepMs = 5;
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.clock.advanceMs(Math.min(stepMs, ms - passed));
      for (let turn = 0; turn < 12; turn += 1) await null;
    }
  }

  /** Time passes until something is done, two seconds at most. */
  async passWhile<T>(promise: Promise<T>): Promise<T> {
    let isDone = false;
    const noted = promise.finally(() => {
      isDone = true;
    });
    for (let steps = 0; steps < 400 && !isDone; steps += 1) await this.pass(5);
    return noted;
  }
}
