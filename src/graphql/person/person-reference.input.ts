import { Field, ID, InputType } from "type-graphql";
import type { PersonReference } from "../../feeds/entities/entity-references";

@InputType("LushaPersonInput", { description: "Lusha's ids for a person and their company; it needs both." })
export class LushaPersonInput {
  @Field(() => String, { description: "Lusha's id for the person." })
  readonly personId!: string;

  @Field(() => String, { description: "Lusha's id for their company." })
  readonly companyId!: string;
}

@InputType("PersonReferenceInput", { description: "Names a person in exactly one way." })
export class PersonReferenceInput {
  @Field(() => ID, { nullable: true, description: "Their global id." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Their LinkedIn address, however it is written." })
  readonly linkedinUrl?: string | null;

  @Field(() => LushaPersonInput, { nullable: true, description: "Lusha's ids." })
  readonly lusha?: LushaPersonInput | null;
}

/** Converts the input to a reference that is independent of the provider. */
export function toPersonReference({ lusha, ...others }: PersonReferenceInput): PersonReference {
  return { ...others, own: { provider: "LUSHA", field: "lusha", ids: lusha ?? null } };
}
