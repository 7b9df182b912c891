import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import {
  astFromValue,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  print,
  validateSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
} from "graphql";
import { printGraph } from "../../src/graphql/federation/print-graph";
import { buildGraph } from "../../src/graphql/schema";

/** The contract: written by hand, never from the code. */
const CONTRACT = `
  interface Node
  Node.id: ID!
  PageInfo.hasNextPage: Boolean!
  PageInfo.hasPreviousPage: Boolean!
  PageInfo.startCursor: String
  PageInfo.endCursor: String
  enum Provider = SURFE | LUSHA | LINKUP | LETRICS
  scalar DateTime
  scalar SafeInt
  scalar JSONObject

  type Company implements Node
  Company.id: ID!
  Company.name: String
  Company.domain: String
  Company.linkedinUrl: String
  Company.description: String
  Company.logoUrl: String
  Company.industries: [String!]!
  Company.keywords: [String!]!
  Company.technologies: [String!]!
  Company.functions: [String!]!
  Company.employeeCount: Int
  Company.employeeRange: String
  Company.yearFounded: Int
  Company.headquarters: Location
  Company.locations: [Location!]!
  Company.people(first: Int, after: String, last: Int, before: String): PersonConnection
  Company.recommendations(first: Int, after: String, last: Int, before: String): RecommendationConnection
  Company.sources: [SourceRecord!]!

  Location.country: String
  Location.region: String
  Location.regionCode: String
  Location.locality: String
  Location.postalCode: String
  Location.streetAddress: String
  Location.latitude: Float
  Location.longitude: Float
  Location.primary: Boolean!

  type Person implements Node
  Person.id: ID!
  Person.fullName: String
  Person.firstName: String
  Person.lastName: String
  Person.headline: String
  Person.jobTitle: String
  Person.jobDescription: String
  Person.summary: String
  Person.departments: [String!]!
  Person.seniorities: [String!]!
  Person.isDecisionMaker: Boolean
  Person.emails: [String!]!
  Person.country: String
  Person.location: String
  Person.linkedinUrl: String
  Person.company: Company
  Person.recommendations(first: Int, after: String, last: Int, before: String): RecommendationConnection
  Person.sources: [SourceRecord!]!

  SourceRecord.provider: Provider!
  SourceRecord.providerId: String
  SourceRecord.fetchedAt: DateTime!
  SourceRecord.fields: [String!]!

  union RecommendationSubject = Company | Person
  type Recommendation implements Node
  Recommendation.id: ID!
  Recommendation.subject: RecommendationSubject!
  Recommendation.company: Company
  Recommendation.person: Person
  Recommendation.provider: Provider!
  Recommendation.providers: [Provider!]!
  Recommendation.people(first: Int, after: String, last: Int, before: String): PersonConnection!
  Recommendation.reasons: [RecommendationReason!]!
  Recommendation.score: Int
  Recommendation.generatedAt: DateTime
  Recommendation.recordedAt: DateTime!
  RecommendationReason.provider: Provider!
  RecommendationReason.type: String!
  RecommendationReason.title: String
  RecommendationReason.shortDescription: String
  RecommendationReason.description: String
  RecommendationReason.score: Int

  type ICP implements Node
  ICP.id: ID!
  ICP.externalUserId: String
  ICP.companies: ICPCompanyCriteria!
  ICP.people: ICPPeopleCriteria!
  ICP.exampleCompanies: [Company!]!
  ICP.examplePeople: [Person!]!
  ICP.createdAt: DateTime!
  ICP.updatedAt: DateTime!
  ICP.recommendations(providers: [Provider!], first: Int, after: String, last: Int, before: String): RecommendationConnection
  ICPCompanyCriteria.employeeCount: SafeIntRange
  ICPCompanyCriteria.industries: [String!]!
  ICPCompanyCriteria.primaryLocations: [String!]!
  ICPCompanyCriteria.revenue: SafeIntRange
  ICPPeopleCriteria.countries: [String!]!
  ICPPeopleCriteria.departments: [String!]!
  ICPPeopleCriteria.jobTitles: [String!]!
  ICPPeopleCriteria.seniorities: [String!]!
  SafeIntRange.from: SafeInt
  SafeIntRange.to: SafeInt

  PersonConnection.edges: [PersonEdge!]!
  PersonConnection.nodes: [Person!]!
  PersonConnection.pageInfo: PageInfo!
  PersonConnection.totalCount: Int
  PersonConnection.issues: [ProviderIssue!]!
  PersonEdge.cursor: String!
  PersonEdge.node: Person!
  ICPConnection.edges: [ICPEdge!]!
  ICPConnection.nodes: [ICP!]!
  ICPConnection.pageInfo: PageInfo!
  ICPConnection.totalCount: Int
  ICPEdge.cursor: String!
  ICPEdge.node: ICP!
  RecommendationConnection.edges: [RecommendationEdge!]!
  RecommendationConnection.nodes: [Recommendation!]!
  RecommendationConnection.pageInfo: PageInfo!
  RecommendationConnection.totalCount: Int
  RecommendationConnection.issues: [ProviderIssue!]!
  RecommendationEdge.cursor: String!
  RecommendationEdge.node: Recommendation!
  ProviderIssue.provider: Provider!
  ProviderIssue.code: String!
  ProviderIssue.message: String!
  ProviderIssue.retryAfter: DateTime

  Query.node(id: ID!): Node
  Query.nodes(ids: [ID!]!): [Node]!
  Query.company(domain: String, linkedinUrl: String): Company
  Query.person(linkedinUrl: String): Person
  Query.icp(externalUserId: String): ICP
  Query.icps(first: Int, after: String, last: Int, before: String): ICPConnection!
  Query.recommendations(externalUserId: String, providers: [Provider!], first: Int, after: String, last: Int, before: String): RecommendationConnection
  Query.providers: [ProviderStatus!]!
  Company.similarCompanies(exclude: [CompanyReferenceInput!], first: Int, after: String, last: Int, before: String): RecommendationConnection
  Person.similarPeople(exclude: [PersonReferenceInput!], first: Int, after: String, last: Int, before: String): RecommendationConnection
  Mutation.deleteICP(externalUserId: String): Boolean!
  UpsertICPPayload.issues: [ProviderIssue!]!
  ICP.providerId: String
  ICP.surfe: JSONObject
  ICP.excludeCompanies: [Company!]!
  ICP.excludePeople: [Person!]!
  Recommendation.providerId: String
  Query.profileOptions: ProfileOptions
  ProfileOptions.industries: [String!]!
  ProfileOptions.departments: [String!]!
  ProfileOptions.seniorities: [String!]!
  ProfileOptions.regions: [String!]!
  Query.similarCompanies(companies: [CompanyReferenceInput!]!, exclude: [CompanyReferenceInput!], first: Int, after: String, last: Int, before: String): RecommendationConnection
  Query.similarPeople(people: [PersonReferenceInput!]!, exclude: [PersonReferenceInput!], first: Int, after: String, last: Int, before: String): RecommendationConnection
  enum ProxyCountry = US | UK | FR
  Query.networkRecommendations(country: ProxyCountry = FR, first: Int, after: String, last: Int, before: String): RecommendationConnection
  Query.companies(filter: CompanyFilter, first: Int, after: String, last: Int, before: String): CompanyConnection
  Query.people(filter: PersonFilter, first: Int, after: String, last: Int, before: String): PersonConnection
  CompanyConnection.edges: [CompanyEdge!]!
  CompanyConnection.nodes: [Company!]!
  CompanyConnection.pageInfo: PageInfo!
  CompanyConnection.totalCount: Int
  CompanyConnection.issues: [ProviderIssue!]!
  CompanyEdge.cursor: String!
  CompanyEdge.node: Company!
  CompanyFilter.addedAfter: DateTime
  CompanyFilter.addedBefore: DateTime
  CompanyFilter.locations: [String!]
  CompanyFilter.functions: [String!]
  CompanyFilter.industries: [String!]
  CompanyFilter.tlds: [String!]
  CompanyFilter.technologies: [String!]
  PersonFilter.jobTitles: [String!]
  PersonFilter.departments: [String!]
  PersonFilter.seniorities: [String!]
  PersonFilter.hasPersonalEmails: Boolean
  PersonFilter.hasLinkedinProfile: Boolean
  PersonFilter.isDecisionMaker: Boolean
  PersonFilter.company: CompanyFilter

  ProviderStatus.provider: Provider!
  ProviderStatus.configured: Boolean!
  ProviderStatus.sandbox: Boolean!
  ProviderStatus.circuit: CircuitState!
  ProviderStatus.creditsSpent(since: DateTime): Float!
  ProviderStatus.creditUnit: String!
  ProviderStatus.creditBudget: Float
  ProviderStatus.lastErrorCode: String
  enum CircuitState = CLOSED | OPEN | HALF_OPEN

  Mutation.upsertICP(input: UpsertICPInput!): UpsertICPPayload
  UpsertICPInput.clientMutationId: String
  UpsertICPInput.externalUserId: String
  UpsertICPInput.companies: ICPCompanyCriteriaInput
  UpsertICPInput.people: ICPPeopleCriteriaInput
  UpsertICPInput.exampleCompanies: [CompanyReferenceInput!]
  UpsertICPInput.examplePeople: [PersonReferenceInput!]
  UpsertICPInput.surfe: JSONObject
  UpsertICPInput.excludeCompanies: [CompanyReferenceInput!]
  UpsertICPInput.excludePeople: [PersonReferenceInput!]
  ICPCompanyCriteriaInput.employeeCount: SafeIntRangeInput
  ICPCompanyCriteriaInput.industries: [String!]
  ICPCompanyCriteriaInput.primaryLocations: [String!]
  ICPCompanyCriteriaInput.revenue: SafeIntRangeInput
  ICPPeopleCriteriaInput.countries: [String!]
  ICPPeopleCriteriaInput.departments: [String!]
  ICPPeopleCriteriaInput.jobTitles: [String!]
  ICPPeopleCriteriaInput.seniorities: [String!]
  SafeIntRangeInput.from: SafeInt
  SafeIntRangeInput.to: SafeInt
  CompanyReferenceInput.id: ID
  CompanyReferenceInput.domain: String
  CompanyReferenceInput.linkedinUrl: String
  CompanyReferenceInput.lushaCompanyId: String
  PersonReferenceInput.id: ID
  PersonReferenceInput.linkedinUrl: String
  PersonReferenceInput.lusha: LushaPersonInput
  LushaPersonInput.personId: String!
  LushaPersonInput.companyId: String!
  UpsertICPPayload.clientMutationId: String
  UpsertICPPayload.icp: ICP
  UpsertICPPayload.userErrors: [UserError!]!
  UserError.field: [String!]
  UserError.code: String!
  UserError.message: String!
`;

