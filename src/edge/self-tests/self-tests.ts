import type { SelfTestStage } from "#core/alarm/alarm-event.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { TroubleCode } from "#core/alarm/trouble.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type Cancel, type Clock, microsPerSecond } from "#core/time.ts";
import type { Answer, SelfTestRequest } from "../commands/command-target.ts";
import { nextTimeOfDayMicros } from "./daily-time.ts";
import type { ProofFolder, SelfTestProof } from "./self-test-proof.ts";
import { SelfTestRun, type SelfTestRunOptions } from "./self-test-run.ts";
import type { TestOutputs } from "./test-outputs.ts";

/** When a device tests itself without being told. */
export interface SelfTestSchedule {
  /** Time of day such as "10:00" by the machine's own time zone; null: only on command, and never overdue. */
  readonly dailyAt: string | null;
  /** Hours without a test that has passed after which that is trouble. */
  readonly overdueHours: number;
}

/** How often it is looked whether a test is due or overdue. */
const checkEveryMs = 60_000;
/** A daily test that could not begin, or was aborted, is tried again after so long. */
const againAfterMicros = 10 * 60 * microsPerSecond;

/** What self-tests need of their device. */
export interface SelfTestsOptions {
  readonly deviceId: string;
  readonly clock: Clock;
  readonly schedule: SelfTestSchedule;
  readonly softwareVersion: string;
  readonly outputs: TestOutputs | null;
  /** Null files nothing. */
  readonly folder: ProofFolder | null;
  readonly model: () => SelfTestProof["model"];
  readonly state: () => AlarmState;
  /** False while it is not learnt yet how the room looks. */
  readonly knowsRoom: () => boolean;
  readonly makeDetector: SelfTestRunOptions["makeDetector"];
  readonly tell: (stage: SelfTestStage, text: string) => void;
  readonly trouble: (trouble: { code: TroubleCode; active: boolean; text: string }) => void;
  readonly log: (line: string) => void;
  /** Told once what is wrong when it cannot be read or noted when a test passed last, and null when it can again. */
  readonly onProblem: (problem: string | null) => void;
}

/** The newest self-test, for whoever asks how the device is. */
export type LastSelfTest = Pick<SelfTestProof, "outcome" | "text"> & { readonly atMicros: number };

/** Runs self-tests, one at a time, when told to and daily; files their proofs and says when one has failed or is overdue. */
export class SelfTests {
  readonly #options: SelfTestsOptions;
  #run: SelfTestRun | null = null;
  #cancel: Cancel = () => {};
  #last: LastSelfTest | null = null;
  /** When a test passed last, or since when one should have. */
  #sinceMicros: number;
  #dueMicros: number | null = null;
  #passed: "before" | "in this run" = "before";
  /** Whether the disk has said when a test passed last. */
  #reading: "needed" | "under way" | "done" = "needed";
  #filing: Promise<void> = Promise.resolve();

  constructor(options: SelfTestsOptions) {
    this.#options = options;
    this.#sinceMicros = options.clock.nowMicros();
  }

  /** The newest one of this run of the device; null before the first. */
  get last(): LastSelfTest | null {
    return this.#last;
  }

  /** Reads when one passed last, and begins to look at the time. A disk that refuses is a problem, and asked again. */
  async start(): Promise<void> {
    const { clock, schedule } = this.#options;
    const nowMicros = clock.nowMicros();
    const { dailyAt } = schedule;
    if (dailyAt === null) {
      // What an earlier configuration asked for would otherwise stand for ever.
      this.#tellOverdue();
      return;
    }
    await this.#readSince();
    this.#dueMicros = nextTimeOfDayMicros(dailyAt, nowMicros);
    this.#check(dailyAt);
    this.#cancel = clock.every(checkEveryMs, () => this.#check(dailyAt));
  }

  /** Ends a test that runs; resolves when its proof is filed. */
  async stop(): Promise<void> {
    this.#cancel();
    this.#run?.abort("The device stopped.");
    await this.#filing;
  }

