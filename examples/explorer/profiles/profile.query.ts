import { graphql } from "../generated";

export const ProfileQuery = graphql(`
  query Profile($user: String) {
    icp(externalUserId: $user) {
      id
      externalUserId
      updatedAt
      ...ProfileSummary
      ...FormProfile
    }
  }
`);
