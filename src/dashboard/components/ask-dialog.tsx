import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { DashboardStore } from "../dashboard-store.ts";
import { textOf } from "../model/form-text.ts";
import { DialogAlarm } from "./dialog-alarm.tsx";

/** A dialog that asks who acts, and whatever its children ask for. Escape and Cancel do nothing but close it. */
export function AskDialog(props: {
  readonly store: DashboardStore;
  readonly title: string;
  readonly submit: string;
  readonly question: string | null;
  readonly onSubmit: (by: string, form: FormData) => void;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}) {
  const { store, title, question } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the browser goes on: keys typed right after the button was pressed belong to the dialog.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const by = textOf(form, "by");
    store.setSettings({ personName: by });
    dialog.current?.close();
    props.onSubmit(by, form);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onClose={props.onClose}>
      <form onSubmit={submit}>
        <h2 id="dialog-title">{title}</h2>
        <DialogAlarm store={store} />
        {question !== null && <p>{question}</p>}
        <NameField name={store.settings.value.personName} />
        {props.children}
        <div class="dialog-keys">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button" data-look="strong">
            {props.submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function NameField({ name }: { readonly name: string }) {
  return (
    <label class="field">
      Your name, for the log
      <input
        name="by"
        type="text"
        autocomplete="name"
        required
        maxLength={100}
        pattern=".*\S.*"
        defaultValue={name}
      />
    </label>
  );
}
