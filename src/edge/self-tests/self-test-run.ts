import type { AlarmEvent, SelfTestStage } from "#core/alarm/alarm-event.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { DeviceDetector } from "#core/detection/device-detector.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import type { SelfTestRequest } from "../commands/command-target.ts";
import type { SelfTestProof } from "./self-test-proof.ts";
import { drawSyntheticFire, quietSeconds } from "./synthetic-fire.ts";
import type { TestOutputs } from "./test-outputs.ts";

/** The second pipeline takes a picture so long after the first one has, between two of the camera's. */
export const spreadMs = 40;
/** From the first picture with a synthetic fire to its alarm. */
export const alarmWithinSeconds = 60;
/** From the word of the alarm to the hub's receipt for it. */
export const receiptWithinSeconds = 60;

/** What one self-test stands on. */
export interface SelfTestRunOptions {
  readonly clock: Clock;
  readonly request: SelfTestRequest;
  readonly outputs: TestOutputs | null;
  /** A pipeline like the real one, with the same model and policy and what is known of the room. */
  readonly makeDetector: (onEvent: (event: AlarmEvent) => void) => DeviceDetector;
  /** Says a stage in the device's own log, marked as test. */
  readonly tell: (stage: SelfTestStage, text: string) => void;
  /** A manned walk test has made relay and sounder act. */
  readonly onActing: () => void;
  /** Told once, at the end. */
  readonly onEnd: (result: SelfTestResult) => void;
}

/** What a self-test has shown, before it is filed. */
export type SelfTestResult = Pick<
  SelfTestProof,
  "outcome" | "text" | "stages" | "reasons" | "frames" | "relay"
>;

type Stages = { -readonly [Stage in keyof SelfTestProof["stages"]]: SelfTestProof["stages"][Stage] };

/**
 * One self-test: the camera's own pictures with a synthetic fire go through a second pipeline until it alarms; that word
 * is followed through the relay and to the hub's receipt. The real pipeline decides before and beside it, and ends it
 * with its first real prealarm.
 */
export class SelfTestRun {
  readonly #options: SelfTestRunOptions;
  readonly #detector: DeviceDetector;
  readonly #stages: Stages;
  readonly #frames = { given: 0, letGo: 0 };
  readonly #cancels: Cancel[] = [];
  #reasons: readonly string[] = [];
  #relay: SelfTestProof["relay"] = null;
  #firstMicros: number | null = null;
  #advancedMicros = 0;
  /** Set while a picture waits for its turn. */
  #cancelTurn: Cancel | null = null;
  /** The event by which the log says that the alarm was found; null before. */
  #eventId: string | null = null;
  #isOver = false;

