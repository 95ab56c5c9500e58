import { parseArgs } from "node:util";
import { Simulation } from "./simulation.ts";

const { values } = parseArgs({
  options: { seed: { type: "string" }, seeds: { type: "string" }, json: { type: "boolean" } },
});
const [from, to] =
  values.seed !== undefined
    ? [Number(values.seed), Number(values.seed)]
    : ((values.seeds ?? "1..20").split("..").map(Number) as [number, number]);
for (let seed = from; seed <= to; seed += 1) {
  const t = performance.now();
  const result = await new Simulation(seed).run();
  console.log(
    seed,
    Math.round(performance.now() - t),
    result.digest,
    result.plan.devices,
    result.plan.faults.length,
    result.alarms,
    result.alarmsDelivered,
  );
  for (const v of result.violations) console.log("   ", v.atSeconds.toFixed(1), v.device, v.what);
  if (values.seed !== undefined) console.log(result.plan);
}
