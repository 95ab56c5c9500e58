import type { ActInput } from "#core/alarm/alarm-input.ts";
import type { Clock } from "#core/time.ts";
import { type CommandMessage, commandSchema } from "#wire/command-messages.ts";
import type { ReplyMessage } from "#wire/device-messages.ts";
import { parseTopic } from "#wire/topics.ts";
import type { Answer, CommandTarget, LateAnswer } from "./command-target.ts";
import { expiresAtMicros, whyStale } from "./command-time.ts";
import { obeyCommand } from "./obey-command.ts";
import type { CommandToRemember, RememberedCommands } from "./remembered-commands.ts";

/** Late answers that are told again when the hub is back; the oldest go. */
const untoldMax = 16;

/** Acts on alarms, and what can be done twice without harm, wait for no disk. */
const atOnce: ReadonlySet<CommandMessage["command"]> = new Set([
  "act",
  "call-point",
  "accept-hot-zone",
  "withdraw-hot-zone",
  "watch",
  "ignite",
  "extinguish",
  "run-ffc",
  "model-part",
]);

/** Acts that answer an alarm or end what keeps the room from being watched. */
const urgentActs: ReadonlySet<ActInput["act"]> = new Set([
  "acknowledge",
  "silence",
  "reset",
  "enable",
  "end-test",
]);

/** What a desk needs. */
export interface CommandDeskOptions {
  readonly clock: Clock;
  readonly target: CommandTarget;
  readonly remembered: RememberedCommands;
  readonly reply: (commandId: string, reply: ReplyMessage) => void;
  readonly log: (line: string) => void;
}

/**
 * Where commands arrive: each is done once, however often it comes, and answered each time; one that is too old, or for
 * which there is no room in the memory, is refused. What takes its time is on the disk as begun before it is done, so that a restart does not do it again.
 */
export class CommandDesk {
  readonly #options: CommandDeskOptions;
  /** Being done now: each is answered when it is done. */
  readonly #underWay = new Set<string>();
  #isLinkUp = false;
  readonly #untold = new Map<string, ReplyMessage>();

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  /** A message has come on a command topic. */
  hear(topic: string, payload: Uint8Array): void {
    // What has just brought something is there.
    this.#isLinkUp = true;
    const { target, log } = this.#options;
    const parsed = parseTopic(topic);
    const command = parseCommand(payload);
    if (parsed?.kind !== "command" || parsed.device !== target.deviceId || command === null) {
      log(`${target.deviceId}: a message on ${topic} is no command`);
      return;
    }
    if (parsed.command !== command.command) {
      this.#reply(command.id, { ok: false, text: "The command and its topic do not agree." });
      return;
    }
    const known = this.#options.remembered.find(command.id);
    if (known === undefined) this.#take(command);
    else this.#repeat(command.id, known.reply);
  }

  /** The answer to a command that was to be given later. It is told again when the hub is back. */
  settle(commandId: string, answer: Answer): void {
    const reply: ReplyMessage = { v: 1, ...answer };
    this.#options.remembered.answer(commandId, reply);
    this.#tell(commandId, reply);
  }

  /** The hub can be reached, or cannot. */
  linkIs(state: "up" | "down"): void {
    this.#isLinkUp = state === "up";
    if (!this.#isLinkUp) return;
    for (const [id, reply] of this.#untold) this.#options.reply(id, reply);
    this.#untold.clear();
  }

  #repeat(id: string, reply: ReplyMessage | null): void {
    if (reply !== null) this.#options.reply(id, reply);
    else if (!this.#underWay.has(id)) {
      this.#reply(id, {
        ok: false,
        text: "This was begun before the device restarted, and how it ended is not known: look at the device.",
      });
    }
  }

  #take(command: CommandMessage): void {
    const { clock, target, remembered } = this.#options;
    const stale = whyStale(command, clock.nowMicros());
    if (stale !== null) {
      this.#reply(command.id, { ok: false, text: stale });
      return;
    }
    // A lease that is renewed twice is the same lease: remembering it would wear the disk for nothing.
    const isRemembered = command.command !== "watch" && command.command !== "model-part";
    const entry = { id: command.id, expiresAtMicros: expiresAtMicros(command), urgency: urgencyOf(command) };
    const hasRoom = !isRemembered || remembered.begin(entry, clock.nowMicros());
    // A call point that is pressed twice is FIRE still. Anything else could undo what came in between.
    if (!hasRoom && command.command !== "call-point") {
      const text =
        "Not done: too many commands have come within their time. Wait a minute and send it again.";
      this.#reply(command.id, { ok: false, text });
      return;
    }
    if (atOnce.has(command.command)) this.#finish(command.id, obeyCommand(target, command));
    else this.#finish(command.id, this.#doRemembered(command));
  }

  async #doRemembered(command: CommandMessage): LateAnswer {
    const problem = await this.#options.remembered.settled();
    if (problem !== null) {
      return {
        ok: false,
        text: "Not done: this device's disk does not keep what it is told. Check the disk.",
      };
    }
    return obeyCommand(this.#options.target, command);
  }

  #finish(id: string, answer: Answer | LateAnswer): void {
    if (!(answer instanceof Promise)) {
      this.#answered(id, answer);
      return;
    }
    this.#underWay.add(id);
    void answer
      .catch((error: unknown): Answer => {
        this.#options.log(`${this.#options.target.deviceId}: command ${id} failed: ${String(error)}`);
        return { ok: false, text: "The device failed at this; its log says why." };
      })
      .then((settled) => {
        if (settled === "later") return;
        this.#underWay.delete(id);
        // The link may have gone meanwhile, and with it the process that did this.
        this.settle(id, settled);
      });
  }

  #answered(id: string, answer: Answer): void {
    const reply: ReplyMessage = { v: 1, ...answer };
    this.#options.remembered.answer(id, reply);
    this.#options.reply(id, reply);
  }

  #reply(id: string, answer: Answer): void {
    this.#options.reply(id, { v: 1, ...answer });
  }

  #tell(id: string, reply: ReplyMessage): void {
    if (this.#isLinkUp) {
      this.#options.reply(id, reply);
      return;
    }
    const [oldest] = this.#untold.keys();
    if (this.#untold.size >= untoldMax && oldest !== undefined) this.#untold.delete(oldest);
    this.#untold.set(id, reply);
  }
}

function urgencyOf(command: CommandMessage): CommandToRemember["urgency"] {
  return command.command === "act" && urgentActs.has(command.act) ? "urgent" : "other";
}

function parseCommand(payload: Uint8Array): CommandMessage | null {
  try {
    return commandSchema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
  } catch {
    return null;
  }
}