const schema = buildGraph();
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));

/** The order in which arguments and members are written is of no account. */
function sorted(signature: string): string {
  const [, name = "", args, type = ""] = /^([^(]+)(?:\((.*)\))?(: .+)$/.exec(signature) ?? [];
  if (name === "")
    return signature.replace(/ = (.*)$/, (_, members: string) => ` = ${members.split(" | ").sort().join(" | ")}`);
  return args === undefined ? signature : `${name}(${args.split(", ").sort().join(", ")})${type}`;
}

function valueSignature({ name, type, defaultValue }: GraphQLArgument | GraphQLInputField): string {
  const node = astFromValue(defaultValue, type);
  return `${name}: ${String(type)}${node ? ` = ${print(node)}` : ""}`;
}

function signaturesOf(type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type))
    return [
      `enum ${type.name} = ${type
        .getValues()
        .map(({ name }) => name)
        .join(" | ")}`,
    ];
  if (isUnionType(type))
    return [
      `union ${type.name} = ${type
        .getTypes()
        .map(({ name }) => name)
        .join(" | ")}`,
    ];
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => `${type.name}.${valueSignature(field)}`);
  if (!isObjectType(type) && !isInterfaceType(type)) return [`scalar ${type.name}`];
  const interfaces = type.getInterfaces().map(({ name }) => name);
  const fields = Object.values(type.getFields()).map(({ name, args, type: of }) => {
    const list = args.map(valueSignature).join(", ");
    return `${type.name}.${name}${list === "" ? "" : `(${list})`}: ${String(of)}`;
  });
  const head = isInterfaceType(type) ? "interface" : "type";
  return [`${head} ${[type.name, ...interfaces].join(" implements ")}`, ...fields];
}

