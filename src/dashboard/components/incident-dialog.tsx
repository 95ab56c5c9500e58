import { type CauseCode, causeCodes } from "#core/incident/cause-code.ts";
import type { IncidentView } from "#wire/incident-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import type { IncidentRequest } from "../hub-client.ts";
import { textOf } from "../model/form-text.ts";
import { causeNames } from "../text/incident-text.ts";
import { ReasonField } from "./act-fields.tsx";
import { AskDialog } from "./ask-dialog.tsx";

/** What a person wants to do to an incident. */
export type IncidentQuestion = IncidentRequest["act"];

const words: Readonly<
  Record<IncidentQuestion, { readonly submit: string; readonly question: string | null }>
> = {
  acknowledge: { submit: "Acknowledge", question: "Nobody else is told then. Somebody has to go and look." },
  close: { submit: "Close", question: "What was it? The answer labels what was recorded." },
  hold: { submit: "Hold", question: "Nothing of this incident is deleted until somebody ends the hold." },
  release: { submit: "End the hold", question: null },
  note: { submit: "Add the note", question: null },
};

/** Asks who acts and what they have to say. */
export function IncidentDialog(props: {
  readonly store: DashboardStore;
  readonly incident: IncidentView;
  readonly question: IncidentQuestion;
  readonly onClose: () => void;
}) {
  const { store, incident, question, onClose } = props;
  const { submit, question: text } = words[question];
  const onSubmit = (by: string, form: FormData) =>
    void store.incidents.act(incident.id, requestOf(question, { by, form }));
  return (
    <AskDialog
      store={store}
      title={`${submit}: incident ${incident.id}`}
      submit={submit}
      question={text}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      {question === "close" && <CauseField />}
      {question === "close" && <TextField name="note" label="Note (may be left empty)" need="optional" />}
      {question === "note" && <TextField name="text" label="Note" need="required" />}
      {question === "acknowledge" && <ReasonField need="optional" />}
      {(question === "hold" || question === "release") && <ReasonField need="required" />}
    </AskDialog>
  );
}

function requestOf(
  act: IncidentQuestion,
  { by, form }: { readonly by: string; readonly form: FormData },
): IncidentRequest {
  switch (act) {
    case "close":
      return { act, by, cause: textOf(form, "cause") as CauseCode, note: textOf(form, "note") };
    case "note":
      return { act, by, text: textOf(form, "text") };
    default:
      return { act, by, reason: textOf(form, "reason") };
  }
}

function CauseField() {
  return (
    <label class="field">
      Cause
      <select name="cause" required>
        <option value="">Choose…</option>
        {causeCodes.map((cause) => (
          <option key={cause} value={cause}>
            {causeNames[cause]}
          </option>
        ))}
      </select>
    </label>
  );
}

function TextField(props: {
  readonly name: string;
  readonly label: string;
  readonly need: "required" | "optional";
}) {
  const { name, label, need } = props;
  return (
    <label class="field">
      {label}
      <input name={name} type="text" maxLength={2000} required={need === "required"} />
    </label>
  );
}
