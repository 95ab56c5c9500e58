import type { DashboardStore } from "../dashboard-store.ts";
import { whyUnreachable } from "../model/act-availability.ts";
import { type ActWords, actWords } from "../model/act-words.ts";
import type { PicturePart } from "../model/picture-part.ts";
import type { RoomModel } from "../model/room-model.ts";
import { AcceptDialog } from "./accept-dialog.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { AskKey } from "./ask-key.tsx";

const disableWords: ActWords = {
  ...actWords.disable,
  question:
    "What lies wholly in this part raises no alarm, severe heat included; a fire that reaches out of it does. It is enabled again by itself when the time is over.",
};
const enableWords: ActWords = {
  ...actWords.enable,
  label: "Enable…",
  question: "This part raises alarms again at once.",
};
const withdrawWords: ActWords = {
  label: "Take back…",
  question:
    "The heat here alarms again as anywhere. Only a hot zone that was accepted on the page can be taken back; those of the device's configuration cannot.",
  minutes: null,
  reason: "none",
};

interface PartOfRoom {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly part: PicturePart;
  readonly parts: readonly PicturePart[];
}

/** What can be done with a part of the picture. */
export function PartKeys(props: PartOfRoom) {
  const { store, room, part } = props;
  if (part.proposal !== null) return <ProposalKeys {...props} />;
  const { name } = part;
  const act = part.disabled === null ? "disable" : "enable";
  const words = act === "disable" ? disableWords : enableWords;
  return (
    <fieldset class="part-keys" aria-label={`Acts for the part ${name}`}>
      <PartKey
        {...props}
        key={act}
        words={words}
        onAnswer={(answer) => store.parts.act(room, { act, ...answer, region: { name } })}
      />
      {part.kind === "hot-zone" && (
        <PartKey
          {...props}
          words={withdrawWords}
          onAnswer={({ by }) => store.parts.withdraw(room, { name, by })}
        />
      )}
    </fieldset>
  );
}

function ProposalKeys(props: PartOfRoom) {
  const { store, room, part, parts } = props;
  const { proposal, number } = part;
  const size = room.size.value;
  if (proposal === null) return null;
  const why =
    whyUnreachable(store.situationOf(room)) ?? (size === null ? "No picture to compare with" : null);
  return (
    <fieldset class="part-keys" aria-label={`Acts for the proposal ${number}`}>
      <AskKey label="Accept…" why={why}>
        {(onClose) =>
          size !== null && (
            <AcceptDialog
              store={store}
              title={`Accept a hot zone: ${room.view.value.name}, proposal ${number}`}
              proposal={proposal}
              size={size}
              taken={parts.map(({ name }) => name)}
              onAnswer={(request) => void store.parts.accept(room, request)}
              onClose={onClose}
            />
          )
        }
      </AskKey>
      <button
        type="button"
        class="button"
        title="In this browser only: the device goes on proposing it."
        onClick={() => store.parts.hide(proposal.id)}
      >
        Hide here
      </button>
    </fieldset>
  );
}

function PartKey(
  props: PartOfRoom & {
    readonly words: ActWords;
    readonly onAnswer: (answer: {
      readonly by: string;
      readonly reason: string;
      readonly minutes: number | null;
    }) => Promise<void>;
  },
) {
  const { store, room, part, words } = props;
  return (
    <AskKey label={words.label} why={whyUnreachable(store.situationOf(room))}>
      {(onClose) => (
        <ActDialog
          store={store}
          place={`${room.view.value.name}, ${part.name}`}
          words={words}
          onAnswer={(answer) => void props.onAnswer(answer)}
          onClose={onClose}
        />
      )}
    </AskKey>
  );
}
