import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

/** A key that opens a dialog. One that cannot be pressed says why, and stays reachable by keyboard. */
export function AskKey(props: {
  readonly label: string;
  /** Why it cannot be pressed now; null where it can. */
  readonly why: string | null;
  /** The dialog, which calls back when it has been closed. */
  readonly children: (onClose: () => void) => ComponentChildren;
}) {
  const { label, why, children } = props;
  const asking = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="button"
        aria-disabled={why !== null}
        onClick={() => {
          if (why === null) asking.value = true;
        }}
      >
        <span class="act-label">{label}</span>
        {why !== null && <span class="act-why">{why}</span>}
      </button>
      {asking.value && children(() => (asking.value = false))}
    </>
  );
}
