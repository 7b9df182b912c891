import type { ReactElement } from "react";
import { PROVIDER_NAMES } from "../providers/provider-names";
import { formatCredits } from "../ui/format";
import { usePrice } from "./price-link";
import { PRICE_RULE, type Price } from "./prices";

interface CardPriceProps {
  /** The recommendation's id. */
  readonly of: string;
}

/** What a card has cost; nothing where that is not known. */
export function CardPrice({ of }: CardPriceProps): ReactElement | null {
  const price = usePrice(of);
  if (!price) return null;
  return (
    <p className="price" data-kind={price.kind} title={PRICE_RULE}>
      <span className="unseen">Price: </span>
      {wordsFor(price)}
    </p>
  );
}

function wordsFor(price: Price): string {
  switch (price.kind) {
    case "recorded":
      return "recorded, free";
    case "paid":
      return price.credits === 0 ? "new, free" : `${formatCredits(price.credits)} of ${PROVIDER_NAMES[price.provider]}`;
    default:
      return price satisfies never;
  }
}
