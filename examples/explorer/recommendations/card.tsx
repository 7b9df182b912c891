import { useId, type ReactElement, type ReactNode } from "react";
import { initialsOf } from "../ui/format";

/** What every card shows of its recommendation, whatever the subject. */
export interface RecommendationParts {
  readonly score: ReactNode;
  readonly reasons: ReactNode;
  readonly providers: ReactNode;
}

interface CardProps extends RecommendationParts {
  readonly kind: "company" | "person";
  readonly name: string;
  /** Short facts in one line; those that are null are left out. */
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[];
  readonly description: string | null;
  readonly tags: readonly string[];
  /** What can be opened. */
  readonly disclosures: ReactNode;
}

/** The frame that companies and people share. */
export function Card(props: CardProps): ReactElement {
  const { kind, name, facts, description, tags } = props;
  const id = useId();
  return (
    <article className="card" aria-labelledby={id} tabIndex={-1}>
      <header className="card-head">
        <span className="monogram" data-kind={kind} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <div className="card-title">
          <h3 id={id}>{name}</h3>
          <ul className="facts">
            {facts.map((fact) => (
              <li key={fact.name}>{fact.value}</li>
            ))}
          </ul>
        </div>
        {props.score}
      </header>
      <div className="card-body">
        <div className="card-about">
          {description === null ? null : <p>{description}</p>}
          {tags.length === 0 ? null : (
            <ul className="tags" aria-label={kind === "company" ? "Industries" : "Seniority and department"}>
              {tags.map((tag) => (
                <li key={tag}>{tag}</li>
              ))}
            </ul>
          )}
        </div>
        {props.reasons}
      </div>
      <footer className="card-foot">
        {props.disclosures}
        {props.providers}
      </footer>
    </article>
  );
}
