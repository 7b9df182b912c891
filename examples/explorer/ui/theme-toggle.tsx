import { useState, type ReactElement } from "react";
import { applyTheme, rememberedTheme, rememberTheme, THEMES, type Theme } from "./theme";

const NAMES: Readonly<Record<Theme, string>> = { auto: "Auto", light: "Light", dark: "Dark" };

export function ThemeToggle(): ReactElement {
  const [chosen, setChosen] = useState(rememberedTheme);
  const choose = (theme: Theme): void => {
    setChosen(theme);
    applyTheme(theme);
    rememberTheme(theme);
  };
  return (
    <fieldset className="segmented">
      <legend className="unseen">Colours</legend>
      {THEMES.map((theme) => (
        <label key={theme}>
          <input type="radio" name="theme" checked={theme === chosen} onChange={() => choose(theme)} />
          <span>{NAMES[theme]}</span>
        </label>
      ))}
    </fieldset>
  );
}