  constructor(options: SelfTestRunOptions) {
    this.#options = options;
    const { clock } = options;
    this.#stages = {
      startedAtMicros: clock.nowMicros(),
      fireAtMicros: null,
      prealarmAtMicros: null,
      alarmAtMicros: null,
      relayAtMicros: null,
      receiptAtMicros: null,
      endedAtMicros: 0,
    };
    this.#detector = options.makeDetector((event) => this.#found(event));
    this.#after(quietSeconds + alarmWithinSeconds, () => this.#alarmIsLate());
  }

  /** A picture of the camera, after the real pipeline has had it. Returns at once; while one waits, others are let go. */
  addFrame(frame: ThermalFrame): void {
    if (this.#isOver || this.#stages.alarmAtMicros !== null) return;
    if (this.#cancelTurn !== null) {
      this.#frames.letGo += 1;
      return;
    }
    this.#cancelTurn = this.#options.clock.after(spreadMs, () => this.#give(frame));
  }

  /** True where relay and sounder act. */
  get isWalk(): boolean {
    return this.#options.request.walkMinutes !== null;
  }

  /** How the device really is: a prealarm ends the test at once. */
  follow(state: AlarmState): void {
    if (state.level !== "normal")
      this.#end("aborted", "A real prealarm or alarm came: the test was ended at once.");
  }

  /** The event of a stage is on its way to the hub. */
  sent(stage: SelfTestStage, eventId: string): void {
    if (stage === "alarm") this.#eventId = eventId;
  }

  /** The hub has given receipts for these events. */
  received(ids: readonly string[]): void {
    if (this.#eventId === null || !ids.includes(this.#eventId)) return;
    this.#stages.receiptAtMicros = this.#options.clock.nowMicros();
    this.#endIfFollowed();
  }

  /** Ends the test because a person wants it, or the device stops. */
  abort(text: string): void {
    this.#end("aborted", text);
  }

  #give(frame: ThermalFrame): void {
    this.#cancelTurn = null;
    const atMicros = frame.capturedAtMicros;
    this.#firstMicros ??= atMicros;
    const second = (atMicros - this.#firstMicros) / microsPerSecond;
    if (second >= quietSeconds) this.#stages.fireAtMicros ??= this.#options.clock.nowMicros();
    this.#frames.given += 1;
    this.#detector.addFrame(drawSyntheticFire(frame, second));
    if (atMicros - this.#advancedMicros < microsPerSecond) return;
    this.#advancedMicros = atMicros;
    this.#detector.advance(atMicros);
  }

  #found(event: AlarmEvent): void {
    if (event.type !== "level" || this.#isOver || this.#stages.alarmAtMicros !== null) return;
    const nowMicros = this.#options.clock.nowMicros();
    if (event.level === "prealarm") this.#stages.prealarmAtMicros ??= nowMicros;
    if (event.level !== "alarm") return;
    if (this.#stages.fireAtMicros === null) {
      this.#end("failed", "The second pipeline called FIRE before the synthetic fire was drawn.");
      return;
    }
    this.#stages.alarmAtMicros = nowMicros;
    this.#reasons = event.reasons.map(({ text }) => text);
    const seconds = (nowMicros - this.#stages.fireAtMicros) / microsPerSecond;
    this.#options.tell(
      "alarm",
      `Test: a synthetic fire was found after ${seconds.toFixed(1)} s. Nothing burns.`,
    );
    this.#after(receiptWithinSeconds, () => this.#receiptIsLate());
    void this.#proveRelay();
  }

  async #proveRelay(): Promise<void> {
    const { outputs, request, clock } = this.#options;
    const walk = request.walkMinutes;
    if (outputs !== null) {
      this.#relay = await outputs.proveRelay(walk === null ? "inhibited" : "acting");
      if (this.#isOver) {
        // The test was ended while the line was read: what it drove must not stay.
        outputs.release();
        return;
      }
    }
    this.#stages.relayAtMicros = clock.nowMicros();
    if (this.#relay !== null && (this.#relay.problem !== null || this.#relay.read !== this.#relay.wanted)) {
      const { problem, read, wanted } = this.#relay;
      this.#end(
        "failed",
        problem ?? `The fire relay's line reads ${read} and was driven ${wanted}: check it.`,
      );
      return;
    }
    if (walk === null) {
      this.#endIfFollowed();
      return;
    }
    this.#options.onActing();
    this.#after(60 * walk, () => this.#endIfFollowed());
  }

  #endIfFollowed(): void {
    const { receiptAtMicros, relayAtMicros, fireAtMicros, alarmAtMicros } = this.#stages;
    if (receiptAtMicros === null || relayAtMicros === null || alarmAtMicros === null) return;
    const walkMicros = (this.#options.request.walkMinutes ?? 0) * 60 * microsPerSecond;
    if (this.#options.clock.nowMicros() < relayAtMicros + walkMicros) return;
    const seconds = (alarmAtMicros - fireAtMicros!) / microsPerSecond;
    const relay = this.#relay === null ? "there is no relay" : `the relay's line reads ${this.#relay.read}`;
    const text = `The synthetic fire was found after ${seconds.toFixed(1)} s, ${relay}, the hub has its receipt.`;
    this.#end("passed", text);
  }

  #alarmIsLate(): void {
    if (this.#stages.alarmAtMicros !== null) return;
    const { given } = this.#frames;
    const text =
      given === 0
        ? "The camera sent no pictures for the test: check it."
        : `A synthetic fire in ${given} pictures was not found within ${alarmWithinSeconds} s: do not rely on this device.`;
    this.#end("failed", text);
  }

  #receiptIsLate(): void {
    if (this.#stages.receiptAtMicros !== null) return;
    this.#end(
      "failed",
      `The hub gave no receipt for the test within ${receiptWithinSeconds} s: check the link.`,
    );
  }

  #end(outcome: SelfTestResult["outcome"], text: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#cancelTurn?.();
    this.#options.outputs?.release();
    this.#stages.endedAtMicros = this.#options.clock.nowMicros();
    const { tell, onEnd } = this.#options;
    tell(outcome, text);
    onEnd({
      outcome,
      text,
      stages: { ...this.#stages },
      reasons: [...this.#reasons],
      frames: { ...this.#frames },
      relay: this.#relay,
    });
  }

  #after(seconds: number, then: () => void): void {
    this.#cancels.push(this.#options.clock.after(1_000 * seconds, then));
  }
}
