import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../../src/domain/entity-key";
import { bareCompany } from "../../../src/feeds/entities/bare-entity";
import { networkPageRequest } from "../../../src/feeds/searches/network-recommendations";
import { providerListReader } from "../../../src/feeds/pages/recommendation-node";
import { checkCompanyFilter } from "../../../src/feeds/searches/search-check";
import { searchPageRequest } from "../../../src/feeds/searches/catalogue-searches";
import { toPageRequest } from "../../../src/relay/page-args";
import { FakeSource, HEAD, NOW } from "../../support/fake-feed";
import { ACME_TENANT } from "../../support/tenants";

const page = toPageRequest({});
const source = new FakeSource();
const UUID_8 = "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

describe("searchPageRequest", () => {
  it("asks for a feed of its own for each search, whose rows are what was found", () => {
    const search = { kind: "companies", filter: checkCompanyFilter({}) } as const;
    const provider = { source, queryOf: ({ kind }: { readonly kind: string }) => `search ${kind}` };
    const request = searchPageRequest(provider, ACME_TENANT, search, page);
    expect(request).toEqual({
      name: {
        tenant: ACME_TENANT,
        connection: expect.stringMatching(new RegExp(`^search:${UUID_8}$`)),
        provider: "SURFE",
        query: "search companies",
      },
      source,
      absent: [],
      page,
      rowReader: request.rowReader,
    });
    const company = bareCompany(entityKey("Company", "domain", "acme.com"));
    const item = { position: 0, subject: company.key, content: null, recordedAt: NOW };
    const row = { feed: HEAD, item, subject: company };
    expect(request.rowReader.peek(ACME_TENANT, [row])).toEqual([company]);
  });
});

describe("networkPageRequest", () => {
  it("asks for the feed of an account, for which nothing tells the account", () => {
    const provider = {
      accountOf: (loginToken: string | null) => ({
        source,
        query: (country: string) => `network of ${loginToken === null ? "ours" : "theirs"} in ${country}`,
      }),
    };
    expect(networkPageRequest(provider, ACME_TENANT, "token", "FR", page)).toEqual({
      name: {
        tenant: ACME_TENANT,
        connection: expect.stringMatching(new RegExp(`^network:${UUID_8}$`)),
        provider: "SURFE",
        query: "network of theirs in FR",
      },
      source,
      absent: [],
      page,
      rowReader: providerListReader,
    });
    expect(networkPageRequest(provider, ACME_TENANT, null, "US", page).name.query).toBe("network of ours in US");
  });
});
