/** The kind of provider calls that a field can make. Fields declare it, and the limits know the price of each kind. */
export type CallKind = "profilePage" | "saveProfile" | "profileOptions" | "search" | "network" | "similar";
