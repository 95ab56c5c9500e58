import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import { LeptonBench, type LeptonBenchOptions } from "./lepton-bench.ts";

/** The device's tick looks back by so much, as that of the agent does. */
const latenessMicros = 250_000;

/** A trouble that came or went, in seconds since the mark. */
export interface SeenTrouble {
  readonly code: string;
  readonly active: boolean;
  readonly seconds: number;
  readonly text: string;
}

/** An emulated camera, its driver, and a device that watches it by camera alone, on simulated time. */
export class CameraDeviceBench {
  readonly lepton: LeptonBench;
  readonly detector: DeviceDetector;
  readonly seconds: FeatureSecond[] = [];
  readonly troubles: SeenTrouble[] = [];
  /** The newest map of bad pixels; null while none was found. */
  badPixels: Uint8Array | null = null;
  #markMs = 0;

  constructor(options: LeptonBenchOptions = {}) {
    this.lepton = new LeptonBench(options);
    this.detector = new DeviceDetector(
      {
        deviceId: "bench",
        width: 160,
        height: 120,
        badPixels: "find",
        mask: null,
        detectionPolicy: defaultDetectionPolicy,
        alarmPolicy: defaultAlarmPolicy,
        scorer: null,
        state: null,
        background: null,
        expects: { thermal: "required", air: "absent" },
      },
      {
        onSecond: (second) => this.seconds.push(second),
        onEvent: (event) => this.#note(event),
        onBadPixels: (map) => {
          this.badPixels = map;
        },
      },
    );
  }

  /** Starts the driver, and the device's tick each second. */
  async start(): Promise<void> {
    const { clock, camera } = this.lepton;
    clock.every(1_000, () => this.detector.advance(clock.nowMicros() - latenessMicros));
    await camera.start({
      onFrame: (frame) => this.detector.addFrame(frame),
      onTrouble: () => undefined,
      onFault: (fault) =>
        this.detector.reportTrouble({ kind: "trouble", atMicros: clock.nowMicros(), ...fault }),
      onEnd: () => undefined,
    });
  }

  /** From now on times are told since now, and what came before is forgotten. */
  mark(): void {
    this.#markMs = this.lepton.clock.monotonicMs();
    this.troubles.length = 0;
    this.seconds.length = 0;
  }

  /** Codes that stand. */
  get standing(): readonly string[] {
    return this.detector.state.troubles.map(({ code }) => code);
  }

  #note(event: AlarmEvent): void {
    if (event.type !== "trouble") return;
    const { code, active, text } = event;
    const seconds = (this.lepton.clock.monotonicMs() - this.#markMs) / 1_000;
    this.troubles.push({ code, active, seconds, text });
  }
}
