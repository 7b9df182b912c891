const { default: Sequencer } = require("@jest/test-sequencer");

/** Files that take longer than 20 s, the longest first. Begun last, one of them would keep one worker busy while the others rest. */
const LONGEST = [
  "executor.property",
  "process-memory",
  "faults",
  "postgres/chaos",
  "e2e/explorer",
  "surfe-feed.property",
  "e2e/playground",
  "e2e/process",
  "two-tenants",
  "crashes",
];

const place = ({ path }) => {
  const found = LONGEST.findIndex((name) => path.replaceAll("\\", "/").includes(name));
  return found === -1 ? LONGEST.length : found;
};

/** Jest knows how long files took where they ran before. On a fresh clone it goes by their size, which says little. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
};
