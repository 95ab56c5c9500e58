import { useSignal } from "@preact/signals";
import type { DashboardStore } from "../dashboard-store.ts";
import type { PictureSize } from "../model/blinded-lines.ts";
import { textOf } from "../model/form-text.ts";
import type { PicturePart } from "../model/picture-part.ts";
import type { RoomModel } from "../model/room-model.ts";
import type { ColourScale } from "../picture/colour-scale.ts";
import { type DrawnRectangle, outlineOfDrawn } from "../picture/drawn-rectangle.ts";
import { MinutesField, PartNameField, ReasonField } from "./act-fields.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import { PartOverlay } from "./part-overlay.tsx";
import { PictureCanvas } from "./picture-canvas.tsx";
import { RectanglePen } from "./rectangle-pen.tsx";

const sides = {
  left: "First column",
  top: "First row",
  right: "Last column",
  bottom: "Last row",
} as const;

type Side = keyof typeof sides;
type Sides = Readonly<Record<Side, number | null>>;

/** Asks for a part of the picture that no region has yet, by pointer or by numbers, and disables it for a time. */
export function DrawDialog(props: {
  readonly store: DashboardStore;
  readonly room: RoomModel;
  readonly parts: readonly PicturePart[];
  readonly size: PictureSize;
  readonly onClose: () => void;
}) {
  const { store, room, parts, size } = props;
  const drawn = useSignal<Sides>({ left: null, top: null, right: null, bottom: null });
  const scale = useSignal<ColourScale | null>(null);
  const submit = (by: string, form: FormData) => {
    const rectangle = wholeOf(drawn.value);
    if (rectangle === null) return;
    void store.parts.act(room, {
      act: "disable",
      by,
      reason: textOf(form, "reason"),
      minutes: Number(textOf(form, "minutes")),
      region: { name: textOf(form, "name"), outline: outlineOfDrawn(rectangle) },
    });
  };
  const rectangle = wholeOf(drawn.value);
  return (
    <AskDialog
      store={store}
      title={`Disable a part of the picture: ${room.view.value.name}`}
      submit="Disable"
      question="Draw a rectangle on the picture, or give its columns and rows. What lies wholly in it raises no alarm, severe heat included, until the time is over."
      onSubmit={submit}
      onClose={props.onClose}
    >
      <div class="picture-frame" style={{ aspectRatio: size.width / size.height }}>
        <PictureCanvas store={store} room={room} scale={scale} />
        <PartOverlay
          id={`draw-${room.id}`}
          size={size}
          parts={rectangle === null ? parts : [...parts, newPart(rectangle, parts.length + 1)]}
        />
        <RectanglePen size={size} onDraw={(next) => (drawn.value = next)} />
      </div>
      <div class="side-fields">
        {(Object.keys(sides) as Side[]).map((side) => (
          <SideField
            key={side}
            side={side}
            size={size}
            sides={drawn.value}
            onSet={(next) => (drawn.value = next)}
          />
        ))}
      </div>
      <PartNameField label="Name of this part" taken={parts.map(({ name }) => name)} />
      <MinutesField proposed={60} />
      <ReasonField need="required" />
    </AskDialog>
  );
}

function SideField(props: {
  readonly side: Side;
  readonly size: PictureSize;
  readonly sides: Sides;
  readonly onSet: (sides: Sides) => void;
}) {
  const { side, size } = props;
  const max = side === "left" || side === "right" ? size.width : size.height;
  return (
    <label class="field">
      {sides[side]} (1 to {max})
      <input
        type="number"
        required
        min={1}
        max={max}
        step={1}
        value={props.sides[side] ?? ""}
        onInput={({ currentTarget: { valueAsNumber } }) =>
          props.onSet({ ...props.sides, [side]: Number.isInteger(valueAsNumber) ? valueAsNumber : null })
        }
      />
    </label>
  );
}

function newPart(rectangle: DrawnRectangle, number: number): PicturePart {
  const outline = outlineOfDrawn(rectangle);
  return { number, name: "new", kind: "drawn", outline, region: null, disabled: null, proposal: null };
}

/** Null until every side has been given. */
function wholeOf({ left, top, right, bottom }: Sides): DrawnRectangle | null {
  if (left === null || top === null || right === null || bottom === null) return null;
  return { left, top, right, bottom };
}
