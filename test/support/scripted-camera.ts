import type { FfcWish } from "#core/alarm/ffc-hold.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import type { AirSensor, AirSensorListener } from "#sensors/air-sensor.ts";
import type { ThermalCamera, ThermalCameraListener } from "#sensors/thermal-camera.ts";

/** A camera that shows what a test says, when it says so. */
export class ScriptedCamera implements ThermalCamera {
  /** What it was told of its corrections. */
  readonly wishes: FfcWish[] = [];
  #listener: ThermalCameraListener | null = null;
  #stops = 0;

  async start(listener: ThermalCameraListener): Promise<void> {
    this.#listener = listener;
  }

  async stop(): Promise<void> {
    this.#listener = null;
    this.#stops += 1;
  }

  holdCorrections(wish: FfcWish): void {
    this.wishes.push(wish);
  }

  /** How often it was stopped. */
  get stops(): number {
    return this.#stops;
  }

  /** Shows a picture; nobody looks before the start and after the stop. */
  show(frame: ThermalFrame): void {
    this.#listener?.onFrame(frame);
  }

  /** Comes to its end. */
  end(): void {
    this.#listener?.onEnd();
  }
}

/** An air sensor that reads what a test says. */
export class ScriptedAir implements AirSensor {
  #listener: AirSensorListener | null = null;

  async start(listener: AirSensorListener): Promise<void> {
    this.#listener = listener;
  }

  async stop(): Promise<void> {
    this.#listener = null;
  }

  /** Comes to its end. */
  end(): void {
    this.#listener?.onEnd();
  }

  /** Gives a reading. */
  read(sample: AirSample): void {
    this.#listener?.onSample(sample);
  }
}

/** A wall at 22 °C with a Lepton's noise, and where it burns a square that grows by a row each second. */
export class ScriptedRoom {
  readonly #random = new Random(7);
  readonly #fireCentikelvin: number;
  #counter = 0;
  #burningSinceMicros: number | null = null;

  /** How hot the fire is at least; left out, far past severe heat. */
  constructor({ fireCentikelvin = 52_000 }: { readonly fireCentikelvin?: number } = {}) {
    this.#fireCentikelvin = fireCentikelvin;
  }

  /** Begins or ends to burn. */
  burn(sinceMicros: number | null): void {
    this.#burningSinceMicros = sinceMicros;
  }

  /** What a camera sees now. */
  frameAt(atMicros: number): ThermalFrame {
    const pixels = new Uint16Array(leptonWidth * leptonHeight);
    for (let i = 0; i < pixels.length; i += 1) pixels[i] = 29_515 + this.#random.integer(9);
    if (this.#burningSinceMicros !== null) {
      const seconds = Math.max(0, atMicros - this.#burningSinceMicros) / 1_000_000;
      this.#paintFire(pixels, Math.min(40, 6 + Math.floor(seconds)));
    }
    this.#counter += 1;
    return {
      width: leptonWidth,
      height: leptonHeight,
      capturedAtMicros: atMicros,
      frameCounter: this.#counter,
      unit: "centikelvin",
      pixels,
      telemetry: null,
    };
  }

  #paintFire(pixels: Uint16Array, size: number): void {
    for (let y = 40; y < 40 + size; y += 1) {
      for (let x = 60; x < 60 + size; x += 1)
        pixels[y * leptonWidth + x] =
          this.#fireCentikelvin + this.#random.integer(this.#fireCentikelvin / 26);
    }
  }
}
