import type { Random } from "#core/random.ts";
import { GraphExecutor } from "#inference/graph-executor.ts";
import type { ModelPackage } from "#model-package/model-package.ts";
import { decodeOnnx } from "#model-package/onnx/decode-onnx.ts";
import { modelFile } from "#model-package/package-files.ts";

/**
 * What the product promises never to mean less risk when it rises, and values from one end to the other: °C, K/s, ppm/s.
 * Written down here and not taken from the recipes: a recipe that forgets the promise must not forget the test.
 */
export const promisedSweeps: Readonly<Record<string, readonly number[]>> = {
  t_max: [-40, 0, 15, 20, 22, 25, 28, 32, 38, 45, 55, 70, 90, 120, 180, 400],
  tproxy_vel: [-50, -5, -1, -0.3, -0.1, -0.03, -0.01, 0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 50],
  gas_vel: [-500, -50, -10, -3, -1, -0.3, -0.1, 0, 0.1, 0.3, 1, 3, 10, 30, 100, 500],
};

/** Rounding of the graph's single precision. */
const roundingMax = 1e-6;

/** What became of sweeps through a package. */
export interface SweptPackage {
  /** Each fall as a sentence; empty where the promise is kept. */
  readonly falls: readonly string[];
  /** Largest rise of any head by feature: a package that answers the same to everything keeps any promise. */
  readonly risenMost: Readonly<Record<string, number>>;
}

/**
 * Sweeps each promised feature through every head of a package, members, weights and calibration together, on golden
 * rows and on rows that mix them feature by feature, absent values among them.
 */
export function sweepPackage(
  { manifest, files }: ModelPackage,
  of: { readonly rows: number; readonly random: Random },
): SweptPackage {
  const { features } = manifest.featureSchema;
  const golden = manifest.golden.rows;
  const executor = new GraphExecutor(decodeOnnx(files[modelFile]));
  const outputs = manifest.heads.map(({ output }) => output);
  const rows = Array.from({ length: of.rows }, (_, k) =>
    k < golden.length ? golden[k]! : features.map((_name, column) => pick(golden, of.random)[column]!),
  );
  const falls: string[] = [];
  const risenMost: Record<string, number> = {};
  for (const [feature, values] of Object.entries(promisedSweeps)) {
    const column = features.indexOf(feature);
    const swept = rows.flatMap((row) => values.flatMap((value) => row.with(column, value)));
    const answers = executor.run(Float32Array.from(swept, (value) => value ?? Number.NaN));
    risenMost[feature] = 0;
    for (const output of outputs) {
      const said = answers.get(output)!.data;
      for (let k = 0; k < rows.length * values.length; k += 1) {
        if (k % values.length === 0) continue;
        const rise = said[k]! - said[k - 1]!;
        risenMost[feature] = Math.max(risenMost[feature], rise);
        if (!(rise >= -roundingMax))
          falls.push(
            `${output}: ${feature} at ${values[k % values.length]}: ${said[k]} after ${said[k - 1]}`,
          );
      }
    }
  }
  return { falls, risenMost };
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[random.integer(list.length)]!;
}
