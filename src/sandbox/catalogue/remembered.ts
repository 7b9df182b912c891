/**
 * `make`, with its answer kept for `capacity` indexes at most: a walk over the whole catalogue leaves memory small.
 * Indexes that far apart share a slot, where the later one stays.
 */
export function remembered<T>(make: (index: number) => T, capacity: number): (index: number) => T {
  const slots = new Map<number, { readonly index: number; readonly made: T }>();
  return (index) => {
    const kept = slots.get(index % capacity);
    if (kept?.index === index) return kept.made;
    const made = make(index);
    slots.set(index % capacity, { index, made });
    return made;
  };
}
