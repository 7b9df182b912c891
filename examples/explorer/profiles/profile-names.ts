/** What a profile is called on the page. */
export function profileName(externalUserId: string | null | undefined): string {
  return externalUserId ?? "Your own profile";
}
