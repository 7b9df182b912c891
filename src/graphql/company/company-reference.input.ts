import { Field, ID, InputType } from "type-graphql";
import type { CompanyReference } from "../../feeds/entities/entity-references";

@InputType("CompanyReferenceInput", { description: "Names a company in exactly one way." })
export class CompanyReferenceInput {
  @Field(() => ID, { nullable: true, description: "Its global id." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Its domain, however it is written." })
  readonly domain?: string | null;

  @Field(() => String, { nullable: true, description: "Its LinkedIn address, however it is written." })
  readonly linkedinUrl?: string | null;

  @Field(() => String, { nullable: true, description: "Lusha's id for it." })
  readonly lushaCompanyId?: string | null;
}

/** Converts the input to a reference that is independent of the provider. */
export function toCompanyReference({ lushaCompanyId, ...others }: CompanyReferenceInput): CompanyReference {
  return { ...others, own: { provider: "LUSHA", field: "lushaCompanyId", ids: lushaCompanyId ?? null } };
}
