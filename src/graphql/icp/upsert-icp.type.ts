import { Field, InputType, ObjectType } from "type-graphql";
import { MAX_EXTERNAL_USER_ID } from "../../domain/profile-check";
import { MAX_EXAMPLES } from "../../feeds/profiles/profile-input";
import { CompanyReferenceInput } from "../company/company-reference.input";
import { FieldCost } from "../field-cost";
import { PersonReferenceInput } from "../person/person-reference.input";
import { ProviderIssueType } from "../provider/provider-issue.type";
import { JsonObject, SafeInt } from "../scalars";
import { IcpType } from "./icp.type";

@InputType("SafeIntRangeInput", { description: "A range, both ends inclusive; an end that is left out is open." })
export class SafeIntRangeInput {
  @Field(() => SafeInt, { nullable: true, description: "Minimum, inclusive; 0 or more." })
  readonly from?: number | null;

  @Field(() => SafeInt, { nullable: true, description: "Maximum, inclusive; not less than `from`." })
  readonly to?: number | null;
}

@InputType("ICPCompanyCriteriaInput", { description: "Which companies; what is left out does not restrict." })
export class IcpCompanyCriteriaInput {
  @Field(() => SafeIntRangeInput, { nullable: true, description: "Persons employed." })
  readonly employeeCount?: SafeIntRangeInput | null;

  @Field(() => [String], { nullable: true, description: "Industries, in the provider's own terms." })
  readonly industries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "ISO 3166 alpha-2 codes or world regions such as W-EMEA, in any case.",
  })
  readonly primaryLocations?: string[] | null;

  @Field(() => SafeIntRangeInput, { nullable: true, description: "US dollars a year." })
  readonly revenue?: SafeIntRangeInput | null;
}

@InputType("ICPPeopleCriteriaInput", { description: "Which people there; what is left out does not restrict." })
export class IcpPeopleCriteriaInput {
  @Field(() => [String], {
    nullable: true,
    description: "ISO 3166 alpha-2 codes or world regions such as W-EMEA, in any case.",
  })
  readonly countries?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Departments, in the provider's own terms." })
  readonly departments?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Job titles." })
  readonly jobTitles?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Seniorities, e.g. C-Level, Director." })
  readonly seniorities?: string[] | null;
}

@InputType("UpsertICPInput", { description: "The whole profile: criteria that are left out are removed." })
export class UpsertIcpInput {
  @Field(() => String, { nullable: true, description: "Returned unchanged in the payload." })
  readonly clientMutationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Whose profile, by your own name for them; at most ${MAX_EXTERNAL_USER_ID} characters. Left out: the authenticated user's own.`,
  })
  readonly externalUserId?: string | null;

  @Field(() => IcpCompanyCriteriaInput, { nullable: true, description: "Which companies." })
  readonly companies?: IcpCompanyCriteriaInput | null;

  @Field(() => IcpPeopleCriteriaInput, { nullable: true, description: "Which people there." })
  readonly people?: IcpPeopleCriteriaInput | null;

  @Field(() => [CompanyReferenceInput], {
    nullable: true,
    description: `Companies to find lookalikes of; at most ${MAX_EXAMPLES}.`,
  })
  readonly exampleCompanies?: CompanyReferenceInput[] | null;

  @Field(() => [PersonReferenceInput], {
    nullable: true,
    description: `People to find lookalikes of; at most ${MAX_EXAMPLES}.`,
  })
  readonly examplePeople?: PersonReferenceInput[] | null;

  @Field(() => [CompanyReferenceInput], {
    nullable: true,
    description:
      "Companies that Lusha leaves out of the lookalikes, as far as it knows them; at most 100. Other providers may recommend them.",
  })
  readonly excludeCompanies?: CompanyReferenceInput[] | null;

  @Field(() => [PersonReferenceInput], { nullable: true, description: "Likewise, people." })
  readonly excludePeople?: PersonReferenceInput[] | null;

  @Field(() => JsonObject, {
    nullable: true,
    description:
      'Filters that Surfe takes and that have no field here, in Surfe\'s own words, such as `{ companies: { technologies: ["React"] }, people: { jobChangePeriodInDays: 90 } }`. They are passed on as given, and no other provider knows them. At most 16 KiB of JSON, in at most 8 levels.',
  })
  readonly surfe?: Readonly<Record<string, unknown>> | null;
}

@ObjectType("UserError", { simpleResolvers: true, description: "A value that was refused." })
export class UserErrorType {
  @FieldCost({ rows: 5 })
  @Field(() => [String], {
    nullable: true,
    description: "Path of the value within `input`; null where it concerns all of it.",
  })
  readonly field!: readonly string[] | null;

  @Field(() => String, {
    description: "BAD_USER_INPUT from our own checks, PROVIDER_REJECTED_REQUEST from the provider's.",
  })
  readonly code!: string;

  @Field(() => String, { description: "What is wrong, and what is accepted." })
  readonly message!: string;
}

@ObjectType("UpsertICPPayload", { simpleResolvers: true, description: "The saved profile, or why it was not saved." })
export class UpsertIcpPayloadType {
  @Field(() => String, { nullable: true, description: "The value that was sent in `input`." })
  readonly clientMutationId!: string | null;

  @Field(() => IcpType, { nullable: true, description: "The profile as saved; null where it was refused." })
  readonly icp!: unknown;

  @FieldCost({ rows: 10 })
  @Field(() => [UserErrorType], { description: "Every value that was refused; empty where the profile was saved." })
  readonly userErrors!: readonly UserErrorType[];

  @FieldCost({ rows: 1 })
  @Field(() => [ProviderIssueType], {
    description:
      "Why the provider that stores profiles does not have this version yet: it is saved here, and is sent before the next fetch.",
  })
  readonly issues!: readonly ProviderIssueType[];
}
