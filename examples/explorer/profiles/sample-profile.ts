import type { UpsertIcpInput } from "../generated/graphql";

/**
 * Something to see at once, from every provider that can recommend: criteria for Surfe and Letrics, which knows no world
 * regions; for Lusha examples, by the ids that its recommendations take.
 */
export const SAMPLE_PROFILE: UpsertIcpInput & { readonly externalUserId: string } = {
  externalUserId: "demo-user",
  companies: { industries: ["Software", "SaaS"], primaryLocations: ["FR", "DE", "GB", "NL", "ES"] },
  exampleCompanies: [{ lushaCompanyId: "6504" }],
  examplePeople: [{ lusha: { personId: "675851474", companyId: "6504" } }],
};
