/** `endings` are the ends of its companies' names; `offer` is what they make. */
export interface Industry {
  readonly name: string;
  readonly endings: readonly [string, string, string];
  readonly keywords: readonly [string, string, string];
  readonly offer: string;
}

function industry(
  name: string,
  endings: readonly [string, string, string],
  keywords: readonly [string, string, string],
  offer: string,
): Industry {
  return { name, endings, keywords, offer };
}

/** No ending occurs twice, so a stem and an ending make a unique name. */
export const INDUSTRIES: readonly Industry[] = [
  industry("Software", ["Software", "Labs", "Codeworks"], ["software", "developers", "api"], "Developer tools"),
  industry("SaaS", ["Cloud", "Suite", "Platform"], ["saas", "workflow", "subscription"], "A workspace for small teams"),
  industry("Finance", ["Capital", "Finance", "Treasury"], ["finance", "investing", "payments"], "Cash planning"),
  industry("Sales", ["Outreach", "Pipeline", "Selling"], ["sales", "crm", "prospecting"], "Prospecting tools"),
  industry("Marketing", ["Media", "Studio", "Campaigns"], ["marketing", "brand", "ads"], "Campaigns that are measured"),
  industry("Banking", ["Bank", "Trust", "Savings"], ["banking", "lending", "deposits"], "Business accounts"),
  industry(
    "Insurance",
    ["Insurance", "Assurance", "Mutual"],
    ["insurance", "claims", "risk"],
    "Cover for growing firms",
  ),
  industry("E-Commerce", ["Market", "Commerce", "Shop"], ["ecommerce", "checkout", "catalog"], "Storefronts"),
  industry("Retail", ["Stores", "Retail", "Outfitters"], ["retail", "shops", "brands"], "Goods for every day"),
  industry("Healthcare", ["Health", "Clinics", "Care"], ["healthcare", "patients", "clinics"], "Care close to home"),
  industry("Biotechnology", ["Biotech", "Genomics", "Bioworks"], ["biotech", "genomics", "assays"], "Diagnostics"),
  industry("Pharmaceuticals", ["Pharma", "Therapeutics", "Remedies"], ["pharma", "trials", "medicine"], "Medicines"),
  industry("Education", ["Academy", "Learning", "Institute"], ["education", "courses", "training"], "Online courses"),
  industry("Human Resources", ["Talent", "People", "Staffing"], ["hr", "hiring", "payroll"], "Hiring and payroll"),
  industry("Consulting", ["Advisory", "Consulting", "Associates"], ["consulting", "strategy", "audit"], "Advice"),
  industry("Legal Services", ["Legal", "Counsel", "Chambers"], ["legal", "contracts", "compliance"], "Contract review"),
  industry(
    "Logistics",
    ["Logistics", "Freight", "Shipping"],
    ["logistics", "freight", "warehousing"],
    "Freight by road",
  ),
  industry("Manufacturing", ["Works", "Industries", "Foundry"], ["manufacturing", "machining", "steel"], "Parts"),
  industry("Automotive", ["Motors", "Mobility", "Automotive"], ["automotive", "vehicles", "fleet"], "Electric vans"),
  industry("Construction", ["Builders", "Construction", "Structures"], ["construction", "timber", "sites"], "Homes"),
  industry("Real Estate", ["Properties", "Estates", "Realty"], ["property", "leasing", "offices"], "Offices to let"),
  industry("Energy", ["Energy", "Solar", "Power"], ["energy", "solar", "grid"], "Solar parks"),
  industry("Telecommunications", ["Telecom", "Networks", "Mobile"], ["telecom", "fibre", "5g"], "Fibre for business"),
  industry("Cybersecurity", ["Security", "Defense", "Shield"], ["security", "threats", "identity"], "Threat detection"),
  industry("Hospitality", ["Travel", "Hotels", "Voyages"], ["travel", "hotels", "booking"], "Business travel"),
];
