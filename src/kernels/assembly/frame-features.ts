// The loops over all pixels behind the features of one picture, eight pixels at a time. The definitions are
// src/core/features/{block-gradient,frame-statistics,image-pyramid,flow-block}.ts; results are equal to the last bit,
// because sums are whole numbers and square roots are added in the definition's order.
// Memory belongs to the host. Around each picture it leaves 16 bytes, because whole vectors are read and written beyond
// the ends of rows; what comes from there is masked out or written again.
// Differences are taken in 16 bits that stop at their ends. Where one is so great that it or a sum might not be exact,
// the block or row is done again pixel by pixel: beside flames.

export { sumGradient } from "./frame-features/block-gradient";
export { sumFlowBlock } from "./frame-features/flow-block";
export { sumGradientBesideExcluded } from "./frame-features/gradient-beside-excluded";
export { countPixels } from "./frame-features/frame-statistics";
export { halve } from "./frame-features/image-pyramid";
