/** A small state that several processes share. */
export interface SharedState {
  /**
   * Replaces the state by what `change` makes of it, and resolves with its result. Changes are made one after the other, over all
   * processes. `change` may be called several times; the last call counts.
   *
   * @param change gets `null` where there is no state yet.
   * @throws {StoreError} the state cannot be changed now.
   */
  change<T>(change: (before: unknown) => { readonly state: object; readonly result: T }): Promise<T>;
}
