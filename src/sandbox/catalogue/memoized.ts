/**
 * Caches the results of `make` for at most `capacity` indexes, so that a walk through all of them needs little memory.
 * Indexes with the same remainder share a slot, which has the latest one.
 */
export function memoized<T>(make: (index: number) => T, capacity: number): (index: number) => T {
  const slots = new Map<number, { readonly index: number; readonly made: T }>();
  return (index) => {
    const kept = slots.get(index % capacity);
    if (kept?.index === index) return kept.made;
    const made = make(index);
    slots.set(index % capacity, { index, made });
    return made;
  };
}
