/** Id of the schema of 18 whole-picture features: the order and definitions below belong to it and never change under it. */
export const wholePictureSchemaId = "lepton15-scd3/1";

/** The 18 features in their fixed order; definitions and units stand in docs/guides/features.md. */
export const wholePictureFeatureNames = [
  "t_mean",
  "t_std",
  "t_max",
  "t_p95",
  "t_hot_area_pct",
  "t_hot_largest_blob_pct",
  "t_grad_mean",
  "t_grad_std",
  "t_diff_mean",
  "t_diff_std",
  "flow_mag_mean",
  "flow_mag_std",
  "tproxy_val",
  "tproxy_delta",
  "tproxy_vel",
  "gas_val",
  "gas_delta",
  "gas_vel",
] as const;

/** Name of one whole-picture feature. */
export type WholePictureFeatureName = (typeof wholePictureFeatureNames)[number];

/** Id of the schema that adds the hot region that matters to the 18. */
export const regionSchemaId = "lepton15-scd3-region13/1";

/** The features of one tracked hot region in their fixed order. */
export const regionFeatureNames = [
  "r_area",
  "r_peak",
  "r_area_vel",
  "r_peak_vel",
  "r_move",
  "r_rise",
  "r_age",
  "r_flicker",
  "r_area_flicker",
  "r_overlap",
  "r_saturated",
  "r_aspect",
  "r_excess",
  "r_excess_vel",
] as const;

/** Name of one region feature. */
export type RegionFeatureName = (typeof regionFeatureNames)[number];
