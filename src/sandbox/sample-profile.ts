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

/** How the simulated Lusha words the examples of that profile in its answers, so that they have names from the start. */
export const SAMPLE_EXAMPLES = {
  company: {
    companyId: "219994",
    name: "Beacon Selling",
    fqdn: "beaconselling.co",
    description: "Prospecting tools from Paris",
  },
  person: {
    personId: "676359245",
    companyId: "219994",
    name: "Hugo Carter",
    jobTitle: "Head of Sales",
    companyName: "Beacon Selling",
  },
} as const;
