import { useLayoutEffect, useRef } from "preact/hooks";
import type { ActName } from "#core/alarm/alarm-input.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { actWords } from "../model/act-words.ts";
import type { RoomModel } from "../model/room-model.ts";
import { DialogAlarm } from "./dialog-alarm.tsx";

/** Asks who acts and, where the act needs it, for how long and why. Escape and Cancel do nothing but close it. */
export function ActDialog(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly act: ActName;
  readonly onClose: () => void;
}) {
  const { store, room, act, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the browser goes on: keys typed right after the button was pressed belong to the dialog.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const words = actWords[act];
  const title = `${words.label.replace("…", "")}: ${room.view.value.name}`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const by = textOf(form, "by");
    store.setSettings({ personName: by });
    const minutes = words.minutes === null ? null : Number(textOf(form, "minutes"));
    dialog.current?.close();
    void store.act(room, { act, by, reason: textOf(form, "reason"), minutes });
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
