import type { ActInput } from "#core/alarm/alarm-input.ts";
import { Failure } from "#core/failure.ts";
import type { CommandMessage } from "#wire/command-messages.ts";
import { actOfCommand, obeySiteCommand } from "../site-command.ts";
import type { Answer, CommandTarget, LateAnswer } from "./command-target.ts";

const done: Readonly<Record<ActInput["act"], string>> = {
  acknowledge: "Acknowledged.",
  silence: "Silenced.",
  reset: "Reset.",
  disable: "Disabled.",
  enable: "Enabled.",
  "start-test": "Test started.",
  "end-test": "Test ended.",
};

/** Does what a command says. What takes its time answers with a promise, which never rejects for a `Failure`. */
export function obeyCommand(target: CommandTarget, command: CommandMessage): Answer | LateAnswer {
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
      if (target.demo === null) return refused("There is no fire to light here.");
      return {
        ok: true,
        text: command.command === "ignite" ? target.demo.ignite() : target.demo.extinguish(),
      };
    case "run-ffc":
      return runFfc(target);
    case "take-clip":
      return ability(target.takeClip, "This device records nothing.", (take) => take(command.seconds));
    case "self-test": {
      const { by, reason, walkMinutes } = command;
      const start = target.selfTest;
      return ability(start, "This device cannot test itself.", (test) => test({ by, reason, walkMinutes }));
    }
    case "config":
      return ability(target.config, "This device takes no configuration from afar.", (config) =>
        config.apply({ commandId: command.id, text: command.text }),
      );
    case "model":
      return ability(target.model, "This device takes no models from afar.", (model) =>
        model.install(command.sha256),
      );
    case "model-rollback":
      return ability(target.model, "This device takes no models from afar.", (model) => model.rollBack());
    case "model-part":
      return refused("This device has no process that takes models: it takes none from afar.");
  }
}

function refused(text: string): Answer {
  return { ok: false, text };
}

function ability<Ability>(
  has: Ability | null,
  without: string,
  use: (ability: Ability) => LateAnswer,
): Answer | LateAnswer {
  return has === null ? refused(without) : failuresAsAnswers(use(has));
}

async function failuresAsAnswers(answer: LateAnswer): LateAnswer {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return refused(error.message.slice(0, 500));
  }
}

function runFfc(target: CommandTarget): Answer | LateAnswer {
  if (target.standing().level !== "normal") {
    return refused("Not during a prealarm or alarm: a correction blinds the camera for some seconds.");
  }
  const without = "This device has no camera that can be told to correct itself.";
  return ability(target.runFfc, without, async (run) => {
    await run();
    return { ok: true, text: "The camera has corrected itself (FFC)." };
  });
}

function act(target: CommandTarget, command: Extract<CommandMessage, { command: "act" }>): Answer {
  const nothing = nothingToEnd(target, command);
  // Done for nobody, so nothing is logged; two people who end the same thing have made no mistake.
  if (nothing !== null) return { ok: true, text: nothing };
  const { outlineOf, covers } = target.site;
  const input = actOfCommand(command, { atMicros: target.nowMicros(), outlineOf, covers });
  if (typeof input === "string") return refused(input);
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
