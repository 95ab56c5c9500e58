import type { DashboardStore } from "../dashboard-store.ts";
import { spanMinCelsius } from "../model/view-settings.ts";
import { CelsiusField } from "./celsius-field.tsx";

/** How the pictures are coloured, for all rooms at once. */
export function ViewToolbar({ store }: { readonly store: DashboardStore }) {
  const settings = store.settings.value;
  return (
    <section class="toolbar" aria-label="How pictures are shown">
      <Choice
        title="Colours"
        name="palette"
        value={settings.palette}
        options={{ isotherm: "Grey, hot in colour", iron: "Iron" }}
        onChoose={(palette) => store.setSettings({ palette })}
      />
      {settings.palette === "isotherm" && (
        <CelsiusField
          label="Colour from"
          spoken="Colour from"
          value={settings.thresholdCelsius}
          min={-40}
          max={380}
          onSet={(thresholdCelsius) => store.setSettings({ thresholdCelsius })}
        />
      )}
      <Choice
        title="Scale"
        name="scale"
        value={settings.scale}
        options={{ auto: "Auto", fixed: "Fixed" }}
        onChoose={(scale) => store.setSettings({ scale })}
      />
      {settings.scale === "fixed" && (
        <>
          <CelsiusField
            label="from"
            spoken="Scale from"
            value={settings.lowCelsius}
            min={-40}
            max={settings.highCelsius - spanMinCelsius}
            onSet={(lowCelsius) => store.setSettings({ lowCelsius })}
          />
          <CelsiusField
            label="to"
            spoken="Scale to"
            value={settings.highCelsius}
            min={settings.lowCelsius + spanMinCelsius}
            max={400}
            onSet={(highCelsius) => store.setSettings({ highCelsius })}
          />
        </>
      )}
      <Choice
        title="Parts of the picture"
        name="parts"
        value={settings.parts}
        options={{ drawn: "Drawn", hidden: "Hidden" }}
        onChoose={(parts) => store.setSettings({ parts })}
      />
    </section>
  );
}

function Choice<T extends string>(props: {
  readonly title: string;
  readonly name: string;
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  readonly onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="choice">
      <legend>{props.title}</legend>
      {(Object.entries(props.options) as [T, string][]).map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={props.name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChoose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
