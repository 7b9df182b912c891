import type { Kind } from "../variable";

/** One of some fixed words. */
export function oneOf<const Word extends string>(...words: readonly [Word, ...Word[]]): Kind<Word> {
  const last = words.at(-1);
  const others = words.slice(0, -1).join(", ");
  return {
    rule: others === "" ? `takes ${last}` : `takes ${others} or ${last}`,
    read: (text) => words.find((word) => word === text),
  };
}

function twoWords(yes: string, no: string): Kind<boolean> {
  return {
    rule: `takes ${yes} or ${no}`,
    read: (text) => (text === yes ? true : text === no ? false : undefined),
  };
}

/** `true` or `false`. */
export const trueOrFalse: Kind<boolean> = twoWords("true", "false");

/** `on` or `off`. */
export const onOrOff: Kind<boolean> = twoWords("on", "off");

/** The name of a field in a provider's request. */
export const fieldName: Kind<string> = {
  rule: "takes a field name: letters, digits and underscores, beginning with a letter",
  read: (text) => (/^[A-Za-z]\w*$/.test(text) ? text : undefined),
};

/** A variable of the contract that this version knows and cannot serve: set, it is refused. */
export const notSupportedYet: Kind<never> = {
  rule: "is not supported by this version yet; leave it unset",
  read: () => undefined,
};
