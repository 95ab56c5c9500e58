import { useComputed } from "@preact/signals";
import type { RoomModel } from "../model/room-model.ts";
import { modelLines } from "../text/model-text.ts";

/** Which model judges a room beside the rules, by what, and what it says now; nothing until the device has said. */
export function ModelPanel({ room }: { readonly room: RoomModel }) {
  const lines = useComputed(() => modelLines(room.view.value));
  if (lines.value.length === 0) return null;
  return (
    <section class="channels model" aria-label="Model beside the rules">
      <dl>
        {lines.value.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
