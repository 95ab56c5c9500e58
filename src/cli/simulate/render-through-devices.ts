import { SimulatedClock } from "#core/simulated-clock.ts";
import { type Clock, microsPerMillisecond, microsPerSecond, secondsBetween } from "#core/time.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { airPeriodSeconds } from "#simulation/devices/air-probe.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton } from "#simulation/devices/emulated-lepton.ts";
import { EmulatedScd41 } from "#simulation/devices/emulated-scd41.ts";
import type { SensirionAir } from "#simulation/devices/emulated-sensirion-air.ts";
import { EntryQueue } from "#simulation/scenario/entry-queue.ts";
import type { Episode } from "#simulation/scenario/episode.ts";
import { EpisodeAirSensor } from "#simulation/scenario/episode-air-sensor.ts";
import { EpisodeCamera, type EpisodeCameraOptions } from "#simulation/scenario/episode-camera.ts";
import type { EpisodeEntry } from "#simulation/scenario/render-episode.ts";
import { passSimulatedTime } from "./pass-simulated-time.ts";

/** The camera's driver has this long to set it up before the episode begins: whole periods of the air sensor. */
const setUpSeconds = 2 * airPeriodSeconds;
/** The longest that the air sensor's driver may take until the chip measures. */
const airSetUpMaxMs = 30_000;
/** By then a host has read what was ready at the end of a second; before, nothing of the next one changes anything. */
const secondIsReadMs = 2;
/** A reading of the air is told so long after it was measured, at most. */
export const airLateMaxMicros = 5_000;
/** In the middle of a segment. */
const withinSegmentMs = 5;

/** Options of `renderThroughDevices`. */
export interface DeviceRenderOptions extends EpisodeCameraOptions {
  /** Told what the drivers complain of; a healthy run complains of nothing. */
  readonly onTrouble: (text: string) => void;
}

/**
 * Renders an episode by the long way: a Lepton 3.5 and an SCD41 emulated to packet and register look at it, and the
 * real drivers read them, on simulated time. Some ten times slower than `renderEpisode`, which gives the same. One
 * episode gives one sequence.
 */
export async function* renderThroughDevices(
  episode: Episode,
  options: DeviceRenderOptions,
): AsyncGenerator<EpisodeEntry, void, undefined> {
  const { startMicros, onTrouble } = options;
  const run = new DeviceRun(episode, options);
  const listener = { onTrouble, onEnd: () => {} };
  await run.startAir(listener);
  await run.startCamera(listener);
  for (let second = 1; second <= episode.seconds; second += 1) {
    const atMicros = startMicros + second * microsPerSecond;
    await run.passUntil(atMicros + secondIsReadMs * microsPerMillisecond);
    run.tellTruthBy(atMicros);
    if (second % airPeriodSeconds === 0) run.measureSmoke(second);
    yield* run.queue.dueBy(atMicros);
  }
  await run.passUntil(startMicros + episode.seconds * microsPerSecond + airLateMaxMicros);
  for (const entry of run.queue.dueBy(Number.POSITIVE_INFINITY)) if (entry.kind === "air") yield entry;
  await run.stop();
}

/** What both drivers' listeners have in common. */
interface Listener {
  readonly onTrouble: (text: string) => void;
  readonly onEnd: () => void;
}

/** Both devices and their drivers at one episode. */
class DeviceRun {
  readonly queue = new EntryQueue<EpisodeEntry>();
  readonly #episode: Episode;
  readonly #options: DeviceRenderOptions;
  readonly #clock: SimulatedClock;
  readonly #unit: EpisodeCamera;
  readonly #air: EpisodeAirSensor;
  readonly #chip: EmulatedScd41;
  readonly #sensor: Scd41Sensor;
  #camera: LeptonCamera | null = null;
  #truthsTold = 0;
  #setUpPictures = 0;

  constructor(episode: Episode, options: DeviceRenderOptions) {
    this.#episode = episode;
    this.#options = options;
    const clock = new SimulatedClock(options.startMicros - 2 * airSetUpMaxMs * microsPerMillisecond);
    this.#clock = clock;
    this.#unit = new EpisodeCamera(episode, options);
    this.#air = new EpisodeAirSensor(episode);
    this.#chip = new EmulatedScd41({ clock, air: (atMicros) => this.#airAt(atMicros) });
    this.#sensor = new Scd41Sensor({
      i2c: new EmulatedI2cBus([this.#chip], { clock }),
      power: this.#chip.powerLine,
      clock,
      settings: defaultScd41Settings,
    });
  }

