import type { SensirionBusFault, SensirionValueFault } from "./emulated-sensirion-fault.ts";

/**
 * What can be wrong with an emulated SCD41, one at a time; beside the faults of the wire and of the values:
 *
 * `drift`: CO2 runs away from the moment the fault is set. `asc-returns`: self-calibration is on again after every
 * restart, whatever was saved (a wrong revision). `asc-locked`: self-calibration cannot be switched off.
 * `self-test-fails`: the self-test finds something. `other-serial`: another unit answers.
 */
export type Scd41Fault =
  | SensirionBusFault
  | SensirionValueFault
  | { readonly kind: "drift"; readonly ppmPerHour: number }
  | { readonly kind: "asc-returns" }
  | { readonly kind: "asc-locked" }
  | { readonly kind: "self-test-fails" }
  | { readonly kind: "other-serial"; readonly serial: number };
