/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment FormProfile on ICP {\n    id\n    externalUserId\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    examplePeople {\n      id\n      linkedinUrl\n    }\n    excludeCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    excludePeople {\n      id\n      linkedinUrl\n    }\n    surfe\n  }\n": typeof types.FormProfileFragmentDoc,
    "\n  fragment ProfileSummary on ICP {\n    id\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      name\n      domain\n    }\n    examplePeople {\n      id\n      fullName\n      linkedinUrl\n    }\n  }\n": typeof types.ProfileSummaryFragmentDoc,
    "\n  query Profile($user: String) {\n    icp(externalUserId: $user) {\n      id\n      externalUserId\n      updatedAt\n      ...ProfileSummary\n      ...FormProfile\n    }\n  }\n": typeof types.ProfileDocument,
    "\n  query Profiles($after: String) {\n    icps(first: 50, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          externalUserId\n          ...ProfileSummary\n        }\n      }\n    }\n  }\n": typeof types.ProfilesDocument,
    "\n  query Suggestions {\n    profileOptions {\n      industries\n      departments\n      seniorities\n      regions\n    }\n  }\n": typeof types.SuggestionsDocument,
    "\n  mutation SaveProfile($input: UpsertICPInput!) {\n    upsertICP(input: $input) {\n      icp {\n        id\n        externalUserId\n        updatedAt\n        ...ProfileSummary\n        ...FormProfile\n      }\n      userErrors {\n        field\n        code\n        message\n      }\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n    }\n  }\n": typeof types.SaveProfileDocument,
    "\n  fragment ProviderRow on ProviderStatus {\n    provider\n    configured\n    sandbox\n    circuit\n    creditsSpent(since: $since)\n    creditUnit\n    creditBudget\n    lastErrorCode\n  }\n": typeof types.ProviderRowFragmentDoc,
    "\n  query Providers($since: DateTime!) {\n    providers {\n      provider\n      ...ProviderRow\n    }\n  }\n": typeof types.ProvidersDocument,
    "\n  fragment CompanyCard on Company {\n    id\n    name\n    domain\n    linkedinUrl\n    description\n    industries\n    employeeCount\n    employeeRange\n    yearFounded\n    headquarters {\n      locality\n      country\n    }\n    people(first: 3) {\n      totalCount\n      ...PeoplePage\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n": typeof types.CompanyCardFragmentDoc,
    "\n  fragment PeoplePage on PersonConnection {\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...PersonRow\n      }\n    }\n  }\n": typeof types.PeoplePageFragmentDoc,
    "\n  query MorePeople($company: ID!, $after: String) {\n    node(id: $company) {\n      id\n      ... on Company {\n        people(first: 10, after: $after) {\n          totalCount\n          ...PeoplePage\n        }\n      }\n    }\n  }\n": typeof types.MorePeopleDocument,
    "\n  fragment PersonCard on Person {\n    id\n    fullName\n    jobTitle\n    headline\n    departments\n    seniorities\n    country\n    location\n    linkedinUrl\n    company {\n      id\n      name\n      domain\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n": typeof types.PersonCardFragmentDoc,
    "\n  fragment PersonRow on Person {\n    id\n    fullName\n    jobTitle\n    seniorities\n    isDecisionMaker\n    linkedinUrl\n  }\n": typeof types.PersonRowFragmentDoc,
    "\n  fragment Reason on RecommendationReason {\n    provider\n    type\n    title\n    shortDescription\n    description\n    score\n  }\n": typeof types.ReasonFragmentDoc,
    "\n  fragment RecommendationCard on Recommendation {\n    id\n    score\n    provider\n    providers\n    recordedAt\n    reasons {\n      ...Reason\n    }\n    subject {\n      __typename\n      ... on Company {\n        id\n        ...CompanyCard\n      }\n      ... on Person {\n        id\n        ...PersonCard\n      }\n    }\n  }\n": typeof types.RecommendationCardFragmentDoc,
    "\n  query Recommendations($user: String, $providers: [Provider!], $first: Int!, $after: String) {\n    recommendations(externalUserId: $user, providers: $providers, first: $first, after: $after) {\n      totalCount\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          ...RecommendationCard\n        }\n      }\n    }\n  }\n": typeof types.RecommendationsDocument,
    "\n  fragment SourceRow on SourceRecord {\n    provider\n    providerId\n    fetchedAt\n    fields\n  }\n": typeof types.SourceRowFragmentDoc,
    "\n  query Spending($since: DateTime!) {\n    byDay: spending(since: $since, by: [PROVIDER, DAY]) {\n      provider\n      day\n      calls\n      credits\n      unsettled\n    }\n    bySpender: spending(since: $since, by: [PROVIDER, OPERATION, CLIENT, USER]) {\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n    providers {\n      provider\n      creditUnit\n    }\n  }\n": typeof types.SpendingDocument,
    "\n  query SpendingRows($since: DateTime!) {\n    spending(since: $since, by: [DAY, PROVIDER, OPERATION, CLIENT, USER]) {\n      day\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n  }\n": typeof types.SpendingRowsDocument,
};
const documents: Documents = {
    "\n  fragment FormProfile on ICP {\n    id\n    externalUserId\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    examplePeople {\n      id\n      linkedinUrl\n    }\n    excludeCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    excludePeople {\n      id\n      linkedinUrl\n    }\n    surfe\n  }\n": types.FormProfileFragmentDoc,
    "\n  fragment ProfileSummary on ICP {\n    id\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      name\n      domain\n    }\n    examplePeople {\n      id\n      fullName\n      linkedinUrl\n    }\n  }\n": types.ProfileSummaryFragmentDoc,
    "\n  query Profile($user: String) {\n    icp(externalUserId: $user) {\n      id\n      externalUserId\n      updatedAt\n      ...ProfileSummary\n      ...FormProfile\n    }\n  }\n": types.ProfileDocument,
    "\n  query Profiles($after: String) {\n    icps(first: 50, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          externalUserId\n          ...ProfileSummary\n        }\n      }\n    }\n  }\n": types.ProfilesDocument,
    "\n  query Suggestions {\n    profileOptions {\n      industries\n      departments\n      seniorities\n      regions\n    }\n  }\n": types.SuggestionsDocument,
    "\n  mutation SaveProfile($input: UpsertICPInput!) {\n    upsertICP(input: $input) {\n      icp {\n        id\n        externalUserId\n        updatedAt\n        ...ProfileSummary\n        ...FormProfile\n      }\n      userErrors {\n        field\n        code\n        message\n      }\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n    }\n  }\n": types.SaveProfileDocument,
    "\n  fragment ProviderRow on ProviderStatus {\n    provider\n    configured\n    sandbox\n    circuit\n    creditsSpent(since: $since)\n    creditUnit\n    creditBudget\n    lastErrorCode\n  }\n": types.ProviderRowFragmentDoc,
    "\n  query Providers($since: DateTime!) {\n    providers {\n      provider\n      ...ProviderRow\n    }\n  }\n": types.ProvidersDocument,
    "\n  fragment CompanyCard on Company {\n    id\n    name\n    domain\n    linkedinUrl\n    description\n    industries\n    employeeCount\n    employeeRange\n    yearFounded\n    headquarters {\n      locality\n      country\n    }\n    people(first: 3) {\n      totalCount\n      ...PeoplePage\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n": types.CompanyCardFragmentDoc,
    "\n  fragment PeoplePage on PersonConnection {\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...PersonRow\n      }\n    }\n  }\n": types.PeoplePageFragmentDoc,
    "\n  query MorePeople($company: ID!, $after: String) {\n    node(id: $company) {\n      id\n      ... on Company {\n        people(first: 10, after: $after) {\n          totalCount\n          ...PeoplePage\n        }\n      }\n    }\n  }\n": types.MorePeopleDocument,
    "\n  fragment PersonCard on Person {\n    id\n    fullName\n    jobTitle\n    headline\n    departments\n    seniorities\n    country\n    location\n    linkedinUrl\n    company {\n      id\n      name\n      domain\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n": types.PersonCardFragmentDoc,
    "\n  fragment PersonRow on Person {\n    id\n    fullName\n    jobTitle\n    seniorities\n    isDecisionMaker\n    linkedinUrl\n  }\n": types.PersonRowFragmentDoc,
    "\n  fragment Reason on RecommendationReason {\n    provider\n    type\n    title\n    shortDescription\n    description\n    score\n  }\n": types.ReasonFragmentDoc,
    "\n  fragment RecommendationCard on Recommendation {\n    id\n    score\n    provider\n    providers\n    recordedAt\n    reasons {\n      ...Reason\n    }\n    subject {\n      __typename\n      ... on Company {\n        id\n        ...CompanyCard\n      }\n      ... on Person {\n        id\n        ...PersonCard\n      }\n    }\n  }\n": types.RecommendationCardFragmentDoc,
    "\n  query Recommendations($user: String, $providers: [Provider!], $first: Int!, $after: String) {\n    recommendations(externalUserId: $user, providers: $providers, first: $first, after: $after) {\n      totalCount\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          ...RecommendationCard\n        }\n      }\n    }\n  }\n": types.RecommendationsDocument,
    "\n  fragment SourceRow on SourceRecord {\n    provider\n    providerId\n    fetchedAt\n    fields\n  }\n": types.SourceRowFragmentDoc,
    "\n  query Spending($since: DateTime!) {\n    byDay: spending(since: $since, by: [PROVIDER, DAY]) {\n      provider\n      day\n      calls\n      credits\n      unsettled\n    }\n    bySpender: spending(since: $since, by: [PROVIDER, OPERATION, CLIENT, USER]) {\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n    providers {\n      provider\n      creditUnit\n    }\n  }\n": types.SpendingDocument,
    "\n  query SpendingRows($since: DateTime!) {\n    spending(since: $since, by: [DAY, PROVIDER, OPERATION, CLIENT, USER]) {\n      day\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n  }\n": types.SpendingRowsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FormProfile on ICP {\n    id\n    externalUserId\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    examplePeople {\n      id\n      linkedinUrl\n    }\n    excludeCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    excludePeople {\n      id\n      linkedinUrl\n    }\n    surfe\n  }\n"): (typeof documents)["\n  fragment FormProfile on ICP {\n    id\n    externalUserId\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    examplePeople {\n      id\n      linkedinUrl\n    }\n    excludeCompanies {\n      id\n      domain\n      linkedinUrl\n    }\n    excludePeople {\n      id\n      linkedinUrl\n    }\n    surfe\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProfileSummary on ICP {\n    id\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      name\n      domain\n    }\n    examplePeople {\n      id\n      fullName\n      linkedinUrl\n    }\n  }\n"): (typeof documents)["\n  fragment ProfileSummary on ICP {\n    id\n    companies {\n      industries\n      primaryLocations\n      employeeCount {\n        from\n        to\n      }\n      revenue {\n        from\n        to\n      }\n    }\n    people {\n      countries\n      departments\n      jobTitles\n      seniorities\n    }\n    exampleCompanies {\n      id\n      name\n      domain\n    }\n    examplePeople {\n      id\n      fullName\n      linkedinUrl\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile($user: String) {\n    icp(externalUserId: $user) {\n      id\n      externalUserId\n      updatedAt\n      ...ProfileSummary\n      ...FormProfile\n    }\n  }\n"): (typeof documents)["\n  query Profile($user: String) {\n    icp(externalUserId: $user) {\n      id\n      externalUserId\n      updatedAt\n      ...ProfileSummary\n      ...FormProfile\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profiles($after: String) {\n    icps(first: 50, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          externalUserId\n          ...ProfileSummary\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Profiles($after: String) {\n    icps(first: 50, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          externalUserId\n          ...ProfileSummary\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Suggestions {\n    profileOptions {\n      industries\n      departments\n      seniorities\n      regions\n    }\n  }\n"): (typeof documents)["\n  query Suggestions {\n    profileOptions {\n      industries\n      departments\n      seniorities\n      regions\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveProfile($input: UpsertICPInput!) {\n    upsertICP(input: $input) {\n      icp {\n        id\n        externalUserId\n        updatedAt\n        ...ProfileSummary\n        ...FormProfile\n      }\n      userErrors {\n        field\n        code\n        message\n      }\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SaveProfile($input: UpsertICPInput!) {\n    upsertICP(input: $input) {\n      icp {\n        id\n        externalUserId\n        updatedAt\n        ...ProfileSummary\n        ...FormProfile\n      }\n      userErrors {\n        field\n        code\n        message\n      }\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProviderRow on ProviderStatus {\n    provider\n    configured\n    sandbox\n    circuit\n    creditsSpent(since: $since)\n    creditUnit\n    creditBudget\n    lastErrorCode\n  }\n"): (typeof documents)["\n  fragment ProviderRow on ProviderStatus {\n    provider\n    configured\n    sandbox\n    circuit\n    creditsSpent(since: $since)\n    creditUnit\n    creditBudget\n    lastErrorCode\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Providers($since: DateTime!) {\n    providers {\n      provider\n      ...ProviderRow\n    }\n  }\n"): (typeof documents)["\n  query Providers($since: DateTime!) {\n    providers {\n      provider\n      ...ProviderRow\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CompanyCard on Company {\n    id\n    name\n    domain\n    linkedinUrl\n    description\n    industries\n    employeeCount\n    employeeRange\n    yearFounded\n    headquarters {\n      locality\n      country\n    }\n    people(first: 3) {\n      totalCount\n      ...PeoplePage\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n"): (typeof documents)["\n  fragment CompanyCard on Company {\n    id\n    name\n    domain\n    linkedinUrl\n    description\n    industries\n    employeeCount\n    employeeRange\n    yearFounded\n    headquarters {\n      locality\n      country\n    }\n    people(first: 3) {\n      totalCount\n      ...PeoplePage\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PeoplePage on PersonConnection {\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...PersonRow\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment PeoplePage on PersonConnection {\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...PersonRow\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MorePeople($company: ID!, $after: String) {\n    node(id: $company) {\n      id\n      ... on Company {\n        people(first: 10, after: $after) {\n          totalCount\n          ...PeoplePage\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MorePeople($company: ID!, $after: String) {\n    node(id: $company) {\n      id\n      ... on Company {\n        people(first: 10, after: $after) {\n          totalCount\n          ...PeoplePage\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonCard on Person {\n    id\n    fullName\n    jobTitle\n    headline\n    departments\n    seniorities\n    country\n    location\n    linkedinUrl\n    company {\n      id\n      name\n      domain\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n"): (typeof documents)["\n  fragment PersonCard on Person {\n    id\n    fullName\n    jobTitle\n    headline\n    departments\n    seniorities\n    country\n    location\n    linkedinUrl\n    company {\n      id\n      name\n      domain\n    }\n    sources {\n      ...SourceRow\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonRow on Person {\n    id\n    fullName\n    jobTitle\n    seniorities\n    isDecisionMaker\n    linkedinUrl\n  }\n"): (typeof documents)["\n  fragment PersonRow on Person {\n    id\n    fullName\n    jobTitle\n    seniorities\n    isDecisionMaker\n    linkedinUrl\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Reason on RecommendationReason {\n    provider\n    type\n    title\n    shortDescription\n    description\n    score\n  }\n"): (typeof documents)["\n  fragment Reason on RecommendationReason {\n    provider\n    type\n    title\n    shortDescription\n    description\n    score\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RecommendationCard on Recommendation {\n    id\n    score\n    provider\n    providers\n    recordedAt\n    reasons {\n      ...Reason\n    }\n    subject {\n      __typename\n      ... on Company {\n        id\n        ...CompanyCard\n      }\n      ... on Person {\n        id\n        ...PersonCard\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment RecommendationCard on Recommendation {\n    id\n    score\n    provider\n    providers\n    recordedAt\n    reasons {\n      ...Reason\n    }\n    subject {\n      __typename\n      ... on Company {\n        id\n        ...CompanyCard\n      }\n      ... on Person {\n        id\n        ...PersonCard\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Recommendations($user: String, $providers: [Provider!], $first: Int!, $after: String) {\n    recommendations(externalUserId: $user, providers: $providers, first: $first, after: $after) {\n      totalCount\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          ...RecommendationCard\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Recommendations($user: String, $providers: [Provider!], $first: Int!, $after: String) {\n    recommendations(externalUserId: $user, providers: $providers, first: $first, after: $after) {\n      totalCount\n      issues {\n        provider\n        code\n        message\n        retryAfter\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          id\n          ...RecommendationCard\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SourceRow on SourceRecord {\n    provider\n    providerId\n    fetchedAt\n    fields\n  }\n"): (typeof documents)["\n  fragment SourceRow on SourceRecord {\n    provider\n    providerId\n    fetchedAt\n    fields\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Spending($since: DateTime!) {\n    byDay: spending(since: $since, by: [PROVIDER, DAY]) {\n      provider\n      day\n      calls\n      credits\n      unsettled\n    }\n    bySpender: spending(since: $since, by: [PROVIDER, OPERATION, CLIENT, USER]) {\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n    providers {\n      provider\n      creditUnit\n    }\n  }\n"): (typeof documents)["\n  query Spending($since: DateTime!) {\n    byDay: spending(since: $since, by: [PROVIDER, DAY]) {\n      provider\n      day\n      calls\n      credits\n      unsettled\n    }\n    bySpender: spending(since: $since, by: [PROVIDER, OPERATION, CLIENT, USER]) {\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n    providers {\n      provider\n      creditUnit\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SpendingRows($since: DateTime!) {\n    spending(since: $since, by: [DAY, PROVIDER, OPERATION, CLIENT, USER]) {\n      day\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n  }\n"): (typeof documents)["\n  query SpendingRows($since: DateTime!) {\n    spending(since: $since, by: [DAY, PROVIDER, OPERATION, CLIENT, USER]) {\n      day\n      provider\n      operation\n      client\n      user\n      calls\n      credits\n      unsettled\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;