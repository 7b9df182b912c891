/**
 * The profile in a new sandbox. All three providers of recommendations can serve it. The example company sells software to
 * sales teams in Paris; the example person leads its sales.
 */
export const SAMPLE_PROFILE = {
  externalUserId: "demo-user",
  companies: {
    industries: ["SaaS", "Software", "Sales"],
    primaryLocations: ["FR", "DE", "GB", "NL", "ES"],
    employeeCount: { from: 50, to: 2000 },
  },
  exampleCompanies: [{ own: { provider: "LUSHA", field: "lushaCompanyId", ids: "219994" } }],
  examplePeople: [{ own: { provider: "LUSHA", field: "lusha", ids: { personId: "676359245", companyId: "219994" } } }],
} as const;
