function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** The first words of company names: 80, none of which begins with another. */
export const STEMS = words(`
  Alder Amber Anchor Apex Argent Ashford Aspen Atlas Aurora Basalt Beacon Birch Boreal Bramble Brightwater Cadence
  Calder Canopy Cascade Cedar Cinder Citrine Clearfield Cobalt Copper Coral Crest Crossway Cypress Delta Driftwood Eastgate
  Elmwood Ember Evergreen Fairview Falcon Fern Flint Foxglove Garnet Glacier Granite Harbor Hawthorn Hazel Heron Highland
  Indigo Ironwood Ivory Jasper Juniper Kestrel Kingsway Lakeside Lantern Larch Lumen Magnolia Maple Meridian Mistral Nimbus
  Northwind Oakridge Obsidian Onyx Orchard Osprey Pebble Pinnacle Quartz Ravine Redwood Saffron Summit Tidewater Verdant Willow
`);

/** First names; some have accents, which slugs lose. */
export const FIRST_NAMES = words(`
  Adam Aisha Alice Amélie Ana André Anna Arjun Beatriz Ben Camille Carlos Chloé Clara Daniel David Diego Elena Élodie Emma
  Erik Eva Fatima Felix Hana Hannah Hiroshi Hugo Ines Isabel Ivan James Jan Jonas Julia Karim Kenji Lars Laura Lena Léo Lucas
  Lucía Maja Marco Maria Marta Mei Mia Mohammed Nadia Naomi Noah Nora Oliver Olivia Omar Oscar Paul Priya Rachel Rahul
  Samuel Sara Sofia Sven Thabo Theo Thomas Valentina Victor Wei Yuki Zoë
`);

/** Last names; some have accents, which slugs lose. */
export const LAST_NAMES = words(`
  Almeida Andersson Bakker Bauer Becker Bennett Bernard Botha Brown Carter Chen Clark Costa Dubois Dupont Evans Fernández
  Fischer Fontaine Fournier Garcia Girard González Gupta Haddad Hansen Hernández Hill Hoffmann Ito Iyer Jansen Johansson Jones
  Kapoor Keller Khan Kim King Klein Kobayashi Laurent Lee Lefèvre Lewis Lim Lindqvist Lopez Martin Mbeki Mehta Meyer Moreau
  Morris Müller Murphy Nakamura Naidoo Nguyen Novak Okafor Oliveira Patel Pereira Petit Ramírez Reddy Richter Robinson Rossi
  Roux Santos Sato Schmidt Schneider Sharma Silva Singh Smit Smith Souza Suzuki Svensson Tan Taylor Torres Visser Wagner
  Walker Weber White Wong Wright Young Zhang
`);

/** Technologies of companies. */
export const TECHNOLOGIES = words(`
  AWS Azure Docker Elasticsearch Figma GitHub HubSpot Intercom Java Jira jQuery Kafka Kubernetes Looker Marketo MongoDB
  MySQL Next.js Notion PHP PostgreSQL Python React Redis Salesforce SAP Segment Shopify Slack Snowflake Stripe Tableau
  Terraform TypeScript Vue WordPress Zendesk
`);

/** Lower case, ASCII, words joined by `joint`: "Élodie Müller" is "elodie-muller". */
export function slugOf(text: string, joint: "-" | "" = "-"): string {
  const plain = text
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
  return plain.split(/[^a-z0-9]+/).join(joint);
}
