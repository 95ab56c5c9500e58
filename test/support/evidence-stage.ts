import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { EvidenceRing } from "#edge/evidence-ring.ts";
import { openRecording } from "#recording/open-recording.ts";
import type { RecordingEntry } from "#recording/recording-entry.ts";
import { ManualClock } from "./manual-clock.ts";

/** Size of the pictures: small, so that tests are quick. */
export const smallPicture = { width: 40, height: 30 } as const;

/** The set-up that stands first in each recording. */
export const sampleConfig: RecordingEntry = {
  kind: "config",
  atMicros: 1_750_000_000_000_000,
  config: {
    device: "kitchen",
    softwareVersion: "0.1.0",
    ...smallPicture,
    badPixels: null,
    mask: null,
    policy: {},
  },
};

/** A camera and its ring on simulated time. */
export class EvidenceStage {
  readonly clock = new ManualClock();
  readonly ring = new EvidenceRing(smallPicture);
  #frames = 0;
  #events = 0;

  /** A picture whose pixels say its number. */
  frame(): ThermalFrame {
    this.#frames += 1;
    const pixels = new Uint16Array(smallPicture.width * smallPicture.height);
    for (let i = 0; i < pixels.length; i += 1) pixels[i] = 29_000 + ((i * 7 + this.#frames) % 50);
    return {
      ...smallPicture,
      capturedAtMicros: this.clock.nowMicros(),
      frameCounter: this.#frames,
      unit: "centikelvin",
      pixels,
      telemetry: null,
    };
  }

  /** Lets time pass at ten pictures and one tick a second; after each tenth what runs beside gets its turn. */
  async pass(seconds: number, settled: () => Promise<void>): Promise<void> {
    for (let n = 1; n <= Math.round(seconds * 10); n += 1) {
      this.ring.addFrame(this.frame());
      if (n % 10 === 0) this.ring.addEntry({ kind: "tick", atMicros: this.clock.nowMicros() });
      this.clock.advanceMs(100);
      await settled();
    }
  }

  /** An event of the alarm machine, put into the ring. */
  level(level: "normal" | "prealarm" | "alarm", incidentId: string): AlarmEvent {
    this.#events += 1;
    const atMicros = this.clock.nowMicros();
    const event: AlarmEvent = {
      type: "level",
      sequence: this.#events,
      atMicros,
      level,
      incidentId,
      reasons: [],
      test: false,
    };
    this.ring.addEntry({ kind: "event", atMicros, event });
    return event;
  }
}

/** Everything in a recording. */
export async function entriesOf(path: string): Promise<RecordingEntry[]> {
  const entries: RecordingEntry[] = [];
  for await (const entry of (await openRecording(path)).entries()) entries.push(entry);
  return entries;
}
