/** A channel's value to three significant digits with its unit; an unknown one is "–", never 0. */
export function channelText(sample: { readonly value: number | null; readonly unit: string }): string {
  if (sample.value === null) return "–";
  return `${sample.value.toLocaleString("en", { maximumSignificantDigits: 3 })} ${sample.unit}`.trimEnd();
}
