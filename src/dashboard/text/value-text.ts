/** A measured value with its unit; an absent one is "–", never 0. */
export function valueText(
  value: number | null | undefined,
  options: { readonly unit: string; readonly decimals: number },
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const number = value.toLocaleString("en", {
    minimumFractionDigits: options.decimals,
    maximumFractionDigits: options.decimals,
  });
  return options.unit === "" ? number : `${number} ${options.unit}`;
}
