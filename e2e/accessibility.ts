// What a page must be for people who don't see it, or don't see well: every control has a name, every text stands out.
import type { Page } from 'playwright-core';

/** Roles of what can be operated or read by itself. */
const CONTROLS: ReadonlySet<unknown> = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'log',
  'radio',
  'switch',
  'tab',
  'tabpanel',
  'textbox',
]);

/** The roles of controls without a name, by Chromium's accessibility tree. None, on a good page. */
export async function namelessControls(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const controls = nodes.filter(({ ignored, role }) => !ignored && CONTROLS.has(role?.value));
  if (controls.length === 0) throw new Error('the page has no controls at all');
  return controls.filter(({ name }) => !name?.value?.trim()).map(({ role }) => String(role?.value));
}

/**
 * Texts that are too faint on what lies behind them, with their contrast. None, on a good page. Source: WCAG 2.2, 1.4.3
 * (level AA): 4.5, for large text 3; what is disabled may be faint. Pictures and gradients behind texts are not seen.
 */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];

    const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!brush) throw new Error('there is no canvas');

    /** Any CSS colour, in parts of 255; alpha in parts of 1. */
    const colourOf = (css: string): Colour => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = css;
      brush.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };

    const over = ([r, g, b, alpha]: Colour, [r2, g2, b2]: Colour): Colour => {
      const mix = (above: number, below: number): number => above * alpha + below * (1 - alpha);
      return [mix(r, r2), mix(g, g2), mix(b, b2), 1];
    };

    const luminance = (colour: Colour): number => {
      const [red = 0, green = 0, blue = 0] = colour.map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };

    const contrast = (one: Colour, other: Colour): number => {
      const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };

    /** The element and all it stands in, the page first. */
    const lineOf = (element: Element): Element[] => {
      const line = [];
      for (let at: Element | null = element; at; at = at.parentElement) line.unshift(at);
      return line;
    };

    const groundOf = (element: Element): Colour =>
      lineOf(element).reduce(
        (ground: Colour, at) => over(colourOf(getComputedStyle(at).backgroundColor), ground),
        colourOf('Canvas'),
      );

    const isLarge = ({ fontSize, fontWeight }: CSSStyleDeclaration): boolean =>
      parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);

    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 1 &&
      !element.closest(':disabled, .visually-hidden');

    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));

    const faint: string[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      const text = [...element.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('');
      if (text.trim() === '' || !isSeen(element)) continue;
      const style = getComputedStyle(element);
      const opacity = lineOf(element).reduce((product, at) => product * Number(getComputedStyle(at).opacity), 1);
      const [red, green, blue, alpha] = colourOf(style.color);
      const ground = groundOf(element);
      const ratio = contrast(over([red, green, blue, alpha * opacity], ground), ground);
      if (ratio < (isLarge(style) ? 3 : 4.5)) faint.push(`${text.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return faint;
  });
}
