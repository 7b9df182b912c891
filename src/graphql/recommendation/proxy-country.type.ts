import { registerEnumType } from "type-graphql";

/** The enum values, in the form that TypeGraphQL needs. @see LinkUp API v1, read 2026-11-20. */
export const ProxyCountryEnum = { US: "US", UK: "UK", FR: "FR" } as const;

export type ProxyCountry = keyof typeof ProxyCountryEnum;

registerEnumType(ProxyCountryEnum, {
  name: "ProxyCountry",
  description: "From which country LinkedIn is read.",
  valuesConfig: {
    US: { description: "The United States." },
    UK: { description: "The United Kingdom." },
    FR: { description: "France." },
  },
});
