import { SimulatedClock } from "#core/simulated-clock.ts";
import { microsPerSecond, secondsBetween } from "#core/time.ts";
import { LeptonCamera } from "#sensors/lepton/lepton-camera.ts";
import { defaultLeptonSettings } from "#sensors/lepton/lepton-settings.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { AirProbe } from "#simulation/devices/air-probe.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton } from "#simulation/devices/emulated-lepton.ts";
import { EmulatedScd41 } from "#simulation/devices/emulated-scd41.ts";
import type { SensirionAir } from "#simulation/devices/emulated-sensirion-air.ts";
import { SceneOfRoom } from "#simulation/devices/scene-of-room.ts";
import type { Episode } from "#simulation/scenario/episode.ts";
import type { EpisodeEntry } from "#simulation/scenario/render-episode.ts";
import { passSimulatedTime } from "./pass-simulated-time.ts";

/** The devices are switched on this long before the episode begins: they boot, correct, and are set up by the drivers. */
const warmUpSeconds = 30;

/**
 * Renders an episode by the long way: a Lepton 3.5 and an SCD41 emulated to packet and register look at it, and the
 * real drivers read them, on simulated time. Some ten times slower than `renderEpisode`. One episode gives one sequence.
 */
export async function* renderThroughDevices(
  episode: Episode,
  options: {
    readonly startMicros: number;
    /** Told what the drivers complain of; a healthy run complains of nothing. */
    readonly onTrouble: (text: string) => void;
  },
): AsyncGenerator<EpisodeEntry, void, undefined> {
  const { startMicros } = options;
  const clock = new SimulatedClock(startMicros - warmUpSeconds * microsPerSecond);
  const { camera, air } = devicesIn(episode, { clock, startMicros });
  const waiting: EpisodeEntry[] = [];
  const take = (entry: EpisodeEntry): void => {
    if (entry.atMicros >= startMicros) waiting.push(entry);
  };
  const listener = { onTrouble: options.onTrouble, onEnd: () => {} };
  const started = Promise.all([
    camera.start({
      ...listener,
      onFrame: (frame) => take({ kind: "thermal", atMicros: frame.capturedAtMicros, frame }),
    }),
    air.start({
      ...listener,
      onSample: (sample) => take({ kind: "air", atMicros: sample.sampledAtMicros, sample }),
    }),
  ]);
  await passSimulatedTime(clock, 1_000 * warmUpSeconds);
  await started;
  for (let second = 1; second <= episode.seconds; second += 1) {
    await passSimulatedTime(clock, 1_000);
    take({
      kind: "truth",
      atMicros: startMicros + second * microsPerSecond,
      truth: episode.truthAt(second),
    });
    // A reading is told after its time, so that what came in a second is put in order before it is given on.
    yield* waiting.splice(0).sort((one, other) => one.atMicros - other.atMicros);
  }
  const stopped = Promise.all([camera.stop(), air.stop()]);
  await passSimulatedTime(clock, 1_000);
  await stopped;
}

function devicesIn(
  episode: Episode,
  on: { readonly clock: SimulatedClock; readonly startMicros: number },
): { readonly camera: LeptonCamera; readonly air: Scd41Sensor } {
  const { clock, startMicros } = on;
  // While the devices warm up they see the room as it is when the episode begins.
  const secondsAt = (atMicros: number): number => Math.max(0, secondsBetween(startMicros, atMicros));
  const seen = new SceneOfRoom(
    { radianceAt: (atMicros) => episode.radianceAt(secondsAt(atMicros)) },
    episode.random("camera"),
  );
  const lepton = new EmulatedLepton({ clock, scene: seen.scene, onCorrection: seen.onCorrection });
  const probe = new ProbeInEpisode(episode, { clock, secondsAt });
  const scd41 = new EmulatedScd41({ clock, air: () => probe.read() });
  const i2c = new EmulatedI2cBus([lepton.cci, scd41], { clock });
  return {
    camera: new LeptonCamera({
      spi: lepton.spi,
      i2c,
      power: lepton.powerLine,
      clock,
      settings: defaultLeptonSettings,
    }),
    air: new Scd41Sensor({ i2c, power: scd41.powerLine, clock, settings: defaultScd41Settings }),
  };
}

/** What the emulated sensor's cell meets: the air of the episode with the lag, bias and noise of the unit. */
class ProbeInEpisode {
  readonly #episode: Episode;
  readonly #probe: AirProbe;
  readonly #nowMicros: () => number;
  readonly #secondsAt: (atMicros: number) => number;
  #followedSeconds = 0;

  constructor(
    episode: Episode,
    on: { readonly clock: SimulatedClock; readonly secondsAt: (atMicros: number) => number },
  ) {
    this.#episode = episode;
    this.#probe = new AirProbe(episode.random("air-sensor"), episode.airAt(0));
    this.#nowMicros = () => on.clock.nowMicros();
    this.#secondsAt = on.secondsAt;
  }

  read(): SensirionAir {
    const atMicros = this.#nowMicros();
    const seconds = this.#secondsAt(atMicros);
    const passedSeconds = seconds - this.#followedSeconds;
    if (passedSeconds > 0) this.#probe.follow(this.#episode.airAt(seconds), passedSeconds);
    this.#followedSeconds = seconds;
    return this.#probe.read(atMicros);
  }
}
