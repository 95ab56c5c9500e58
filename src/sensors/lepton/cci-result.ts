/** What a result code of the status register means, and whether the same command may succeed when sent again. */
export interface CciResult {
  readonly code: string;
  readonly meaning: string;
  readonly mayRetry: boolean;
}

/** Result codes of the CCI status register, bits 15 to 8 (Lepton Software Interface Description 110-0144-03). */
const results: Readonly<Record<number, CciResult>> = {
  [-1]: { code: "lepton-error", meaning: "an error", mayRetry: true },
  [-2]: { code: "lepton-not-ready", meaning: "not ready", mayRetry: true },
  [-3]: { code: "lepton-range-error", meaning: "a range error", mayRetry: false },
  [-4]: { code: "lepton-checksum-error", meaning: "a checksum error", mayRetry: true },
  [-5]: { code: "lepton-bad-argument", meaning: "a bad argument", mayRetry: false },
  [-6]: { code: "lepton-data-size", meaning: "a wrong length of data", mayRetry: false },
  [-7]: { code: "lepton-undefined", meaning: "a command it does not know", mayRetry: false },
  [-8]: { code: "lepton-not-supported", meaning: "a command it does not support", mayRetry: false },
  [-9]: { code: "lepton-out-of-range", meaning: "a value out of range", mayRetry: false },
  [-11]: { code: "lepton-not-allowed", meaning: "a command it does not allow now", mayRetry: false },
  [-15]: { code: "lepton-otp-error", meaning: "an error of its permanent memory", mayRetry: false },
  [-16]: { code: "lepton-otp-error", meaning: "an error of its permanent memory", mayRetry: false },
  [-18]: { code: "lepton-otp-error", meaning: "an error of its permanent memory", mayRetry: false },
};

/** Signed result code of a status register: 0 is success. */
export function resultOfStatus(status: number): number {
  return (status << 16) >> 24;
}

/** What a result code below 0 means. One that no document names is taken for a disturbed answer, asked for once more. */
export function describeResult(result: number): CciResult {
  return results[result] ?? { code: "lepton-unknown-result", meaning: `result ${result}`, mayRetry: true };
}
