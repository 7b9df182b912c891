import { statement } from "./statement";

/** The last number of a tenant's sequence. */
export const MARK = statement<object, { readonly value: number }>(
  "mark",
  {},
  ({ tenant }) => `select value from counter where tenant = ${tenant} and name = 'mark'`,
);

/** Sets the last number of a tenant's sequence. */
export const SET_MARK = statement<{ readonly value: number }>(
  "set mark",
  { value: "integer" },
  ({ tenant, given }) => `
    insert into counter (tenant, name, value) select ${tenant}, 'mark', value from ${given} where true
    on conflict (tenant, name) do update set value = excluded.value`,
);
