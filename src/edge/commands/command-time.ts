import { microsPerSecond, secondsBetween } from "#core/time.ts";
import type { CommandMessage } from "#wire/command-messages.ts";

/** The sender's clock may be so far ahead of this device's. */
export const clockToleranceSeconds = 5;

/** Why a command must not be done any more by this device's clock; null when it may. */
export function whyStale(
  { issuedAtMicros, ttlSeconds }: Pick<CommandMessage, "issuedAtMicros" | "ttlSeconds">,
  nowMicros: number,
): string | null {
  const ageSeconds = secondsBetween(issuedAtMicros, nowMicros);
  if (ageSeconds < -clockToleranceSeconds) {
    return `Not done: this device's clock is ${Math.round(-ageSeconds)} s behind the sender's, so it cannot tell how old a command is. Set the clock of whichever is wrong, then send it again.`;
  }
  if (ageSeconds <= ttlSeconds) return null;
  return `Not done: by this device's clock the command is ${Math.round(ageSeconds)} s old and was good for ${ttlSeconds} s. Send it again; if this comes again, the clocks differ: set the one that is wrong.`;
}

/** When a command has expired by this device's clock, whatever the sender's says. */
export function expiresAtMicros({
  issuedAtMicros,
  ttlSeconds,
}: Pick<CommandMessage, "issuedAtMicros" | "ttlSeconds">): number {
  return issuedAtMicros + ttlSeconds * microsPerSecond;
}
