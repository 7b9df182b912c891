import type { ReactElement } from "react";
import type { Field, FieldErrors } from "./field-errors";
import type { ProfileValues } from "./profile-values";
import { RangeField } from "./range-field";
import { useSuggestions } from "./suggestions";
import { TokenField } from "./token-field";

export interface FieldsProps {
  readonly values: ProfileValues;
  readonly errors: FieldErrors;
  readonly change: (changed: Partial<ProfileValues>) => void;
}

/** The values that are lists, so that one component draws them all. */
type ListName = {
  [K in keyof ProfileValues]: ProfileValues[K] extends readonly string[] ? K : never;
}[keyof ProfileValues];

interface ListProps extends FieldsProps {
  readonly name: ListName;
  readonly field: Field;
  readonly label: string;
  readonly hint?: string;
  readonly suggestions?: readonly string[];
}

function ListField({ name, field, values, errors, change, ...shown }: ListProps): ReactElement {
  return (
    <TokenField
      {...shown}
      id={field}
      values={values[name]}
      errors={errors.at(field)}
      change={(list) => change({ [name]: list })}
    />
  );
}

export function CompanyFields(props: FieldsProps): ReactElement {
  const { values, errors, change } = props;
  const { industries, regions } = useSuggestions();
  return (
    <fieldset>
      <legend>Companies</legend>
      <ListField
        {...props}
        name="industries"
        field="companies.industries"
        label="Industries"
        suggestions={industries}
      />
      <ListField
        {...props}
        name="primaryLocations"
        field="companies.primaryLocations"
        label="Locations"
        hint="Codes such as FR or W-EMEA"
        suggestions={regions}
      />
      <RangeField
        id="companies.employeeCount"
        label="Employees"
        errors={errors.at("companies.employeeCount")}
        from={values.employeesFrom}
        to={values.employeesTo}
        change={(end, value) => change(end === "from" ? { employeesFrom: value } : { employeesTo: value })}
      />
      <RangeField
        id="companies.revenue"
        label="Revenue, US dollars a year"
        errors={errors.at("companies.revenue")}
        from={values.revenueFrom}
        to={values.revenueTo}
        change={(end, value) => change(end === "from" ? { revenueFrom: value } : { revenueTo: value })}
      />
    </fieldset>
  );
}

export function PeopleFields(props: FieldsProps): ReactElement {
  const { departments, seniorities, regions } = useSuggestions();
  return (
    <fieldset>
      <legend>People there</legend>
      <ListField
        {...props}
        name="departments"
        field="people.departments"
        label="Departments"
        suggestions={departments}
      />
      <ListField
        {...props}
        name="seniorities"
        field="people.seniorities"
        label="Seniorities"
        suggestions={seniorities}
      />
      <ListField {...props} name="jobTitles" field="people.jobTitles" label="Job titles" />
      <ListField {...props} name="countries" field="people.countries" label="Countries" suggestions={regions} />
    </fieldset>
  );
}

export function ExampleFields(props: FieldsProps): ReactElement {
  return (
    <fieldset>
      <legend>Lookalikes</legend>
      <ListField
        {...props}
        name="exampleCompanies"
        field="exampleCompanies"
        label="Companies like"
        hint="Domains such as acme.com, or Lusha ids"
      />
      <ListField
        {...props}
        name="examplePeople"
        field="examplePeople"
        label="People like"
        hint="LinkedIn addresses, or Lusha ids: person/company"
      />
      <ListField {...props} name="excludeCompanies" field="excludeCompanies" label="But not these companies" />
      <ListField {...props} name="excludePeople" field="excludePeople" label="But not these people" />
    </fieldset>
  );
}
