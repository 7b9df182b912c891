import type { UpsertIcpInput } from "../generated/graphql";

/** Something to see at once, from every provider that can recommend: criteria for two of them, examples for the third. */
export const SAMPLE_PROFILE: UpsertIcpInput & { readonly externalUserId: string } = {
  externalUserId: "demo-user",
  companies: { industries: ["Software", "SaaS"], primaryLocations: ["W-EMEA"] },
  exampleCompanies: [{ domain: "surfe.com" }],
  examplePeople: [{ linkedinUrl: "https://www.linkedin.com/in/johndoe" }],
};
