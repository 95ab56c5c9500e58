import type { ActInput } from "#core/alarm/alarm-input.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import { type CommandMessage, commandSchema, type ReplyMessage } from "#wire/device-messages.ts";
import { parseTopic } from "#wire/topics.ts";
import { actOfCommand, obeySiteCommand, type SiteTarget } from "./site-command.ts";

/** What a command can make a device do. */
export interface CommandTarget {
  readonly deviceId: string;
  readonly nowMicros: () => number;
  /** What stands now, for acts that end something. */
  readonly standing: () => Pick<AlarmState, "disabled" | "disabledRegions" | "test">;
  readonly act: (input: ActInput) => void;
  readonly watch: (seconds: number) => void;
  readonly site: SiteTarget;
  /** Null on a device whose room is real. */
  readonly demo: { ignite(): string; extinguish(): string } | null;
}

const done: Readonly<Record<ActInput["act"], string>> = {
  acknowledge: "Acknowledged.",
  silence: "Silenced.",
  reset: "Reset.",
  disable: "Disabled.",
  enable: "Enabled.",
  "start-test": "Test started.",
  "end-test": "Test ended.",
};

/**
 * Does what a command says and returns its answer; null for a message that is no command to this device, which has no
 * id to answer to.
 */
export function answerCommand(
  target: CommandTarget,
  message: { readonly topic: string; readonly payload: Uint8Array },
): { readonly id: string; readonly reply: ReplyMessage } | null {
  const topic = parseTopic(message.topic);
  const command = parseCommand(message.payload);
  if (topic?.kind !== "command" || topic.device !== target.deviceId || command === null) return null;
  const reply: ReplyMessage =
    topic.command === command.command
      ? { v: 1, ...obey(target, command) }
      : { v: 1, ok: false, text: "The command and its topic do not agree." };
  return { id: command.id, reply };
}

function parseCommand(payload: Uint8Array): CommandMessage | null {
  try {
    return commandSchema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
  } catch {
    return null;
  }
}

function obey(target: CommandTarget, command: CommandMessage): { ok: boolean; text: string } {
  switch (command.command) {
    case "act":
      return act(target, command);
    case "watch":
      target.watch(command.seconds);
      return { ok: true, text: `Pictures for ${command.seconds} s.` };
    case "call-point":
    case "accept-hot-zone":
    case "withdraw-hot-zone":
      return obeySiteCommand(target.site, command);
    case "ignite":
    case "extinguish":
      if (target.demo === null) return { ok: false, text: "There is no fire to light here." };
      return {
        ok: true,
        text: command.command === "ignite" ? target.demo.ignite() : target.demo.extinguish(),
      };
  }
}

function act(
  target: CommandTarget,
  command: Extract<CommandMessage, { command: "act" }>,
): { ok: boolean; text: string } {
  const nothing = nothingToEnd(target, command);
  // Done for nobody, so nothing is logged; two people who end the same thing have made no mistake.
  if (nothing !== null) return { ok: true, text: nothing };
  const input = actOfCommand(command, { atMicros: target.nowMicros(), outlineOf: target.site.outlineOf });
  if (typeof input === "string") return { ok: false, text: input };
  target.act(input);
  return { ok: true, text: done[input.act] };
}

/** What an act that ends something says where there is nothing to end; null for every other act. */
function nothingToEnd(
  target: CommandTarget,
  { act, region }: Pick<Extract<CommandMessage, { command: "act" }>, "act" | "region">,
): string | null {
  const { disabled, disabledRegions, test } = target.standing();
  if (act === "end-test" && test === null) return "No test was on.";
  if (act !== "enable") return null;
  if (region === undefined) return disabled === null ? "The room was not disabled." : null;
  return disabledRegions.some(({ name }) => name === region.name) ? null : "This region was not disabled.";
}
