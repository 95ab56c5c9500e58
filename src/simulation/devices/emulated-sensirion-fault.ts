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

/** The fault when it is one of the wire, else null: the chips tell their own faults from these by it. */
export function busFaultOf(fault: { readonly kind: string } | null): SensirionBusFault | null {
  return fault !== null && isBusFault(fault) ? fault : null;
}

const kinds: ReadonlySet<string> = new Set<SensirionBusFault["kind"]>([
  "nack",
  "wrong-crc",
  "clock-stretch",
  "bus-stuck",
  "late-answer",
  "power-cut",
]);

function isBusFault(fault: { readonly kind: string }): fault is SensirionBusFault {
  return kinds.has(fault.kind);
}
