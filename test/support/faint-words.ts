/** Runs in the page: words whose contrast with what is behind them (WCAG 2) is below 4.5; hatches by their worst stripe. */
export const faintWords = `(() => {
  const parse = (text) => (text.match(/rgba?\\([^)]*\\)/g) ?? []).map((colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  });
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const luminance = ({ r, g, b }) => [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, share, index) => sum + share * [0.2126, 0.7152, 0.0722][index], 0);
  const grounds = (element) => {
    if (element === null) return parse(getComputedStyle(document.body).backgroundColor);
    const style = getComputedStyle(element);
    const stripes = parse(style.backgroundImage);
    if (stripes.length > 0) return stripes;
    const [own] = parse(style.backgroundColor);
    if (own === undefined || own.a === 0) return grounds(element.parentElement);
    return own.a === 1 ? [own] : grounds(element.parentElement).map((below) => over(own, below));
  };
  const faint = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    const element = words.currentNode.parentElement;
    if (text === "" || element.closest("script, noscript, .unseen, .skip") !== null || !element.checkVisibility({ visibilityProperty: true })) continue;
    const [ink] = parse(getComputedStyle(element).color);
    for (const ground of grounds(element)) {
      const [light, dark] = [luminance(over(ink, ground)), luminance(ground)].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < 4.5) faint.push(text + ": " + contrast.toFixed(2));
    }
  }
  return faint;
})()`;
