/**
 * Written on a field with a resolver: what it gives follows from its parent, its arguments and what is recorded, and
 * from nothing else. A root field has no parent: what it gives may follow from anything, but the same object then means
 * the same. An answer made of such fields alone is kept, and sent again without being made again.
 */
export const RECORDED = { recorded: true } as const;
