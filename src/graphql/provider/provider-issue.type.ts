import { Field, ObjectType } from "type-graphql";
import type { Provider } from "../../domain/provider";
import { DateTime } from "../scalars";
import { ProviderEnum } from "./provider.type";

@ObjectType("ProviderIssue", { simpleResolvers: true, description: "Why a provider could not contribute to a page." })
export class ProviderIssueType {
  @Field(() => ProviderEnum, { description: "Which provider." })
  readonly provider!: Provider;

  @Field(() => String, { description: "What happened: one of the codes of `errors[].extensions.code`." })
  readonly code!: string;

  @Field(() => String, { description: "What happened, in words for people." })
  readonly message!: string;

  @Field(() => DateTime, { nullable: true, description: "When a retry may succeed; null where it is unknown." })
  readonly retryAfter!: Date | null;
}
