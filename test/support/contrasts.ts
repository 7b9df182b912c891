import type { Page } from "playwright-core";

/** Each text of the page that stands out less from what is behind it than WCAG AA asks; `seen` is how many were measured. */
export async function contrasts(page: Page): Promise<{ readonly seen: number; readonly faint: readonly string[] }> {
  return page.evaluate(`(() => {
    const channels = (color) => color.match(/[\\d.]+/g).map(Number);
    const luminance = (color) => {
      const [r, g, b] = channels(color).slice(0, 3).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      const color = element === null ? "rgb(255, 255, 255)" : getComputedStyle(element).backgroundColor;
      return channels(color)[3] === 0 ? behind(element.parentElement) : color;
    };
    const texts = [...document.querySelectorAll("body *")].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "") &&
      element.checkVisibility() && !element.classList.contains("unseen") && element.tagName !== "NOSCRIPT");
    const measured = texts.map((element) => {
      const [one, other] = [getComputedStyle(element).color, behind(element)].map(luminance);
      return { text: element.textContent.trim(), ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) };
    });
    return {
      seen: measured.length,
      faint: measured.filter(({ ratio }) => ratio < 4.5).map(({ text, ratio }) => text + ": " + ratio.toFixed(2)),
    };
  })()`);
}
