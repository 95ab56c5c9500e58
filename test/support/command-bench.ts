import type { ActInput } from "#core/alarm/alarm-input.ts";
import { CommandDesk } from "#edge/commands/command-desk.ts";
import type { CommandTarget } from "#edge/commands/command-target.ts";
import { RememberedCommands } from "#edge/commands/remembered-commands.ts";
import { machineDisk } from "#edge/machine-disk.ts";
import { stateAtRest } from "#support/alarm-samples.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { ReplyMessage } from "#wire/device-messages.ts";
import { commandTopic } from "#wire/topics.ts";

/** A command desk of the device "kitchen", what it made the device do and what it answered. */
export class CommandBench {
  readonly clock: ManualClock;
  readonly acts: ActInput[] = [];
  readonly watched: number[] = [];
  readonly replies: { id: string; reply: ReplyMessage }[] = [];
  readonly log: string[] = [];
  readonly problems: (string | null)[] = [];
  readonly desk: CommandDesk;
  readonly remembered: RememberedCommands;

  private constructor(
    remembered: RememberedCommands,
    around: Surroundings & { readonly clock: ManualClock },
    problems: (string | null)[],
  ) {
    this.clock = around.clock;
    this.problems = problems;
    this.remembered = remembered;
    const target: CommandTarget = {
      deviceId: "kitchen",
      nowMicros: () => this.clock.nowMicros(),
      standing: () => stateAtRest,
      act: (input) => this.acts.push(input),
      watch: (seconds) => this.watched.push(seconds),
      site: {
        pressCallPoint: () => false,
        acceptHotZone: () => ({ ok: true, text: "accepted" }),
        withdrawHotZone: () => ({ ok: true, text: "taken back" }),
        outlineOf: () => null,
        covers: () => true,
      },
      demo: null,
      runFfc: null,
      takeClip: null,
      selfTest: null,
      config: null,
      model: null,
      ...around.target,
    };
    this.desk = new CommandDesk({
      clock: this.clock,
      target,
      remembered,
      reply: (id, reply) => this.replies.push({ id, reply }),
      log: (line) => this.log.push(line),
    });
  }

  static async open(around: Surroundings = {}): Promise<CommandBench> {
    const problems: (string | null)[] = [];
    const { clock = new ManualClock(), dataFolder = null } = around;
    const options = { clock, disk: machineDisk, deviceId: "kitchen", dataFolder };
    const onProblem = (problem: string | null): void => void problems.push(problem);
    const remembered = await RememberedCommands.open({ ...options, onProblem }, around.damage ?? []);
    return new CommandBench(remembered, { ...around, clock }, problems);
  }

  /** Sends a command that is asked for now, and lets the desk work. */
  async send(command: {
    readonly command: string;
    readonly [key: string]: unknown;
  }): Promise<ReplyMessage | undefined> {
    const body = {
      v: 1,
      id: "command-1",
      issuedAtMicros: this.clock.nowMicros(),
      ttlSeconds: 30,
      ...command,
    };
    this.hear(commandTopic("kitchen", command.command), body);
    for (let turn = 0; turn < 4; turn += 1) {
      await this.remembered.settled();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this.replies.at(-1)?.reply;
  }

  /** Whatever comes on a topic. */
  hear(topic: string, body: unknown): void {
    this.desk.hear(topic, Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));
  }
}

interface Surroundings {
  readonly dataFolder?: string;
  readonly damage?: string[];
  readonly clock?: ManualClock;
  readonly target?: Partial<CommandTarget>;
}
