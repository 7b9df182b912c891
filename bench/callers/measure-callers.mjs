import { measureOverhead } from "./overhead.mjs";
import { measureReloading } from "./reloading.mjs";
import { measureSideBySide } from "./side-by-side.mjs";

/** @typedef {import("./overhead.mjs").OverheadRun} OverheadRun */
/** @typedef {import("./reloading.mjs").ReloadRun} ReloadRun */
/** @typedef {import("./side-by-side.mjs").SideRun} SideRun */
/** @typedef {{ overhead: OverheadRun[], reloading: ReloadRun, sideBySide: SideRun[] }} Callers */

/**
 * What callers and tenants cost.
 *
 * @param {{ directory: string, isQuick: boolean, warmMs: number }} settings
 * @returns {Promise<Callers>}
 */
export async function measureCallers({ directory, isQuick, warmMs }) {
  console.log("Requests without credentials, with keys and with tokens");
  const slices = isQuick ? { turns: 3, sliceMs: 500 } : { turns: 12, sliceMs: 1_500 };
  const overhead = await measureOverhead({ directory, warmMs: slices.sliceMs / 3, ...slices });
  console.log("Requests while the tenants file changes");
  const reloading = await measureReloading({ directory, warmMs, reloadMs: isQuick ? 3_000 : 20_000 });
  console.log("Two tenants side by side");
  const sides = isQuick ? { turns: 1, sliceMs: 1_000 } : { turns: 5, sliceMs: 10_000 };
  const sideBySide = await measureSideBySide({ directory, warmMs, ...sides });
  return { overhead, reloading, sideBySide };
}
