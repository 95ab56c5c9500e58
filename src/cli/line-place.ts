import { badInput } from "#core/failure.ts";
import type { Invocation } from "./command.ts";

/** A line of a GPIO chip, for example line 17 of "/dev/gpiochip0". */
export interface LinePlace {
  readonly path: string;
  readonly line: number;
}

/** The line that an option names as CHIP:LINE; null without the option. Throws `Failure` ("usage"). */
export function linePlaceOption(invocation: Invocation, option: string): LinePlace | null {
  const text = invocation.values[option];
  if (text === undefined) return null;
  const [, chip, line] = /^(?:\/dev\/)?(?:gpiochip)?(\d{1,3}):(\d{1,3})$/.exec(text) ?? [];
  if (chip === undefined || line === undefined) {
    throw badInput("usage", `--${option} needs a chip and a line, for example gpiochip0:17, not "${text}".`);
  }
  return { path: `/dev/gpiochip${Number(chip)}`, line: Number(line) };
}
