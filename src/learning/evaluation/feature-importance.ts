import { wordsOf } from "#inference/feature-words.ts";
import { escaped, shown } from "../dataset/description-charts.ts";
import type { EpisodeJudgement } from "./episode-judgement.ts";

/** How much a head goes by each feature: mean size of its contributions, in log-odds before calibration. */
export interface HeadImportance {
  /** Head and sensors: "flaming fused". */
  readonly head: string;
  /** Seconds that were explained; in each the head should say yes. */
  readonly seconds: number;
  /** The greatest first. */
  readonly features: readonly { readonly feature: string; readonly meanSize: number }[];
}

/** What the package at issue goes by, over the explained seconds of all episodes. */
export function featureImportance(judged: readonly EpisodeJudgement[]): readonly HeadImportance[] {
  const heads = [...new Set(judged.flatMap(({ contributions }) => Object.keys(contributions)))].sort();
  return heads.map((head) => {
    const sums = new Map<string, number>();
    let seconds = 0;
    for (const { contributions } of judged) {
      const own = contributions[head];
      if (own === undefined) continue;
      seconds += own.seconds;
      for (const [feature, sum] of Object.entries(own.sums))
        sums.set(feature, (sums.get(feature) ?? 0) + sum);
    }
    const features = [...sums].map(([feature, sum]) => ({ feature, meanSize: sum / seconds }));
    features.sort((one, other) => other.meanSize - one.meanSize);
    return { head, seconds, features };
  });
}

const barHeight = 14;
const nameWidth = 150;
const chartWidth = 300;
const valueWidth = 40;

/** One bar for each feature of a head. */
export function importanceChart({ head, seconds, features }: HeadImportance): string {
  const most = Math.max(...features.map(({ meanSize }) => meanSize));
  const bars = features.map(({ feature, meanSize }, k) => {
    const width = most === 0 ? 0 : (meanSize / most) * (chartWidth - nameWidth - valueWidth);
    const y = k * barHeight;
    return `<text x="${nameWidth - 4}" y="${y + 10}" text-anchor="end">${escaped(feature)}</text><rect x="${nameWidth}" y="${y + 2}" width="${width.toFixed(1)}" height="${barHeight - 4}" fill="currentColor" fill-opacity="0.6"><title>${escaped(wordsOf(feature).quantity)}</title></rect><text x="${(nameWidth + width + 4).toFixed(1)}" y="${y + 10}">${shown(Number(meanSize.toFixed(2)))}</text>`;
  });
  const title = `${head}: mean size of contributions, log-odds, over ${seconds} seconds`;
  return `<figure><figcaption>${escaped(title)}</figcaption><svg viewBox="0 0 ${chartWidth} ${features.length * barHeight}" role="img" aria-label="${escaped(title)}">${bars.join("")}</svg></figure>`;
}
