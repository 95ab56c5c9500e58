import { randomUUID } from "node:crypto";
import type { Clock } from "#core/time.ts";
import type { CommandMessage } from "#wire/command-messages.ts";
import type { ReplyMessage } from "#wire/device-messages.ts";
import { commandTopic } from "#wire/topics.ts";

/** A device that has not answered an act by then is taken not to answer. */
export const replyTimeoutMs = 4_000;
/** The same for what takes its time: a restart, a recording, a test with all its stages. */
const longReplyTimeoutMs: Partial<Record<CommandMessage["command"], number>> = {
  "run-ffc": 15_000,
  "take-clip": 90_000,
  "self-test": 200_000,
  config: 150_000,
  model: 30_000,
  "model-rollback": 30_000,
  "model-part": 10_000,
};
/** For how long a device may do a command after it was sent: a message that was held up must not act much later. */
const ttlSeconds = 30;
/** Commands waiting for their answers at once; a further one is refused at once. */
export const pendingCommandsMax = 64;

/** A command before it has its id. */
export type CommandRequest = CommandMessage extends infer Command
  ? Command extends CommandMessage
    ? Omit<Command, "id" | "v" | "issuedAtMicros" | "ttlSeconds">
    : never
  : never;

/** How a command ended. */
export type CommandOutcome =
  | { readonly kind: "answered"; readonly reply: ReplyMessage }
  | { readonly kind: "silent" }
  | { readonly kind: "busy" };

/** What a relay needs. */
export interface CommandRelayOptions {
  readonly clock: Clock;
  readonly publish: PublishMessage;
  /** What the device's own clock says now, as far as known; null for one that has not spoken. */
  readonly deviceClockMicros: (device: string) => number | null;
  /** Makes ids that no other command ever has; random ones where left out. */
  readonly newId?: (() => string) | undefined;
}

/** Hands a message to the broker. */
export type PublishMessage = (message: {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
}) => Promise<void>;

interface Waiting {
  readonly device: string;
  readonly settle: (outcome: CommandOutcome) => void;
}

/** Sends commands to devices and brings their answers back. */
export class CommandRelay {
  readonly #options: CommandRelayOptions;
  readonly #newId: () => string;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: CommandRelayOptions) {
    this.#options = options;
    this.#newId = options.newId ?? randomUUID;
  }

  /** Sends a command and waits for the answer, as long as its kind may take. */
  async ask(device: string, request: CommandRequest): Promise<CommandOutcome> {
    if (this.#waiting.size >= pendingCommandsMax) return { kind: "busy" };
    const id = this.#newId();
    const timeoutMs = longReplyTimeoutMs[request.command] ?? replyTimeoutMs;
    const answer = new Promise<CommandOutcome>((resolve) => {
      const cancel = this.#options.clock.after(timeoutMs, () => settle({ kind: "silent" }));
      const settle = (outcome: CommandOutcome): void => {
        cancel();
        this.#waiting.delete(id);
        resolve(outcome);
      };
      this.#waiting.set(id, { device, settle });
    });
    await this.#send({ device, id, request });
    return answer;
  }

  /** Sends a command whose answer nobody waits for. */
  async tell(device: string, request: CommandRequest): Promise<void> {
    await this.#send({ device, id: this.#newId(), request });
  }

  /** A device has answered; an answer nobody waits for (any more), or from another device, is let go. */
  hearReply(heard: {
    readonly device: string;
    readonly commandId: string;
    readonly reply: ReplyMessage;
  }): void {
    const waiting = this.#waiting.get(heard.commandId);
    if (waiting?.device === heard.device) waiting.settle({ kind: "answered", reply: heard.reply });
  }

  /** Ends all waiting, as if the devices had not answered. */
  stop(): void {
    for (const waiting of [...this.#waiting.values()]) waiting.settle({ kind: "silent" });
  }

  #send(command: { device: string; id: string; request: CommandRequest }): Promise<void> {
    const { device, id, request } = command;
    const { clock, publish, deviceClockMicros } = this.#options;
    // By the device's clock, so that a device whose clock is wrong can tell, too, how long the command took.
    const issuedAtMicros = deviceClockMicros(device) ?? clock.nowMicros();
    return publish({
      topic: commandTopic(device, request.command),
      payload: JSON.stringify({ v: 1, id, issuedAtMicros, ttlSeconds, ...request }),
      // A person's act goes once and is answered: sending it twice could undo what somebody did in between.
      qos: 0,
    });
  }
}
