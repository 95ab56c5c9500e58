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
  const place = parseLinePlace(text);
  if (place !== null) return place;
  throw badInput("usage", `--${option} needs a chip and a line, for example gpiochip0:17, not "${text}".`);
}

/** The line that a text names as CHIP:LINE, for example gpiochip0:17; null for any other text. */
export function parseLinePlace(text: string): LinePlace | null {
  const [, chip, line] = /^(?:\/dev\/)?(?:gpiochip)?(\d{1,3}):(\d{1,3})$/.exec(text) ?? [];
  if (chip === undefined || line === undefined) return null;
  return { path: `/dev/gpiochip${Number(chip)}`, line: Number(line) };
}
