import { tenantId } from "../../src/domain/tenant-id";

/** The tenant of most tests. */
export const ACME_TENANT = tenantId("acme");

/** Another one, whose data must stay apart. */
export const OTHER_TENANT = tenantId("other");
