import { INDUSTRIES } from "../catalogue/industries";
import { DEPARTMENTS, SENIORITIES } from "../catalogue/jobs";

function lowered(values: readonly string[]): ReadonlySet<string> {
  return new Set(values.map((value) => value.toLowerCase()));
}

const REGIONS = "W-EMEA W-EU W-ME W-AF W-APAC W-OC W-AMER W-NA W-LATAM".split(" ");

/** ISO 3166-1 alpha-2: all countries, also those without a company in the catalogue. */
const COUNTRY_CODES = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
  CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
  GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
  KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
  NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
  SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
  VN VU WF WS YE YT ZA ZM ZW
`
  .trim()
  .split(/\s+/);

/**
 * The values that filters accept, in lower case.
 *
 * @see Surfe API v2, `POST /v2/recommendations/icp` (locations, seniorities) and Get Filters. The industries and departments
 *   are those of the catalogue: Surfe's lists are not in its public documentation.
 */
export const ACCEPTED = {
  industries: lowered(INDUSTRIES.map(({ name }) => name)),
  departments: lowered(DEPARTMENTS.map(({ name }) => name)),
  seniorities: lowered(SENIORITIES.map(({ name }) => name)),
  locations: lowered([...COUNTRY_CODES, ...REGIONS]),
};

/** The answer of Get Filters. Unknown: the names of its keys, and whether values are texts or objects. */
export const FILTER_VALUES = {
  industries: INDUSTRIES.map(({ name }) => name),
  departments: DEPARTMENTS.map(({ name }) => name),
  seniorities: SENIORITIES.map(({ name }) => ({ value: name })),
};
