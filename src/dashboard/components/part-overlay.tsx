import type { PictureSize } from "../model/blinded-lines.ts";
import type { PicturePart } from "../model/picture-part.ts";

/** Draws the parts of a picture over it, each with its number and name. Those who do not see it have the list. */
export function PartOverlay(props: {
  /** Of the room: patterns of a page must not share a name. */
  readonly id: string;
  readonly parts: readonly PicturePart[];
  readonly size: PictureSize;
}) {
  const { id, parts, size } = props;
  if (parts.length === 0) return null;
  return (
    <div class="part-overlay" aria-hidden="true">
      <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
        <defs>
          {(["mask", "disabled"] as const).map((look) => (
            <Hatching key={look} id={`${look}-${id}`} look={look} />
          ))}
        </defs>
        {parts.map((part) => (
          <PartShape key={`${part.number} ${part.name}`} part={part} id={id} />
        ))}
      </svg>
      {parts.map((part) => (
        <PartTag key={`${part.number} ${part.name}`} part={part} size={size} />
      ))}
    </div>
  );
}

function Hatching({ id, look }: { readonly id: string; readonly look: "mask" | "disabled" }) {
  return (
    <pattern
      id={id}
      width="4"
      height="4"
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${look === "mask" ? 45 : -45})`}
    >
      <rect class="part-hatch" data-look={look} width="4" height="4" />
      <rect class="part-hatch-line" width="1" height="4" />
    </pattern>
  );
}

/** Drawn twice, dark below light, so that it is seen on every colour. */
function PartShape({ part, id }: { readonly part: PicturePart; readonly id: string }) {
  const points = part.outline.map(({ x, y }) => `${x},${y}`).join(" ");
  const look = lookOf(part);
  const filled = look === "mask" || look === "disabled";
  return (
    <g class="part-shape" data-look={look}>
      <polygon class="part-under" points={points} fill={filled ? `url(#${look}-${id})` : "none"} />
      <polygon class="part-line" points={points} fill="none" />
    </g>
  );
}

function PartTag({ part, size }: { readonly part: PicturePart; readonly size: PictureSize }) {
  const across = part.outline.map(({ x }) => Math.min(Math.max(x, 0), size.width));
  const bottom = Math.min(size.height, Math.max(...part.outline.map(({ y }) => y)));
  const left = Math.min(...across);
  const width = Math.max(...across) - left;
  return (
    <span
      class="part-tag"
      data-look={lookOf(part)}
      style={{
        left: `${(100 * left) / size.width}%`,
        bottom: `${100 - (100 * bottom) / size.height}%`,
        "--width": `${(100 * width) / size.width}%`,
      }}
    >
      <b>{part.number}</b> <span class="part-tag-name">{tagText(part)}</span>
    </span>
  );
}

function tagText({ name, disabled }: PicturePart): string {
  return disabled === null ? name : `${name}: disabled`;
}

function lookOf({ kind, disabled }: PicturePart): PicturePart["kind"] | "disabled" {
  return disabled === null ? kind : "disabled";
}
