import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import { byProvider, PROVIDER_NAMES, PROVIDER_OFFERS, type Provider } from "../../domain/provider";

/** The enum values, in the form that TypeGraphQL needs: each name is its own value. */
export const ProviderEnum: Readonly<Record<string, Provider>> = byProvider((provider) => provider);

registerEnumType(ProviderEnum, {
  name: "Provider",
  description: "The prospecting APIs behind the graph.",
  valuesConfig: byProvider((provider) => ({
    description: `${PROVIDER_NAMES[provider]}: ${PROVIDER_OFFERS[provider]}.`,
  })),
});

/** The enum values, in the form that TypeGraphQL needs. */
export const CircuitStateEnum = { CLOSED: "CLOSED", OPEN: "OPEN", HALF_OPEN: "HALF_OPEN" } as const;

registerEnumType(CircuitStateEnum, {
  name: "CircuitState",
  description: "Whether calls to a provider are let through.",
  valuesConfig: {
    CLOSED: { description: "Calls are made." },
    OPEN: { description: "The provider failed repeatedly; calls are refused for a while." },
    HALF_OPEN: { description: "One call tests whether the provider works again." },
  },
});

@ObjectType("ProviderStatus", {
  simpleResolvers: true,
  description: "The state of a provider, and the credits it has charged.",
})
export class ProviderStatusType {
  @Field(() => ProviderEnum, { description: "Which provider." })
  readonly provider!: Provider;

  @Field(() => Boolean, { description: "Whether it has an API key, so that it can be called." })
  readonly configured!: boolean;

  @Field(() => Boolean, { description: "True where the built-in simulator answers for it." })
  readonly sandbox!: boolean;

  @Field(() => CircuitStateEnum, { description: "Whether calls are let through at the moment." })
  readonly circuit!: string;

  @Field(() => String, { description: 'What one credit is, e.g. "unique company".' })
  readonly creditUnit!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Budget in credits for a calendar month (UTC); null where none is set.",
  })
  readonly creditBudget!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Error code of the last call; null where it succeeded, or none was made.",
  })
  readonly lastErrorCode!: string | null;
}
