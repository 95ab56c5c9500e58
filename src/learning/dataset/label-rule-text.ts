/** The rule of `labelOf` (simulation/scenario/label-rule.ts) in words, for data cards and documents. */
export const labelRuleText =
  "none: before ignition, while a fuel only warms and is no hotter than in use, and where nothing burns or glows. flaming: at least " +
  "2 picture points show flame (8 K over what is behind) and the fire releases heat. slow-heat: no flame shows, but at least 2 points " +
  "show a fuel, or what a fire has heated, hotter than in use (120 °C; oil in a pan 250, wood on a hot plate 200, a lithium-ion pack " +
  "and a self-heating heap 80), or, after the flames, something that still glows (150 °C). hidden: something burns, smoulders or " +
  "overheats and neither shows. A row is labelled by the moment at which its second ends. Nuisances are none, whatever burns in them " +
  "where it belongs; whether it does is in is_hot_process and in the regions' hot_place.";
