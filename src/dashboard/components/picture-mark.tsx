import type { LiveFrame } from "#wire/live-frame-codec.ts";

/** A cross on the picture with words beside it, which turn inwards near the borders. */
export function PictureMark(props: {
  readonly kind: "hottest" | "probe";
  readonly frame: LiveFrame;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}) {
  const { kind, frame, text } = props;
  const across = (props.x + 0.5) / frame.width;
  const down = (props.y + 0.5) / frame.height;
  return (
    <span
      class="mark"
      data-mark={kind}
      data-turn-left={across > 0.68 ? "" : undefined}
      data-turn-down={down < 0.14 ? "" : undefined}
      style={{ left: `${across * 100}%`, top: `${down * 100}%` }}
    >
      <svg class="mark-cross" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        {kind === "hottest" ? (
          <path d="M12 1v7M12 16v7M1 12h7M16 12h7" />
        ) : (
          <path d="M5 5l5 5M14 14l5 5M19 5l-5 5M10 14l-5 5" />
        )}
      </svg>
      <span class="mark-text">{text}</span>
    </span>
  );
}
