import type { Cancel, Clock } from "#core/time.ts";
import type { ZoneOutputs } from "#core/zone/zone-conditions.ts";
import type { ReadableGpioLine } from "#sensors/transport/gpio-line.ts";
import { DrivenLine } from "./driven-line.ts";
import type { LocalOutput } from "./local-output.ts";
import type { RelayProof, TestOutputs } from "./self-tests/test-outputs.ts";

/** Each line is driven anew so often: one that fails is known, and comes back by itself. */
const refreshEveryMs = 1_000;

type OpenLine = (initial: "high" | "low") => Promise<ReadableGpioLine>;

/** What the outputs of a device need. */
export interface AlarmOutputsOptions {
  readonly clock: Clock;
  /** How each line is taken; null for a device without it. */
  readonly lines: {
    readonly fireRelay: OpenLine | null;
    readonly sounder: OpenLine | null;
    readonly heartbeat: OpenLine | null;
    readonly panel: OpenLine | null;
    readonly evacuation: OpenLine | null;
  };
  /**
   * "normal": the relay's line is high while all is well, so that the relay falls in alarm and where power or program
   * are lost. "alarm": it is high in alarm only.
   */
  readonly fireRelayHighWhen: "normal" | "alarm";
  /** The same of the line to the panel. */
  readonly panelHighWhen: "normal" | "alarm";
  /** Told what is wrong with them whenever that changes; null when all are driven. */
  readonly onProblem: (problem: string | null) => void;
}

/**
 * Fire relay, sounder and heartbeat of a device, and what follows its own zone: panel and evacuation. Lines are taken when it is first known what they are to show, so that
 * an alarm from before a restart is not interrupted. What a test makes relay and sounder do not show.
 */
export class AlarmOutputs implements TestOutputs {
  readonly #options: AlarmOutputsOptions;
  readonly #problems = new Map<string, string>();
  readonly #relay: DrivenLine | null;
  readonly #sounder: DrivenLine | null;
  readonly #heartbeat: DrivenLine | null;
  readonly #panel: DrivenLine | null;
  readonly #evacuation: DrivenLine | null;
  #cancel: Cancel | null = null;
  #shown: LocalOutput | null = null;
  /** A manned walk test: relay and sounder act although there is no fire. */
  #walks = false;

  constructor(options: AlarmOutputsOptions) {
    this.#options = options;
    const { fireRelay, sounder, heartbeat, panel, evacuation } = options.lines;
    this.#relay = this.#line("fire relay", fireRelay);
    this.#sounder = this.#line("sounder", sounder);
    this.#heartbeat = this.#line("heartbeat", heartbeat);
    this.#panel = this.#line("panel output", panel);
    this.#evacuation = this.#line("evacuation output", evacuation);
  }

  /** Shows what the device's alarm state asks for; each line is called before this returns. */
  show(output: LocalOutput): void {
    this.#shown = output;
    const isFire = (output.level === "alarm" && !output.test) || this.#walks;
    this.#relay?.drive(isFire === (this.#options.fireRelayHighWhen === "alarm") ? "high" : "low");
    this.#sounder?.drive((output.sounding && !output.test) || this.#walks ? "high" : "low");
    this.#cancel ??= this.#options.clock.every(refreshEveryMs, () => this.#refresh());
  }

  /** Shows what the device's own zone asks for; each line is called before this returns. */
  showZone({ panel, evacuation }: ZoneOutputs): void {
    const isHighInFire = this.#options.panelHighWhen === "alarm";
    this.#panel?.drive((panel === "on") === isHighInFire ? "high" : "low");
    this.#evacuation?.drive(evacuation === "on" ? "high" : "low");
  }

  /** Changes the heartbeat: a second of new data was judged. */
  beat(): void {
    this.#heartbeat?.drive(this.#heartbeat.wanted === "high" ? "low" : "high");
  }

  /** See `TestOutputs`. */
  async proveRelay(outputs: "inhibited" | "acting"): Promise<RelayProof> {
    if (outputs === "acting") {
      this.#walks = true;
      if (this.#shown !== null) this.show(this.#shown);
    }
    const relay = this.#relay;
    if (relay === null) return { outputs, wanted: null, read: null, problem: null };
    try {
      // What is wanted may change while the line is read: a fire that is real comes first.
      const read = await relay.readBack();
      return { outputs, wanted: relay.wanted, read, problem: null };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { outputs, wanted: relay.wanted, read: null, problem };
    }
  }

  /** See `TestOutputs`. */
  release(): void {
    this.#walks = false;
    if (this.#shown !== null) this.show(this.#shown);
  }

  /** Lets the lines go as they are; safe to call twice. */
  async close(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const lines = [this.#relay, this.#sounder, this.#heartbeat, this.#panel, this.#evacuation];
    await Promise.all(lines.map((line) => line?.close()));
  }

  #line(name: string, open: OpenLine | null): DrivenLine | null {
    if (open === null) return null;
    return new DrivenLine({ name, open, onProblem: (problem) => this.#note(name, problem) });
  }

  #refresh(): void {
    // The heartbeat is left alone: only new data may change it, and its next beat shows whether it can be driven.
    this.#relay?.refresh();
    this.#sounder?.refresh();
    this.#panel?.refresh();
    this.#evacuation?.refresh();
  }

  #note(name: string, problem: string | null): void {
    if (problem === null) this.#problems.delete(name);
    else this.#problems.set(name, problem);
    const all = [...this.#problems.values()].join(" ");
    this.#options.onProblem(all === "" ? null : all);
  }
}
