"""Words in drawings that are too faint: axe-core does not look at SVG, so the same rule of WCAG 2 is applied here.

Behind words lies what was painted there last before them: a filled shape that holds their centre, or the panel.
"""

from playwright.sync_api import Page

SCRIPT = """
part => {
  const rgba = text => {
    const found = /^(?:rgba?|color)\\((?:srgb )?([^)]*)\\)$/.exec(text);
    if (!found) return [0, 0, 0, 0];
    const numbers = found[1].split(/[ ,\\/]+/).filter(word => word).map(Number);
    const scale = text.startsWith('color') ? 255 : 1;
    return [...numbers.slice(0, 3).map(value => value * scale), numbers[3] ?? 1];
  };
  const over = (top, below) => below.map((value, at) => top[3] * top[at] + (1 - top[3]) * value);
  const light = code => (code /= 255) <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const contrast = (one, other) => {
    const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const opacity = element => {
    let all = 1;
    for (; element instanceof SVGElement; element = element.parentElement) {
      all *= Number(getComputedStyle(element).opacity);
    }
    return all;
  };
  const paint = (element, kind) => {
    const style = getComputedStyle(element);
    const [r, g, b, alpha] = rgba(style[kind]);
    return [r, g, b, alpha * Number(style[kind + 'Opacity']) * opacity(element)];
  };
  const behind = element => {
    const layers = [];
    for (; element; element = element.parentElement) {
      layers.unshift(rgba(getComputedStyle(element).backgroundColor));
    }
    return layers.reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const holds = (shape, x, y) => {
    const matrix = shape.getScreenCTM();
    return matrix !== null && shape.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix.inverse()));
  };
  const faint = new Set();
  let looked = 0;
  for (const svg of document.querySelector(part).querySelectorAll('svg')) {
    const shapes = [...svg.querySelectorAll('rect, circle, ellipse, path, polygon')];
    for (const words of svg.querySelectorAll('text')) {
      const box = words.getBoundingClientRect();
      const style = getComputedStyle(words);
      const colour = paint(words, 'fill');
      if (!box.width || style.visibility !== 'visible' || !words.textContent.trim() || colour[3] === 0) continue;
      looked += 1;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      let ground = behind(svg);
      for (const shape of shapes) {
        const before = shape.compareDocumentPosition(words) & Node.DOCUMENT_POSITION_FOLLOWING;
        const fill = before ? paint(shape, 'fill') : null;
        if (fill && fill[3] > 0 && holds(shape, x, y)) ground = over(fill, ground);
      }
      if (style.paintOrder.startsWith('stroke')) ground = over(paint(words, 'stroke'), ground);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const seen = contrast(over(colour, ground), ground);
      if (seen < (large ? 3 : 4.5)) {
        const name = svg.closest('.hcnn-panel')?.className ?? '';
        faint.add(`${seen.toFixed(2)}:1 "${words.textContent.trim().slice(0, 40)}" of ${name}: ` +
          `${over(colour, ground).map(Math.round)} on ${ground.map(Math.round)}`);
      }
    }
  }
  return [looked, [...faint]];
}
"""


def faint_words(page: Page, part: str) -> tuple[int, list[str]]:
    """Give how many words of drawings were looked at in a part of the page, and a line for each that is too faint.

    Words that are 24 px large, or bold and nearly so, need 3:1, all others 4.5:1.
    """
    looked, faint = page.evaluate(SCRIPT, part)
    return looked, faint
