import { Failure } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { SensirionCommand } from "#sensors/sensirion/command.ts";
import { Pauses } from "#sensors/sensirion/pauses.ts";
import { ChecksumFailure, SensirionChip } from "#sensors/sensirion/sensirion-chip.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";

/** A question is asked so often to judge the wire: one right answer proves nothing. */
export const repeatedQuestions = 5;

/** Which chip on which bus. */
export interface ChipPlace {
  readonly i2c: I2cBus;
  readonly clock: Clock;
  readonly address: number;
  /** Name for people. */
  readonly name: string;
}

/** A Sensirion chip to talk to. */
export function chipAt({ i2c, clock, address, name }: ChipPlace): SensirionChip {
  return new SensirionChip({ i2c, address, name, pauses: new Pauses(clock), onOutcome: () => undefined });
}

/** How a question that was asked `repeatedQuestions` times was answered. */
export interface RepeatedAnswers {
  /** The last right answer; null when there was none. */
  readonly words: readonly number[] | null;
  readonly right: number;
  readonly wrongChecksums: number;
  readonly unanswered: number;
}

/** Asks the same question again and again. Throws `TransportFailure` when the bus itself fails. */
export async function askRepeatedly(
  chip: SensirionChip,
  question: SensirionCommand,
): Promise<RepeatedAnswers> {
  const answers = { words: null as readonly number[] | null, right: 0, wrongChecksums: 0, unanswered: 0 };
  for (let asked = 0; asked < repeatedQuestions; asked += 1) {
    try {
      answers.words = await chip.send(question);
      answers.right += 1;
    } catch (error) {
      if (error instanceof ChecksumFailure) answers.wrongChecksums += 1;
      else if (isNoAnswer(error)) answers.unanswered += 1;
      else throw error;
    }
  }
  return answers;
}

/** Whether an error says that the chip did not acknowledge. */
export function isNoAnswer(error: unknown): error is TransportFailure {
  return error instanceof TransportFailure && error.code === "no-answer";
}

/** The operating error as it is; a programmer's error is thrown on. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
