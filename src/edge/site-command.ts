import type { ActInput } from "#core/alarm/alarm-input.ts";
import type { Outline } from "#core/regions/outline.ts";
import type { CommandMessage } from "#wire/command-messages.ts";
import type { DeviceSite, SiteAnswer } from "./device-site.ts";

type CommandOf<Name extends CommandMessage["command"]> = Extract<CommandMessage, { command: Name }>;

/** Commands about a device's place: its picture, and its zone. */
export type SiteCommand = CommandOf<"call-point" | "accept-hot-zone" | "withdraw-hot-zone">;

/** What such a command can make a device do. */
export interface SiteTarget {
  /** False where the device runs no zone of its own: then nothing came of it. */
  readonly pressCallPoint: (callPoint: string) => boolean;
  readonly acceptHotZone: (command: CommandOf<"accept-hot-zone">) => SiteAnswer;
  readonly withdrawHotZone: (command: CommandOf<"withdraw-hot-zone">) => SiteAnswer;
  readonly outlineOf: (name: string) => Outline | null;
  /** Whether an outline covers any pixel of the device's picture. */
  readonly covers: (outline: Outline) => boolean;
}

/** Does what the command says, and answers in a sentence. */
export function obeySiteCommand(target: SiteTarget, command: SiteCommand): SiteAnswer {
  switch (command.command) {
    case "call-point":
      return target.pressCallPoint(command.callPoint)
        ? { ok: true, text: "FIRE of this device's zone." }
        : { ok: false, text: "This device runs no zone of its own: only the hub's can be in FIRE." };
    case "accept-hot-zone":
      return target.acceptHotZone(command);
    case "withdraw-hot-zone":
      return target.withdrawHotZone(command);
  }
}

/**
 * The act of a command that may name a part of the picture. A sentence for people where it cannot be done: no minutes for
 * what ends by itself, no reason for a disablement of a region, a region that nobody knows or that covers no pixel.
 */
export function actOfCommand(
  command: CommandOf<"act">,
  around: { readonly atMicros: number } & Pick<SiteTarget, "outlineOf" | "covers">,
): ActInput | string {
  const { act: name, by, reason, minutes, region } = command;
  const act = { kind: "act", atMicros: around.atMicros, by, reason } as const;
  if (name === "enable") return { ...act, act: name, minutes: null, region: region?.name };
  if (region !== undefined && name !== "disable") return "Only a disablement is of a part of the picture.";
  if (name !== "disable" && name !== "start-test") return { ...act, act: name, minutes: null };
  if (minutes === null) return "Say for how many minutes: it ends by itself.";
  if (region === undefined) return { ...act, act: name, minutes };
  if (reason.trim() === "") return "Say why: whoever finds it so must know.";
  const outline = region.outline ?? around.outlineOf(region.name);
  if (outline === null) return `The device knows no region "${region.name}": draw it, or name one it knows.`;
  if (!around.covers(outline))
    return "The outline covers no pixel of the picture: draw it within, around an area.";
  return { ...act, act: name, minutes, region: { name: region.name, outline } };
}

/** What commands can make of a device's place. */
export function siteTarget(
  site: () => DeviceSite,
  device: Pick<SiteTarget, "pressCallPoint"> & { readonly nowMicros: () => number },
): SiteTarget {
  return {
    pressCallPoint: device.pressCallPoint,
    acceptHotZone: ({ proposal, name, peakCelsius, areaPixels, by }) =>
      site().accept({ proposal, name, peakCelsius, areaPixels, by, atMicros: device.nowMicros() }),
    withdrawHotZone: ({ name, by }) => site().withdraw({ name, by, atMicros: device.nowMicros() }),
    outlineOf: (name) => site().outlineOf(name),
    covers: (outline) => site().covers(outline),
  };
}
