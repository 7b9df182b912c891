/** The connection name of a profile's recommendations: part of the names of its feeds. */
export function profileConnection(profileId: string): string {
  return `icp:${profileId}`;
}
