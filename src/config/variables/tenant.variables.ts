import { notSupportedYet, oneOf } from "../kinds/text.kinds";
import { type Kind, orDefault, orNull } from "../variable";

const auth: Kind<"none"> = {
  ...oneOf("none"),
  rule: "takes none (api-key and jwt are not supported by this version yet)",
};

const tenantClaim: Kind<"tenant"> = {
  ...oneOf("tenant"),
  rule: "takes its default, tenant (any other claim is not supported by this version yet)",
};

/** Who may ask. This version has one tenant and no authentication, so each of these takes its default alone. */
export const tenantVariables = {
  AUTH: orDefault(auth, "none"),
  TENANTS_FILE: orNull(notSupportedYet),
  JWT_JWKS_URL: orNull(notSupportedYet),
  JWT_ISSUER: orNull(notSupportedYet),
  JWT_AUDIENCE: orNull(notSupportedYet),
  JWT_TENANT_CLAIM: orDefault(tenantClaim, "tenant"),
};
