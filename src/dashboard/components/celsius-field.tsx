/** A temperature to set; a number outside its limits is put back to what held before. */
export function CelsiusField(props: {
  readonly label: string;
  /** What is set, for those who hear it without what stands around it. */
  readonly spoken: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onSet: (celsius: number) => void;
}) {
  const set = (input: HTMLInputElement) => {
    const celsius = input.valueAsNumber;
    if (celsius >= props.min && celsius <= props.max) props.onSet(celsius);
    else input.value = String(props.value);
  };
  return (
    <label class="celsius">
      {props.label}
      <input
        type="number"
        inputMode="decimal"
        aria-label={`${props.spoken} in °C`}
        min={props.min}
        max={props.max}
        step={1}
        value={props.value}
        onChange={(event) => set(event.currentTarget)}
      />
      °C
    </label>
  );
}
