import type { DashboardStore } from "../dashboard-store.ts";
import type { ActWords } from "../model/act-words.ts";
import { textOf } from "../model/form-text.ts";
import { MinutesField, ReasonField } from "./act-fields.tsx";
import { AskDialog } from "./ask-dialog.tsx";

/** What a person said in the dialog. */
export interface ActAnswer {
  readonly by: string;
  readonly reason: string;
  readonly minutes: number | null;
}

/** Asks who acts and, where the act needs it, for how long and why. */
export function ActDialog(props: {
  readonly store: DashboardStore;
  /** Name of the room or zone. */
  readonly place: string;
  readonly words: ActWords;
  readonly onAnswer: (answer: ActAnswer) => void;
  readonly onClose: () => void;
}) {
  const { store, place, words, onAnswer, onClose } = props;
  const label = words.label.replace("…", "");
  const submit = (by: string, form: FormData) => {
    const minutes = words.minutes === null ? null : Number(textOf(form, "minutes"));
    onAnswer({ by, reason: textOf(form, "reason"), minutes });
  };
  return (
    <AskDialog
      store={store}
      title={`${label}: ${place}`}
      submit={label}
      question={words.question}
      onSubmit={submit}
      onClose={onClose}
    >
      {words.minutes !== null && <MinutesField proposed={words.minutes} />}
      {words.reason !== "none" && <ReasonField need={words.reason} />}
    </AskDialog>
  );
}