describe("the graph", () => {
  it("is what schema.graphql says", () => {
    expect(printGraph(schema)).toBe(readFileSync(join(__dirname, "../../schema.graphql"), "utf8"));
  });

  it("stands alone, as a schema that needs no other", () => {
    expect(validateSchema(buildSchema(readFileSync(join(__dirname, "../../schema.graphql"), "utf8")))).toEqual([]);
  });

  it("has everything of the contract, with exact arguments, types and nullability", () => {
    const wanted = CONTRACT.split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map(sorted);
    const present = new Set(types.flatMap(signaturesOf).map(sorted));
    expect(wanted.filter((signature) => !present.has(signature))).toEqual([]);
    expect(wanted).toHaveLength(217);
  });

  it("describes every type, field, argument, enum value and input field", () => {
    const parts = types.flatMap((type): readonly { name: string; description?: string | null | undefined }[] => {
      if (isEnumType(type)) return [type, ...type.getValues()];
      if (isInputObjectType(type)) return [type, ...Object.values(type.getFields())];
      if (!isObjectType(type) && !isInterfaceType(type)) return [type];
      return [type, ...Object.values(type.getFields()).flatMap((field) => [field, ...field.args])];
    });
    const bare = parts.filter(({ description }) => !description?.trim()).map(({ name }) => name);
    expect(bare).toEqual([]);
  });
});
