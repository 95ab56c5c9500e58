/** A command of a Sensirion chip, as its data sheet's table has it. */
export interface SensirionCommand {
  readonly name: string;
  readonly code: number;
  /** Words written after the code. */
  readonly argumentWords: number;
  /** Words of the reply; 0 for none. */
  readonly replyWords: number;
  /** Time after the command in which the chip does nothing else, in milliseconds; the reply is read after it. */
  readonly executionMs: number;
  /** When the chip takes it: always, or only while it does not measure. */
  readonly allowed: "always" | "idle";
  /** What it does to the measurement. */
  readonly effect: "starts" | "stops" | "none";
  /** "not-expected" for wake-up calls, which a sleeping chip obeys without acknowledging them. */
  readonly acknowledge: "expected" | "not-expected";
}

/** What differs from a command without words, time or effect that is taken at any time. */
export type CommandTraits = Partial<Omit<SensirionCommand, "name" | "code">>;

/** A line of a command table. */
export function command(name: string, code: number, traits: CommandTraits = {}): SensirionCommand {
  return {
    name,
    code,
    argumentWords: 0,
    replyWords: 0,
    executionMs: 0,
    allowed: "always",
    effect: "none",
    acknowledge: "expected",
    ...traits,
  };
}
