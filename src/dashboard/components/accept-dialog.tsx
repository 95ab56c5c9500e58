import { acceptedCelsiusMax } from "#core/regions/accepted-ceiling.ts";
import type { HotZoneRequest } from "#wire/hub-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import type { PictureSize } from "../model/blinded-lines.ts";
import { textOf } from "../model/form-text.ts";
import type { Proposal } from "../model/picture-part.ts";
import { type Ceiling, proposedCeilings } from "../model/proposed-ceilings.ts";
import { PartNameField } from "./act-fields.tsx";
import { AskDialog } from "./ask-dialog.tsx";

/** Asks an engineer for the name and the ceilings of a hot zone; the ceilings begin at what the device has seen. */
export function AcceptDialog(props: {
  readonly store: DashboardStore;
  readonly title: string;
  readonly proposal: Proposal;
  readonly size: PictureSize;
  /** Names that other parts have. */
  readonly taken: readonly string[];
  readonly onAnswer: (request: HotZoneRequest) => void;
  readonly onClose: () => void;
}) {
  const { proposal } = props;
  const ceilings = proposedCeilings(proposal, props.size);
  const submit = (by: string, form: FormData) =>
    props.onAnswer({
      proposal: proposal.id,
      name: textOf(form, "name"),
      peakCelsius: Number(textOf(form, "peakCelsius")),
      areaPixels: Number(textOf(form, "areaPixels")),
      by,
    });
  return (
    <AskDialog
      store={props.store}
      title={props.title}
      submit="Accept"
      question="Heat wholly in this zone raises nothing up to these ceilings, at the hours proposed. 4 pixels 30 K over the peak, or half the area more, for 5 s is severe heat. You answer for it by name."
      onSubmit={submit}
      onClose={props.onClose}
    >
      <PartNameField label="Name of the hot zone" taken={props.taken} />
      <CeilingField
        name="peakCelsius"
        label="Peak in °C"
        ceiling={ceilings.peakCelsius}
        hint={`Above ${acceptedCelsiusMax.high} °C only a camera in low gain can show that more came.`}
      />
      <CeilingField
        name="areaPixels"
        label="Area in pixels of 60 °C or more"
        ceiling={ceilings.areaPixels}
        hint="Proposed is the whole warm region, its edge included: measure, and take less if you can."
      />
    </AskDialog>
  );
}

function CeilingField(props: {
  readonly name: string;
  readonly label: string;
  readonly ceiling: Ceiling;
  readonly hint: string;
}) {
  const { name, label, hint } = props;
  const { proposed, min, max } = props.ceiling;
  return (
    <label class="field">
      {label} ({min} to {max.toLocaleString("en")})
      <input
        name={name}
        type="number"
        required
        min={min}
        max={max}
        step={1}
        defaultValue={String(proposed)}
      />
      <span class="field-hint">{hint}</span>
    </label>
  );
}
