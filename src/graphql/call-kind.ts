/** What kind of provider calls a field can make; written on the field, and priced where the limits are. */
export type CallKind = "profilePage" | "saveProfile" | "profileOptions" | "search" | "network" | "similar";
