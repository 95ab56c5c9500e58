import { assert } from "#core/failure.ts";
import type { LeptonScene } from "./emulated-lepton-imager.ts";

/**
 * Recorded pictures as what an emulated Lepton looks at: each unique picture that the module takes is the next one,
 * whatever its time. Radiometric pictures at 0.01 K come out of the module as they went in, except for what is above
 * its ceiling. After the last one it holds it, or begins again.
 */
export function sceneOfPictures(
  pictures: readonly ArrayLike<number>[],
  options: { readonly atEnd: "hold" | "repeat" },
): LeptonScene {
  assert(pictures.length > 0, "there is at least one picture");
  let count = 0;
  return () => {
    const index = options.atEnd === "repeat" ? count % pictures.length : Math.min(count, pictures.length - 1);
    count += 1;
    return pictures[index]!;
  };
}
