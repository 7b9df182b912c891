/** The connection over a profile's recommendations, as feeds are named by it. */
export function icpConnection(icpId: string): string {
  return `icp:${icpId}`;
}
