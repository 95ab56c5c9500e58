/**
 * What can go wrong between any Sensirion chip and its master. `times` counts exchanges; Infinity means until the
 * fault is taken away.
 *
 * `nack`: the chip does not acknowledge. `wrong-crc`: every checksum it sends is wrong. `clock-stretch`: it holds the
 * clock line so long before every exchange. `bus-stuck`: it holds the line until the bus master gives up.
 * `late-answer`: it is so much longer busy with a command than the data sheet says. `power-cut`: it has no supply;
 * taking the fault away brings the supply back.
 */
export type SensirionBusFault =
  | { readonly kind: "nack"; readonly times: number }
  | { readonly kind: "wrong-crc"; readonly times: number }
  | { readonly kind: "clock-stretch"; readonly stretchMs: number }
  | { readonly kind: "bus-stuck"; readonly times: number }
  | { readonly kind: "late-answer"; readonly extraMs: number }
  | { readonly kind: "power-cut" };

/**
 * What can go wrong with the values of any Sensirion chip.
 *
 * `never-ready`: it measures for ever without having a value. `stuck-value`: every reading repeats the first one.
 * `implausible-value`: it reports these words.
 */
export type SensirionValueFault =
  | { readonly kind: "never-ready" }
  | { readonly kind: "stuck-value" }
  | { readonly kind: "implausible-value"; readonly words: readonly number[] };

/** The fault when it is one of the wire, else null: the chips tell their own faults from these by it. */
export function busFaultOf(fault: { readonly kind: string } | null): SensirionBusFault | null {
  return fault !== null && isBusFault(fault) ? fault : null;
}

/** The fault when it is one of the values, else null. */
export function valueFaultOf(fault: { readonly kind: string } | null): SensirionValueFault | null {
  return fault !== null && isValueFault(fault) ? fault : null;
}

const busKinds: ReadonlySet<string> = new Set<SensirionBusFault["kind"]>([
  "nack",
  "wrong-crc",
  "clock-stretch",
  "bus-stuck",
  "late-answer",
  "power-cut",
]);

const valueKinds: ReadonlySet<string> = new Set<SensirionValueFault["kind"]>([
  "never-ready",
  "stuck-value",
  "implausible-value",
]);

function isBusFault(fault: { readonly kind: string }): fault is SensirionBusFault {
  return busKinds.has(fault.kind);
}

function isValueFault(fault: { readonly kind: string }): fault is SensirionValueFault {
  return valueKinds.has(fault.kind);
}
