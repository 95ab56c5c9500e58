/** The rule of `labelOf` (simulation/scenario/label-rule.ts) in words, for data cards and documents. */
export const labelRuleText =
  "none: nothing burns, before ignition, or everything is out. flaming: at least 2 picture points show flame (8 K over what is " +
  "behind) and the fire releases heat. slow-heat: no flame shows, but at least 2 points show fuel that smoulders, glows or overheats. " +
  "hidden: something burns and neither shows. A row is labelled by the moment at which its second ends. Nuisances are none, " +
  "whatever burns in them where it belongs; whether it does is in is_hot_process and in the regions' hot_place.";
