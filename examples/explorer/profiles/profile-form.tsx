import { useEffect, useRef, useState, type ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { IssueBanner } from "../recommendations/issue-banner";
import { CompanyFields, ExampleFields, PeopleFields, type FieldsProps } from "./criteria-fields";
import { fieldErrors, type UserError } from "./field-errors";
import { FieldFrame } from "./field";
import { inputOf, NO_VALUES, valuesOf } from "./profile-values";
import { useSaveProfile } from "./use-save-profile";

const FormProfileDocument = graphql(`
  fragment FormProfile on ICP {
    id
    externalUserId
    companies {
      industries
      primaryLocations
      employeeCount {
        from
        to
      }
      revenue {
        from
        to
      }
    }
    people {
      countries
      departments
      jobTitles
      seniorities
    }
    exampleCompanies {
      id
      domain
      linkedinUrl
    }
    examplePeople {
      id
      linkedinUrl
    }
    excludeCompanies {
      id
      domain
      linkedinUrl
    }
    excludePeople {
      id
      linkedinUrl
    }
    surfe
  }
`);

interface ProfileFormProps {
  /** The profile to replace; `null` makes a new one. */
  readonly profile: FragmentType<typeof FormProfileDocument> | null;
  readonly close: () => void;
}

/** Everything a profile says. What was refused is told at its field, all of it at once. */
export function ProfileForm({ profile, close }: ProfileFormProps): ReactElement {
  const saved = readFragment(FormProfileDocument, profile);
  const [values, setValues] = useState(() => (saved ? valuesOf(saved) : NO_VALUES));
  const { isSaving, errors: refused, failures, unsent, save } = useSaveProfile();
  const form = useFocusOnRefusal(refused);
  const errors = fieldErrors(refused);
  const fields = { values, errors, change: (changed: Partial<typeof values>) => setValues({ ...values, ...changed }) };
  const send = async (): Promise<void> => {
    if (!isSaving && (await save(inputOf(values)))) close();
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {failures.length > 0 ? <IssueBanner title="Not saved" issues={failures} /> : null}
      {unsent.length > 0 ? <IssueBanner title="Saved, but not sent yet" issues={unsent} /> : null}
      <FormErrors count={refused.length} others={errors.others} />
      {saved ? null : <UserField {...fields} />}
      <CompanyFields {...fields} />
      <PeopleFields {...fields} />
      <ExampleFields {...fields} />
      <div className="actions form-actions">
        <button type="button" className="button" onClick={close}>
          {unsent.length > 0 ? "Close" : "Cancel"}
        </button>
        <button type="submit" className="button primary" aria-disabled={isSaving}>
          {isSaving ? "Saving…" : "Save profile"}
        </button>
      </div>
    </form>
  );
}

/** Whose profile it will be. One that is saved keeps its user: another one would be another profile. */
function UserField({ values, errors, change }: FieldsProps): ReactElement {
  return (
    <FieldFrame id="externalUserId" label="User" hint="Your own name for them" errors={errors.at("externalUserId")}>
      {(attributes) => (
        <input
          {...attributes}
          type="text"
          required
          autoComplete="off"
          value={values.externalUserId}
          onChange={({ target }) => change({ externalUserId: target.value })}
        />
      )}
    </FieldFrame>
  );
}

interface FormErrorsProps {
  readonly count: number;
  readonly others: readonly string[];
}

function FormErrors({ count, others }: FormErrorsProps): ReactElement {
  return (
    <div role="alert">
      {count === 0 ? null : (
        <div className="form-errors">
          <p>
            {count === 1 ? "Not saved: one value was refused." : `Not saved: ${String(count)} values were refused.`}
          </p>
          {others.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </div>
      )}
    </div>
  );
}

/** A refusal takes whoever sent the form to the first field that is wrong. */
function useFocusOnRefusal(refused: readonly UserError[]): React.RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refused.length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refused]);
  return form;
}
