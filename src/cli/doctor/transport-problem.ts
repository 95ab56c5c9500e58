import type { Failure } from "#core/failure.ts";
import type { TransportCode } from "#sensors/transport/transport-failure.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { Problem, ProblemCode } from "./finding.ts";

const codes: Readonly<Record<TransportCode, ProblemCode>> = {
  "device-missing": "device-missing",
  "permission-denied": "permission-denied",
  busy: "device-busy",
  gone: "device-missing",
  "bus-error": "bus-error",
  "no-answer": "bus-error",
};

/** A failure's sentence as two: what is wrong before the first colon, what to do after it. */
export function splitSentence(message: string): { readonly text: string; readonly remedy: string } {
  const at = message.indexOf(": ");
  if (at < 0) return { text: message, remedy: "Look it up in docs/guides/doctor.md." };
  const remedy = message.slice(at + 2);
  return { text: `${message.slice(0, at)}.`, remedy: remedy.charAt(0).toUpperCase() + remedy.slice(1) };
}

/** A failure of a bus, line or device node as a finding, whatever uses it. */
export function transportProblem(failure: TransportFailure): Problem {
  return { code: codes[failure.code], ...splitSentence(failure.message) };
}

/** Any operating error as a finding: a bus's by its own code, another one by the code given. */
export function failureProblem(failure: Failure, code: ProblemCode): Problem {
  if (failure instanceof TransportFailure) return transportProblem(failure);
  return { code, ...splitSentence(failure.message) };
}
