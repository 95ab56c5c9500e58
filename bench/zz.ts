import { Random } from "#core/random.ts";
import { MicrobolometerNoise } from "#simulation/devices/microbolometer-noise.ts";
import { radiancesToCentikelvin, celsiusToRadiance } from "#simulation/scene/band-radiance.ts";
import { Episode } from "#simulation/scenario/episode.ts";
import { renderEpisode } from "#simulation/scenario/render-episode.ts";
import { burningScenario } from "#support/burning-scenario.ts";
function best(name: string, f: () => void, n = 10) { let b = 1e9; for (let i = 0; i < 300; i++) f(); for (let r = 0; r < 60; r++) { const t = process.hrtime.bigint(); for (let i = 0; i < n; i++) f(); b = Math.min(b, Number(process.hrtime.bigint() - t) / n / 1000); } console.log(name.padEnd(30), b.toFixed(1), "us"); }
const noise = new MicrobolometerNoise(new Random(1));
const rad = new Float32Array(19200).map((_, i) => celsiusToRadiance(20 + 5 * Math.sin(i)));
const to = new Float32Array(19200);
const m = { framesPassed: 1, secondsSinceCorrection: 50, gain: "high" } as const;
best("noise.add", () => noise.add(rad, to, m));
best("toCentikelvin", () => radiancesToCentikelvin(rad, to, 0));
const mk = () => new Episode({scenario: burningScenario({igniteAtSeconds:5,celsius:300,halfWidthPixels:10,cameraEvents:[]}), seed:1, seconds:1200, fire:"as-staged", flameRenderer:"plume"});
const ep = mk(); let t = 10;
best("radianceAt", () => { t += 0.1132; ep.radianceAt(t); });
const it = renderEpisode(mk(), { startMicros: 1767225600000000 }); let k = 0;
best("whole frame", () => { for (;;) { const e = it.next().value!; if (e.kind === "thermal") break; } k++; });
