/**
 * Prints a target, with what was measured.
 *
 * @param {string} what @param {number} found @param {(found: number) => boolean} isMet @param {string} target
 */
export function say(what, found, isMet, target) {
  console.log(`${isMet(found) ? "met   " : "MISSED"}  ${what}: ${found.toFixed(2)}, to be ${target}`);
}
