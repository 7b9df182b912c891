/** A city with a postal code and the coordinates of its centre, in degrees. */
export interface City {
  readonly locality: string;
  readonly region: string;
  readonly regionCode: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** `code` is ISO 3166 alpha-2, upper case; `regions` are world regions; `suffix` is the end of its domains. */
export interface Country {
  readonly code: string;
  readonly name: string;
  readonly regions: readonly string[];
  readonly suffix: string;
  /** How many times as likely as the rarest country. */
  readonly weight: number;
  readonly streets: readonly string[];
  readonly cities: readonly City[];
}

const EUROPE = ["W-EMEA", "W-EU"];
const MIDDLE_EAST = ["W-EMEA", "W-ME"];
const AFRICA = ["W-EMEA", "W-AF"];
const ASIA = ["W-APAC"];
const OCEANIA = ["W-APAC", "W-OC"];
const NORTH_AMERICA = ["W-AMER", "W-NA"];
const LATIN_AMERICA = ["W-AMER", "W-LATAM"];

function country(
  code: string,
  name: string,
  regions: readonly string[],
  suffix: string,
  weight: number,
  streets: readonly string[],
  cities: readonly City[],
): Country {
  return { code, name, regions, suffix, weight, streets, cities };
}

function city(
  locality: string,
  region: string,
  regionCode: string,
  postalCode: string,
  latitude: number,
  longitude: number,
): City {
  return { locality, region, regionCode, postalCode, latitude, longitude };
}

/** Sixteen countries, at least one of every world region. */
export const COUNTRIES: readonly Country[] = [
  country(
    "FR",
    "France",
    EUROPE,
    "fr",
    4,
    ["Rue de Rivoli", "Rue Lafayette", "Rue de la République"],
    [
      city("Paris", "Ile-de-France", "IDF", "75001", 48.8566, 2.3522),
      city("Lyon", "Auvergne-Rhône-Alpes", "ARA", "69002", 45.764, 4.8357),
      city("Lille", "Hauts-de-France", "HDF", "59000", 50.6292, 3.0573),
    ],
  ),
  country(
    "DE",
    "Germany",
    EUROPE,
    "de",
    3,
    ["Hauptstraße", "Bahnhofstraße", "Goethestraße"],
    [city("Berlin", "Berlin", "BE", "10115", 52.52, 13.405), city("München", "Bayern", "BY", "80331", 48.1351, 11.582)],
  ),
  country(
    "GB",
    "United Kingdom",
    EUROPE,
    "co.uk",
    4,
    ["High Street", "Station Road", "Church Lane"],
    [
      city("London", "England", "ENG", "EC1A 1BB", 51.5072, -0.1276),
      city("Edinburgh", "Scotland", "SCT", "EH1 1YZ", 55.9533, -3.1883),
    ],
  ),
  country(
    "ES",
    "Spain",
    EUROPE,
    "es",
    2,
    ["Calle Mayor", "Avenida de América"],
    [
      city("Madrid", "Comunidad de Madrid", "MD", "28013", 40.4168, -3.7038),
      city("Barcelona", "Cataluña", "CT", "08002", 41.3874, 2.1686),
    ],
  ),
  country(
    "NL",
    "Netherlands",
    EUROPE,
    "nl",
    2,
    ["Keizersgracht", "Stationsweg"],
    [city("Amsterdam", "Noord-Holland", "NH", "1012 JS", 52.3676, 4.9041)],
  ),
  country(
    "SE",
    "Sweden",
    EUROPE,
    "se",
    1,
    ["Drottninggatan", "Storgatan"],
    [city("Stockholm", "Stockholms län", "AB", "111 51", 59.3293, 18.0686)],
  ),
  country(
    "AE",
    "United Arab Emirates",
    MIDDLE_EAST,
    "ae",
    1,
    ["Sheikh Zayed Road", "Al Wasl Road"],
    [city("Dubai", "Dubai", "DU", "00000", 25.2048, 55.2708)],
  ),
  country(
    "ZA",
    "South Africa",
    AFRICA,
    "co.za",
    1,
    ["Long Street", "Main Road"],
    [city("Cape Town", "Western Cape", "WC", "8001", -33.9249, 18.4241)],
  ),
  country(
    "IN",
    "India",
    ASIA,
    "co.in",
    2,
    ["MG Road", "Residency Road"],
    [
      city("Bengaluru", "Karnataka", "KA", "560001", 12.9716, 77.5946),
      city("Mumbai", "Maharashtra", "MH", "400001", 19.076, 72.8777),
    ],
  ),
  country(
    "SG",
    "Singapore",
    ASIA,
    "com.sg",
    1,
    ["Orchard Road", "Robinson Road"],
    [city("Singapore", "Central Singapore", "01", "068895", 1.3521, 103.8198)],
  ),
  country(
    "JP",
    "Japan",
    ASIA,
    "co.jp",
    1,
    ["Chuo-dori", "Meiji-dori"],
    [city("Tokyo", "Tokyo", "13", "100-0001", 35.6762, 139.6503)],
  ),
  country(
    "AU",
    "Australia",
    OCEANIA,
    "com.au",
    1,
    ["George Street", "Collins Street"],
    [
      city("Sydney", "New South Wales", "NSW", "2000", -33.8688, 151.2093),
      city("Melbourne", "Victoria", "VIC", "3000", -37.8136, 144.9631),
    ],
  ),
  country(
    "US",
    "United States",
    NORTH_AMERICA,
    "com",
    7,
    ["Market Street", "Main Street", "5th Avenue"],
    [
      city("New York", "New York", "NY", "10001", 40.7128, -74.006),
      city("San Francisco", "California", "CA", "94105", 37.7749, -122.4194),
      city("Austin", "Texas", "TX", "78701", 30.2672, -97.7431),
      city("Chicago", "Illinois", "IL", "60601", 41.8781, -87.6298),
    ],
  ),
  country(
    "CA",
    "Canada",
    NORTH_AMERICA,
    "ca",
    2,
    ["King Street", "Rue Saint-Jacques"],
    [
      city("Toronto", "Ontario", "ON", "M5H 2N2", 43.6532, -79.3832),
      city("Montréal", "Québec", "QC", "H2Y 1C6", 45.5019, -73.5674),
    ],
  ),
  country(
    "BR",
    "Brazil",
    LATIN_AMERICA,
    "com.br",
    2,
    ["Avenida Paulista", "Rua Augusta"],
    [city("São Paulo", "São Paulo", "SP", "01310-100", -23.5558, -46.6396)],
  ),
  country(
    "MX",
    "Mexico",
    LATIN_AMERICA,
    "com.mx",
    1,
    ["Paseo de la Reforma", "Avenida Insurgentes"],
    [city("Ciudad de México", "Ciudad de México", "CMX", "06600", 19.4326, -99.1332)],
  ),
];

/** Each country as often as its weight, for weighted random picks. */
export const WEIGHTED_COUNTRIES: readonly Country[] = COUNTRIES.flatMap((one) =>
  Array.from({ length: one.weight }, () => one),
);

/** @throws {Error} where the catalogue has no such country. */
export function countryOf(code: string): Country {
  const found = COUNTRIES.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no country ${code} in the catalogue`);
  return found;
}
