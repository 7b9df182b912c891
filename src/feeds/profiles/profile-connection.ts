/** The connection over a profile's recommendations, as feeds are named by it. */
export function profileConnection(profileId: string): string {
  return `icp:${profileId}`;
}
