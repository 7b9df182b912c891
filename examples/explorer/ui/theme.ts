export const THEMES = ["auto", "light", "dark"] as const;

/** `auto` is what the system says. */
export type Theme = (typeof THEMES)[number];

const KEY = "tributary-explorer:theme";

/** What was chosen before; `auto` where nothing was, or the browser keeps nothing. */
export function rememberedTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? "auto";
  } catch {
    return "auto"; // storage can be forbidden
  }
}

/** Draws the page in it: the style sheet does the rest. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

export function rememberTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // then it holds for this visit
  }
}
