/** Asks for how long something is to hold that ends by itself. */
export function MinutesField({ proposed }: { readonly proposed: number }) {
  return (
    <label class="field">
      For how many minutes (1 to 1,440)
      <input
        name="minutes"
        type="number"
        required
        min={1}
        max={1440}
        step={1}
        defaultValue={String(proposed)}
      />
    </label>
  );
}

/** Asks why. */
export function ReasonField({ need }: { readonly need: "required" | "optional" }) {
  return (
    <label class="field">
      {need === "required" ? "Reason" : "Reason (may be left empty)"}
      <input name="reason" type="text" maxLength={500} required={need === "required"} />
    </label>
  );
}

/** Asks for a name that no other part of the picture has. */
export function PartNameField({
  label,
  taken,
}: {
  readonly label: string;
  readonly taken: readonly string[];
}) {
  const check = (input: HTMLInputElement) =>
    input.setCustomValidity(
      taken.includes(input.value.trim()) ? "Another part of this picture has this name: give another." : "",
    );
  return (
    <label class="field">
      {label}
      <input
        name="name"
        type="text"
        required
        maxLength={100}
        pattern=".*\S.*"
        onInput={(event) => check(event.currentTarget)}
      />
    </label>
  );
}
