/**
 * What can go wrong with an emulated Lepton.
 *
 * On the video side: `discards`: nothing but discard packets. `wrong-segment-number`: packet 20 bears `number`, or the
 * next segment's. `segment-zero`: every segment says that it is invalid. `duplicated-packet`, `swapped-packets`:
 * `packet` is a copy of the one before, or changes places with the one after. `byte-slip`: `bytes` bytes are lost once,
 * everything after stands that much too early until the next resynchronisation. `crc-error`: one bit of `packet` is
 * wrong. `stall`: the data line stays at `level`. `frozen-picture`: the pixels no longer change, the frame counter does;
 * `frozen-frame`: nothing does, telemetry included. `ffc-stuck`: a flat-field correction begins and does not end.
 *
 * Of the whole module: `reboot`: it boots now, once. `power-cut`: the supply is gone. `wrong-part`: it calls itself
 * `partNumber`. `wrong-revision`: its telemetry has another revision (8: the old coding of the correction's state).
 *
 * On the control side: `cci-no-answer`: not acknowledged. `cci-busy`: the status says busy. `cci-error`: every command
 * ends with `result`. `cci-late`: the clock is stretched by `ms` before each answer.
 */
export type LeptonFaultKind =
  | { readonly kind: "discards" }
  | { readonly kind: "wrong-segment-number"; readonly number?: number }
  | { readonly kind: "segment-zero" }
  | { readonly kind: "duplicated-packet"; readonly packet?: number }
  | { readonly kind: "swapped-packets"; readonly packet?: number }
  | { readonly kind: "byte-slip"; readonly bytes?: number }
  | { readonly kind: "crc-error"; readonly packet?: number }
  | { readonly kind: "stall"; readonly level?: 0x00 | 0xff }
  | { readonly kind: "frozen-picture" }
  | { readonly kind: "frozen-frame" }
  | { readonly kind: "ffc-stuck" }
  | { readonly kind: "reboot" }
  | { readonly kind: "power-cut" }
  | { readonly kind: "wrong-part"; readonly partNumber?: string }
  | { readonly kind: "wrong-revision"; readonly revision?: number }
  | { readonly kind: "cci-no-answer" }
  | { readonly kind: "cci-busy" }
  | { readonly kind: "cci-error"; readonly result?: number }
  | { readonly kind: "cci-late"; readonly ms: number };

/** What ends a fault besides its own limits; a stronger remedy does what a weaker one does. */
export type LeptonRemedy = "resync" | "reboot" | "power-cycle";

/** How long a fault lasts: until it is taken away, unless one of these says otherwise. */
export interface FaultLimits {
  /**
   * Ends after so many strokes: valid segments on the video side (packets with `discards`, reads with `stall`, pictures
   * with `frozen-…`), exchanges on the control side (commands with `cci-error`).
   */
  readonly times?: number;
  /** Ends after so many milliseconds. */
  readonly forMs?: number;
  /** Ends when the host does this or something stronger: an idle line, a reboot by command, the supply switched off and on. */
  readonly curedBy?: LeptonRemedy;
}

/** A fault and how long it lasts. */
export type LeptonFault = LeptonFaultKind & FaultLimits;

/** Names of the faults. */
export type LeptonFaultName = LeptonFaultKind["kind"];

type FaultOf<Name extends LeptonFaultName> = Extract<LeptonFault, { readonly kind: Name }>;

const remedyStrength: Readonly<Record<LeptonRemedy, number>> = { resync: 1, reboot: 2, "power-cycle": 3 };

interface ArmedFault {
  readonly fault: LeptonFault;
  readonly endsAtMs: number;
  strokesLeft: number;
}

/** The faults that are armed on one emulated module; at most one of each kind. */
export class LeptonFaults {
  readonly #nowMs: () => number;
  readonly #armed = new Map<LeptonFaultName, ArmedFault>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Arms a fault; one of the same kind is replaced. */
  arm(fault: LeptonFault): void {
    this.#armed.set(fault.kind, {
      fault,
      endsAtMs: this.#nowMs() + (fault.forMs ?? Number.POSITIVE_INFINITY),
      strokesLeft: fault.times ?? Number.POSITIVE_INFINITY,
    });
  }

  /** Takes one fault away. */
  end(kind: LeptonFaultName): void {
    this.#armed.delete(kind);
  }

  /** Takes all faults away. */
  clear(): void {
    this.#armed.clear();
  }

  /** The fault of this kind, when it is armed and has not run out. */
  active<Name extends LeptonFaultName>(kind: Name): FaultOf<Name> | null {
    if (this.#armed.size === 0) return null;
    const armed = this.#armed.get(kind);
    if (armed === undefined) return null;
    if (this.#nowMs() < armed.endsAtMs && armed.strokesLeft > 0) return armed.fault as FaultOf<Name>;
    this.#armed.delete(kind);
    return null;
  }

  /** Counts one stroke of a fault; the fault, when it is still active. */
  strike<Name extends LeptonFaultName>(kind: Name): FaultOf<Name> | null {
    const fault = this.active(kind);
    if (fault !== null) this.#armed.get(kind)!.strokesLeft -= 1;
    return fault;
  }

  /** The host has done something: faults that it cures end. */
  cure(remedy: LeptonRemedy): void {
    for (const [kind, { fault }] of this.#armed) {
      if (fault.curedBy === undefined) continue;
      if (remedyStrength[remedy] >= remedyStrength[fault.curedBy]) this.#armed.delete(kind);
    }
  }
}
