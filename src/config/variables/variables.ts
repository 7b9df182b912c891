import { z } from "zod";
import { letricsVariables } from "./letrics.variables";
import { limitsVariables } from "./limits.variables";
import { linkupVariables } from "./linkup.variables";
import { lushaVariables } from "./lusha.variables";
import { serverVariables } from "./server.variables";
import { surfeVariables } from "./surfe.variables";
import { tenantVariables } from "./tenant.variables";

/** Every variable that Tributary reads, by its name. */
export const Variables = z.object({
  ...serverVariables,
  ...tenantVariables,
  ...limitsVariables,
  ...surfeVariables,
  ...lushaVariables,
  ...linkupVariables,
  ...letricsVariables,
});

/** The variables' values, each checked on its own. */
export type Variables = Readonly<z.output<typeof Variables>>;

/** A variable's name. */
export type VariableName = keyof Variables;
