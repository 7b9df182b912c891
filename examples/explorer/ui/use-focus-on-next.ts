import { useEffect, useRef, type RefObject } from "react";

export interface FocusOnNext<List extends HTMLElement> {
  /** The list, to be given to its element. */
  readonly list: RefObject<List | null>;
  /** Has the next item that joins the list take the focus. */
  readonly focusNext: () => void;
}

/** For whoever asks for more of a list that has `length` items: they read on where it begins. */
export function useFocusOnNext<List extends HTMLElement>(length: number): FocusOnNext<List> {
  const list = useRef<List>(null);
  const next = useRef<number | null>(null);
  useEffect(() => {
    if (next.current === null || length <= next.current) return;
    const item = list.current?.children[next.current];
    const target = item?.querySelector("[tabindex='-1']") ?? item;
    if (target instanceof HTMLElement) target.focus();
    next.current = null;
  }, [length]);
  const focusNext = (): void => {
    next.current = length;
  };
  return { list, focusNext };
}
