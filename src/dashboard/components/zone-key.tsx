import { useSignal } from "@preact/signals";
import type { ActName } from "#core/alarm/alarm-input.ts";
import type { ZoneView } from "#wire/zone-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { type ActWords, actWords } from "../model/act-words.ts";
import { type ActAnswer, ActDialog } from "./act-dialog.tsx";

const callPointWords: ActWords = {
  label: "Call point…",
  question: "Panel and evacuation of this zone come on at once, whatever they wait for.",
  minutes: null,
  reason: "none",
};

const disableWords: ActWords = {
  ...actWords.disable,
  question:
    "A disabled zone raises no FIRE of its own; its devices and call points do. It is enabled again by itself when the time is over.",
};

const testWords: ActWords = {
  ...actWords["start-test"],
  question:
    "While a zone is in test, FIRE of the zone drives neither panel nor evacuation, and nobody is called; its devices sound by themselves. It ends by itself, and what it raised ends with it.",
};

/** One key of a zone. Asks in a dialog where something has to be known or confirmed first. */
export function ZoneKey(props: {
  readonly store: DashboardStore;
  readonly zone: ZoneView;
  readonly act: ActName | "call-point";
}) {
  const { store, zone, act } = props;
  const asking = useSignal(false);
  const words = wordsOf(act);
  const send = (answer: ActAnswer): void => {
    if (act === "call-point") void store.pressCallPoint(zone, answer.by);
    else void store.actOnZone(zone, { act, ...answer });
  };
  const press = (): void => {
    const by = store.settings.value.personName;
    if (words.question !== null || by === "") asking.value = true;
    else send({ by, reason: "", minutes: null });
  };
  return (
    <>
      <button type="button" class="button act" data-act={act} onClick={press}>
        <span class="act-label">{words.label}</span>
      </button>
      {asking.value && (
        <ActDialog
          store={store}
          place={zone.name}
          words={words}
          onAnswer={send}
          onClose={() => (asking.value = false)}
        />
      )}
    </>
  );
}

function wordsOf(act: ActName | "call-point"): ActWords {
  if (act === "call-point") return callPointWords;
  if (act === "start-test") return testWords;
  return act === "disable" ? disableWords : actWords[act];
}
