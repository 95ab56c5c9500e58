import { useLayoutEffect, useRef } from "preact/hooks";
import type { DashboardStore } from "../dashboard-store.ts";
import type { ActWords } from "../model/act-words.ts";
import { DialogAlarm } from "./dialog-alarm.tsx";

/** What a person said in the dialog. */
export interface ActAnswer {
  readonly by: string;
  readonly reason: string;
  readonly minutes: number | null;
}

/** Asks who acts and, where the act needs it, for how long and why. Escape and Cancel do nothing but close it. */
export function ActDialog(props: {
  readonly store: DashboardStore;
  /** Name of the room or zone. */
  readonly place: string;
  readonly words: ActWords;
  readonly onAnswer: (answer: ActAnswer) => void;
  readonly onClose: () => void;
}) {
  const { store, place, words, onAnswer, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the browser goes on: keys typed right after the button was pressed belong to the dialog.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const title = `${words.label.replace("…", "")}: ${place}`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const by = textOf(form, "by");
    store.setSettings({ personName: by });
    const minutes = words.minutes === null ? null : Number(textOf(form, "minutes"));
    dialog.current?.close();
    onAnswer({ by, reason: textOf(form, "reason"), minutes });
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="dialog-title">{title}</h2>
        <DialogAlarm store={store} />
        {words.question !== null && <p>{words.question}</p>}
        <NameField name={store.settings.value.personName} />
        {words.minutes !== null && <MinutesField proposed={words.minutes} />}
        {words.reason !== "none" && <ReasonField need={words.reason} />}
        <div class="dialog-keys">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button" data-look="strong">
            {words.label.replace("…", "")}
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

function MinutesField({ proposed }: { readonly proposed: number }) {
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

function ReasonField({ need }: { readonly need: "required" | "optional" }) {
  return (
    <label class="field">
      {need === "required" ? "Reason" : "Reason (may be left empty)"}
      <input name="reason" type="text" maxLength={500} required={need === "required"} />
    </label>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