  /** Lets the driver bring the chip up, and sets the clock so that the chip measures when the episode's periods end. */
  async startAir(listener: Listener): Promise<void> {
    const { startMicros } = this.#options;
    await this.#sensor.start({
      ...listener,
      onSample: (sample) => {
        const atMicros = sample.sampledAtMicros;
        const isOfEpisode = secondsBetween(startMicros, atMicros) >= airPeriodSeconds;
        if (isOfEpisode) this.queue.add({ kind: "air", atMicros, sample });
      },
    });
    const untilMs = this.#clock.monotonicMs() + airSetUpMaxMs;
    while (this.#chip.mode !== "measuring" && this.#clock.monotonicMs() < untilMs)
      await passSimulatedTime(this.#clock, this.#clock.msToNextTimer ?? airSetUpMaxMs);
    this.#clock.setWallMicros(startMicros - setUpSeconds * microsPerSecond);
  }

  /** Switches the camera on as if it had been on for long, and lets the driver set it up until the episode begins. */
  async startCamera(listener: Listener): Promise<void> {
    const { startMicros } = this.#options;
    const unit = this.#unit;
    const moduleClock = this.#steppedClock();
    const nowMicros = moduleClock.nowMicros();
    const lepton = new EmulatedLepton({
      clock: moduleClock,
      scene: (atMicros, gain) => this.#look(atMicros, gain),
      onCorrection: unit.seen.onCorrection,
      poweredForMs: (nowMicros - (startMicros - unit.uptimeAtStartMicros)) / microsPerMillisecond,
      temperatures: unit.temperatures,
      serialNumber: unit.serialNumber,
    });
    for (const correctionMicros of unit.correctionsMicros) {
      const delayMs = (correctionMicros - this.#clock.nowMicros()) / microsPerMillisecond;
      this.#clock.after(delayMs + withinSegmentMs, () => lepton.correct());
    }
    this.#camera = new LeptonCamera({
      spi: lepton.spi,
      i2c: new EmulatedI2cBus([lepton.cci], { clock: this.#clock }),
      power: lepton.powerLine,
      clock: this.#stampingClock(),
      settings: { gainMode: unit.gainMode === "automatic" ? "auto" : "high", ffcMode: "auto" },
    });
    await this.#camera.start({
      ...listener,
      onFrame: (frame) => {
        if (!unit.isOfEpisode(frame.capturedAtMicros)) return;
        const atMicros = unit.arrivalOf(frame.capturedAtMicros);
        this.queue.add({ kind: "thermal", atMicros, frame: { ...frame, capturedAtMicros: atMicros } });
      },
    });
    await this.passUntil(startMicros);
  }

  async passUntil(micros: number): Promise<void> {
    await passSimulatedTime(this.#clock, (micros - this.#clock.nowMicros()) / microsPerMillisecond);
  }

  /** Tells what was true in each second that has ended by then, as it was before the first picture after it. */
  tellTruthBy(micros: number): void {
    const { startMicros } = this.#options;
    for (;;) {
      const second = this.#truthsTold + 1;
      const atMicros = startMicros + second * microsPerSecond;
      if (atMicros > micros || second > this.#episode.seconds) return;
      this.queue.add({ kind: "truth", atMicros, truth: this.#episode.truthAt(second) });
      this.#truthsTold = second;
    }
  }

  measureSmoke(second: number): void {
    const atMicros = this.#options.startMicros + second * microsPerSecond;
    for (const sample of this.#air.measureSmoke(second, atMicros))
      this.queue.add({ kind: "channel", atMicros, sample });
  }

  async stop(): Promise<void> {
    const stopped = Promise.all([this.#camera?.stop(), this.#sensor.stop()]);
    await passSimulatedTime(this.#clock, 1_000);
    await stopped;
  }

  #look(...at: Parameters<EpisodeCamera["seen"]["scene"]>): Float32Array {
    const [atMicros] = at;
    this.tellTruthBy(atMicros - 1);
    const seen = this.#unit.seen.scene(...at);
    if (atMicros >= this.#options.startMicros) return seen;
    // The episode's noise has not begun to go by, and a picture that never changes is a fault to the driver.
    this.#setUpPictures += 1;
    return seen.map((value) => value + (this.#setUpPictures % 2));
  }

  /** What the chip's cell meets; before the episode begins, the air as it is then. */
  #airAt(atMicros: number): SensirionAir {
    const seconds = secondsBetween(this.#options.startMicros, atMicros);
    return seconds > 0 ? this.#air.measure(seconds, atMicros) : this.#air.atStart;
  }

  /**
   * The module's clock goes on by whole segments, so that what a picture says of itself does not depend on when within
   * a segment the host asks for it.
   */
  #steppedClock(): Clock {
    const clock = this.#clock;
    const nowMicros = (): number => this.#unit.segmentBefore(clock.nowMicros());
    const { startMicros } = this.#options;
    return {
      nowMicros,
      monotonicMs: () => (nowMicros() - startMicros) / microsPerMillisecond,
      after: (delayMs, callback) => clock.after(delayMs, callback),
      every: (periodMs, callback) => clock.every(periodMs, callback),
    };
  }

  /** The host's clock; pictures are stamped with the segment that ended them, by the same grid. */
  #stampingClock(): Clock {
    const clock = this.#clock;
    return {
      nowMicros: () => this.#unit.segmentBefore(clock.nowMicros()),
      monotonicMs: () => clock.monotonicMs(),
      after: (delayMs, callback) => clock.after(delayMs, callback),
      every: (periodMs, callback) => clock.every(periodMs, callback),
    };
  }
}