  /** Runs a test; the answer comes when it has ended, that of a walk test when relay and sounder act. */
  test(request: SelfTestRequest): Promise<Answer> {
    return new Promise((resolve) => this.#begin(request, resolve));
  }

  /** See `SelfTestRun.addFrame`. */
  addFrame(frame: ThermalFrame): void {
    this.#run?.addFrame(frame);
  }

  /** See `SelfTestRun.follow`. */
  follow(state: AlarmState): void {
    this.#run?.follow(state);
  }

  /** Somebody has silenced or reset: outputs that act in a walk test are to be quiet. */
  endWalk(): void {
    if (this.#run?.isWalk === true) this.#run.abort("Somebody silenced or reset while it ran.");
  }

  /** See `SelfTestRun.sent`. */
  sent(stage: SelfTestStage, eventId: string): void {
    this.#run?.sent(stage, eventId);
  }

  /** See `SelfTestRun.received`. */
  received(ids: readonly string[]): void {
    this.#run?.received(ids);
  }

  #begin(request: SelfTestRequest, answer: (answer: Answer) => void): void {
    const { clock, outputs, makeDetector, state, tell } = this.#options;
    const refusal = this.#refusal(state());
    if (refusal !== null) {
      answer({ ok: false, text: refusal });
      return;
    }
    const run = new SelfTestRun({
      clock,
      request,
      outputs,
      makeDetector,
      tell,
      onActing: () =>
        answer({
          ok: true,
          text: `The synthetic fire was found: relay and sounder act for ${request.walkMinutes} min, or until somebody silences. How the test ends is in the events.`,
        }),
      onEnd: (result) => {
        this.#run = null;
        const { by, reason, walkMinutes } = request;
        this.#ended({ ...result, by, reason, walkMinutes }, answer);
      },
    });
    this.#run = run;
  }

  #refusal(state: AlarmState): string | null {
    if (this.#run !== null) return "A self-test is under way already.";
    if (state.level !== "normal" || state.gasHazard.length > 0)
      return "Not while a prealarm, an alarm or a gas hazard stands: answer that first.";
    if (!this.#options.knowsRoom())
      return "The device still learns how its room looks: try again in some minutes.";
    return null;
  }

  #ended(
    result: Omit<SelfTestProof, "v" | "test" | "device" | "softwareVersion" | "model">,
    answer: (answer: Answer) => void,
  ): void {
    const { deviceId, softwareVersion, model, trouble, clock } = this.#options;
    const { outcome, text } = result;
    const proof: SelfTestProof = {
      v: 1,
      test: true,
      device: deviceId,
      softwareVersion,
      model: model(),
      ...result,
    };
    this.#last = { outcome, text, atMicros: proof.stages.endedAtMicros };
    if (outcome === "passed") {
      this.#sinceMicros = proof.stages.endedAtMicros;
      this.#passed = "in this run";
    } else if (outcome === "aborted" && this.#dueMicros !== null)
      this.#dueMicros = Math.min(this.#dueMicros, clock.nowMicros() + againAfterMicros);
    if (outcome !== "aborted") trouble({ code: "self-test-failed", active: outcome === "failed", text });
    this.#tellOverdue();
    this.#filing = this.#file(proof).then((filed) => {
      const said = { passed: "Passed", failed: "Failed", aborted: "Aborted" }[outcome];
      answer({ ok: outcome === "passed", text: `${said}: ${text} ${filed}`.slice(0, 500) });
    });
  }

  async #file(proof: SelfTestProof): Promise<string> {
    const { folder, log, deviceId } = this.#options;
    if (folder === null) return "This device keeps nothing, so nothing is filed.";
    try {
      return `The proof is ${await folder.file(proof)}.`;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      log(`${deviceId}: the proof of a self-test could not be filed: ${cause}`);
      return `Its proof could not be filed (${cause}): check the disk.`;
    }
  }

  async #readSince(): Promise<void> {
    const { folder, clock, onProblem } = this.#options;
    if (folder === null || this.#reading !== "needed") return;
    this.#reading = "under way";
    try {
      const readMicros = await folder.sinceMicros(clock.nowMicros());
      // What was read late does not undo a test that has passed meanwhile.
      if (this.#passed === "before") this.#sinceMicros = Math.min(this.#sinceMicros, readMicros);
      this.#reading = "done";
      onProblem(null);
    } catch (error) {
      this.#reading = "needed";
      const cause = error instanceof Error ? error.message : String(error);
      onProblem(`When a self-test passed last cannot be read or noted (${cause}).`);
    }
  }

  #check(dailyAt: string): void {
    const { clock, log, deviceId } = this.#options;
    const nowMicros = clock.nowMicros();
    void this.#readSince();
    // A clock that was set back must not put the next test off by more than a day.
    if (this.#dueMicros === null || this.#dueMicros - nowMicros > 25 * 3_600 * microsPerSecond)
      this.#dueMicros = nextTimeOfDayMicros(dailyAt, nowMicros);
    this.#tellOverdue();
    if (nowMicros < this.#dueMicros) return;
    this.#dueMicros = nextTimeOfDayMicros(dailyAt, nowMicros);
    const request = { by: "daily", reason: "Daily self-test", walkMinutes: null };
    this.#begin(request, ({ text }) => log(`${deviceId}: daily self-test: ${text}`));
    // One that could not begin is tried again soon; one that fails is trouble, and tried again tomorrow.
    if (this.#run === null) this.#dueMicros = nowMicros + againAfterMicros;
  }

  #tellOverdue(): void {
    const { schedule, clock, trouble } = this.#options;
    const nowMicros = clock.nowMicros();
    // A proof from the future is of a clock that was wrong, and proves nothing now.
    if (this.#sinceMicros > nowMicros) this.#sinceMicros = nowMicros;
    const hours = (nowMicros - this.#sinceMicros) / (3_600 * microsPerSecond);
    const active = schedule.dailyAt !== null && hours > schedule.overdueHours;
    const text = active
      ? `No self-test has passed for ${Math.floor(hours)} h: start one, and see why the daily one does not pass.`
      : "A self-test has passed in time, or none is asked for daily.";
    trouble({ code: "self-test-overdue", active, text });
  }
}
