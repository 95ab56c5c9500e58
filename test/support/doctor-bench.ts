import type { DeviceHolder, DevicePlace, DoctorSurroundings } from "#cli/doctor/doctor-surroundings.ts";
import { FindingList, type ProblemCode } from "#cli/doctor/finding.ts";
import type { ProgramFacts, VideoFacts } from "#cli/doctor/program-facts.ts";
import { type DoctorPart, runDoctor } from "#cli/doctor/run-doctor.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import type { SpiLink } from "#sensors/transport/spi-link.ts";
import { EmulatedI2cBus, type I2cSlave } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedLepton, type EmulatedLeptonOptions } from "#simulation/devices/emulated-lepton.ts";
import { EmulatedScd41, type EmulatedScd41Options } from "#simulation/devices/emulated-scd41.ts";
import { movingScene } from "./lepton-host.ts";
import { ManualClock } from "./manual-clock.ts";

/** A healthy computer. */
export const healthyProgram: ProgramFacts = {
  nodeVersion: "24.21.0",
  pageFolder: "/opt/emberwatch/dashboard/",
  dataFolder: { path: "/var/lib/emberwatch", state: { kind: "writable", freeBytes: 20e9 } },
  throttled: "0",
};

/** 2026-07-01, 12:00 UTC. */
const startMicros = 1_782_907_200_000_000;

/** A wired installation on a table: each part can be taken away, replaced or broken before the doctor comes. */
export class DoctorBench {
  readonly clock = new ManualClock(startMicros);
  readonly lepton: EmulatedLepton;
  readonly scd41: EmulatedScd41;
  /** What is on the I2C bus. */
  slaves: I2cSlave[];
  /** Replaces the bus altogether. */
  i2c: I2cBus | null = null;
  spi: SpiLink;
  openI2c: () => Promise<I2cBus>;
  openSpi: () => Promise<SpiLink>;
  cameraPower: DoctorSurroundings["cameraPower"] = null;
  airPower: DoctorSurroundings["airPower"] = null;
  i2cHolders: readonly DeviceHolder[] = [];
  spiHolders: readonly DeviceHolder[] = [];
  program = healthyProgram;
  video: VideoFacts | null = null;
  readonly progress: string[] = [];
  readonly #stepMs: number;

  constructor(
    options: {
      readonly lepton?: Partial<EmulatedLeptonOptions>;
      readonly scd41?: Partial<EmulatedScd41Options>;
      /** Simulated time passes in steps of so much; the camera wants 1 ms, which is the default. */
      readonly stepMs?: number;
    } = {},
  ) {
    const { clock } = this;
    this.#stepMs = options.stepMs ?? 1;
    this.lepton = new EmulatedLepton({
      clock,
      scene: movingScene(),
      poweredForMs: 60_000,
      ...options.lepton,
    });
    // Air that never stands still, as in a room.
    const air = (atMicros: number) => ({
      co2Ppm: 520 + ((atMicros / 1_000_000) % 60),
      temperatureCelsius: 22,
      humidityPercent: 45,
    });
    this.scd41 = new EmulatedScd41({ clock, air, ...options.scd41 });
    this.slaves = [this.lepton.cci, this.scd41];
    this.spi = this.lepton.spi;
    this.openI2c = async () => this.i2c ?? new EmulatedI2cBus(this.slaves, { clock });
    this.openSpi = async () => this.spi;
  }

  /** The devices as the doctor reaches them. */
  get surroundings(): DoctorSurroundings {
    return {
      clock: this.clock,
      i2c: place("/dev/i2c-1", { open: () => this.openI2c(), holders: this.i2cHolders }),
      spi: place("/dev/spidev0.0", { open: () => this.openSpi(), holders: this.spiHolders }),
      cameraPower: this.cameraPower,
      airPower: this.airPower,
      progress: (text) => this.progress.push(text),
    };
  }

  /** Lets the doctor look; what it found. */
  async examine(
    part: DoctorPart | "all",
    { selfTest = "leave-out" }: { readonly selfTest?: "run" | "leave-out" } = {},
  ): Promise<FindingList> {
    const findings = new FindingList();
    const { surroundings, program, video } = this;
    await this.simulate(
      runDoctor({
        part,
        surroundings,
        findings,
        selfTest,
        programFacts: async () => program,
        video: video === null ? null : async () => video,
      }),
    );
    return findings;
  }

  /** Lets simulated time pass until the work is done. */
  async simulate<Result>(work: Promise<Result>): Promise<Result> {
    const state = { isDone: false };
    const end = (): void => {
      state.isDone = true;
    };
    work.then(end, end);
    while (!state.isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!state.isDone) this.clock.advanceMs(this.#stepMs);
    }
    return work;
  }
}

/** Codes of the problems found. */
export function codesOf(findings: FindingList): readonly ProblemCode[] {
  return findings.problems.map(({ code }) => code);
}

function place<Device>(
  path: string,
  { open, holders }: { readonly open: () => Promise<Device>; readonly holders: readonly DeviceHolder[] },
): DevicePlace<Device> {
  return { path, open, holders: async () => holders, hint: async () => "" };
}
