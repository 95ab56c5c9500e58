import { badInput } from "#core/failure.ts";
import type { MemberModel } from "#model-package/member.ts";
import { memberOddsMax, memberProbabilityMin } from "#model-package/onnx/build-graph.ts";
import { linearOdds, networkOdds } from "./dense-walker.ts";
import { linearContributions, networkContributions } from "./integrated-gradients.ts";
import { type Contributions, TreeShap } from "./tree-shap.ts";
import { treeOutput } from "./tree-walker.ts";

/** A member that can say why. Rows hold its own features. */
export interface ExplainedMember {
  readonly featureNames: readonly string[];
  /** Its log-odds, as the ensemble takes them. */
  odds(row: Float32Array): number;
  /** Contributions to these log-odds. */
  contributions(row: Float32Array): Contributions;
}

/**
 * Makes a member able to say why: trees by TreeSHAP, networks by integrated gradients, logistic regression by its
 * weights. Throws `badInput` with code `package-covers` for trees without the numbers of training rows in their nodes.
 */
export function explainedMember(model: MemberModel): ExplainedMember {
  switch (model.kind) {
    case "trees": {
      if (model.cover.length !== model.feature.length)
        throw badInput(
          "package-covers",
          "The trees in model.onnx do not say how many training rows each node saw (nodes_hitrates): train the model again to have it say why.",
        );
      const shap = new TreeShap(model);
      const toOdds = model.output === "sum-log-odds" ? cutOdds : oddsOfProbability;
      return {
        featureNames: model.featureNames,
        odds: (row) => toOdds(treeOutput(model, row)),
        contributions: (row) => through(toOdds, shap.contributions(row)),
      };
    }
    case "network":
      return {
        featureNames: model.preparation.featureNames,
        odds: (row) => cutOdds(networkOdds(model, row)),
        contributions: (row) => through(cutOdds, networkContributions(model, row)),
      };
    case "linear":
      return {
        featureNames: model.preparation.featureNames,
        odds: (row) => cutOdds(linearOdds(model, row)),
        contributions: (row) => through(cutOdds, linearContributions(model, row)),
      };
  }
}

/** As the graph cuts a member's log-odds. */
function cutOdds(odds: number): number {
  return Math.min(memberOddsMax, Math.max(-memberOddsMax, odds));
}

/** As the graph turns a forest's probability into log-odds. */
function oddsOfProbability(probability: number): number {
  const kept = Math.min(1 - memberProbabilityMin, Math.max(memberProbabilityMin, probability));
  return Math.log(kept / (1 - kept));
}

/** Where contributions nearly cancel out, the slope itself is taken over this distance to either side. */
const slopeReach = 1e-6;

/**
 * Contributions to a rising function of an output, from those to the output: all stretched alike, so that they sum to
 * what the function makes of the output. This is DeepLIFT's rescale rule (Shrikumar, Greenside and Kundaje 2017), as
 * SHAP's authors carry tree contributions through a link. Order, signs and shares stay as they were.
 */
function through(rising: (output: number) => number, { usual, byFeature }: Contributions): Contributions {
  const change = byFeature.reduce((sum, value) => sum + value, 0);
  const stretch =
    Math.abs(change) > slopeReach
      ? (rising(usual + change) - rising(usual)) / change
      : (rising(usual + slopeReach) - rising(usual - slopeReach)) / (2 * slopeReach);
  return { usual: rising(usual), byFeature: byFeature.map((value) => stretch * value) };
}
