import type { JSX } from "preact";
import type { Tone } from "../model/lamps.ts";

const shapes: Readonly<Record<Tone, JSX.Element>> = {
  fire: (
    <path
      fill="currentColor"
      stroke="none"
      d="M12.6 1.8c.9 4.900 6.700 7 6.700 12.900A7.300 7.300 0 0 1 12 22.200a7.300 7.300 0 0 1-7.300-7.500c0-3 1.700-5.100 3.200-6.900.4 1.700 1 2.700 2 3.200.2-3.700.9-6.500 2.700-9.200z"
    />
  ),
  "gas-hazard": (
    <>
      <path d="M12 2l10 10-10 10L2 12z" />
      <path d="M12 7v6" />
      <circle cx="12" cy="16.500" r="0.800" fill="currentColor" />
    </>
  ),
  prealarm: (
    <>
      <path d="M12 3l10 18H2z" />
      <path d="M12 10v5" />
      <circle cx="12" cy="18" r="0.700" fill="currentColor" />
    </>
  ),
  supervisory: (
    <>
      <path d="M1.500 12S5.500 5 12 5s10.500 7 10.500 7-4 7-10.500 7S1.500 12 1.500 12z" />
      <circle cx="12" cy="12" r="3" />
    </>
  ),
  trouble: (
    <path d="M14.700 6.300a4.500 4.500 0 0 0-6 5.600L2.900 17.700a2.100 2.100 0 0 0 3 3l5.800-5.800a4.500 4.500 0 0 0 5.700-5.900l-2.800 2.800-2.500-.3-.300-2.500z" />
  ),
  disabled: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M5.700 5.700l12.600 12.600" />
    </>
  ),
  test: (
    <>
      <path d="M9 2.500h6M10 2.500v7L4.500 19a1.800 1.800 0 0 0 1.600 2.500h11.800a1.800 1.800 0 0 0 1.600-2.500L14 9.500v-7" />
      <path d="M7.500 15h9" />
    </>
  ),
  unknown: (
    <>
      <path d="M8 8.500a4 4 0 1 1 5.800 3.600c-1.300.7-1.800 1.500-1.800 3" />
      <circle cx="12" cy="19.500" r="0.900" fill="currentColor" />
    </>
  ),
  quiet: (
    <>
      <circle cx="12" cy="12" r="9.500" />
      <path d="M7.500 12.300l3.200 3.200 6-7" />
    </>
  ),
};

/** A shape of its own for each tone, so that colour is never the only sign. */
export function LampIcon({ tone, name }: { readonly tone: Tone; readonly name?: string }) {
  return (
    <svg class={`icon ${name ?? ""}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {shapes[tone]}
    </svg>
  );
}
