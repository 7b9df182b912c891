import { describe, expect, it } from "@jest/globals";
import { linkedinUrl, toDomain, toLinkedinSlug } from "../../src/domain/web-address";

describe("toDomain", () => {
  it.each([
    ["acme.com", "acme.com"],
    ["  WWW.Acme.com  ", "acme.com"],
    ["https://www.acme.co.uk/about?a=b#c", "acme.co.uk"],
    ["http://user:password@shop.eu.acme.co.uk:8080/", "acme.co.uk"],
    ["acme.com.", "acme.com"],
    ["mailto:jane@acme.com", "acme.com"],
    ["foo_bar.com", "foo_bar.com"],
    ["www.com", "www.com"],
    ["www.co.uk", "www.co.uk"],
    ["//acme.com/jobs", "acme.com"],
    ["acme.com:8080/jobs", "acme.com"],
    ["acme.com?a=b", "acme.com"],
    ["acme.com#top", "acme.com"],
  ])("reads %s as %s", (text, domain) => {
    expect(toDomain(text)).toBe(domain);
  });

  it.each([
    ["acme.github.io", "acme.github.io"],
    ["www.acme.github.io", "acme.github.io"],
    ["https://docs.acme.blogspot.com", "acme.blogspot.com"],
    ["https://www.acme.wixsite.com/home", "acme.wixsite.com"],
    ["acme.carrd.co", "acme.carrd.co"],
    ["acme.notion.site", "acme.notion.site"],
    ["acme.myshopify.com", "acme.myshopify.com"],
  ])("counts the private part of the public suffix list: %s is of %s", (text, domain) => {
    expect(toDomain(text)).toBe(domain);
  });

  it.each([
    "github.io",
    "www.github.io",
    "linktr.ee",
    "https://linktr.ee/acme",
    "jobs.linktr.ee",
    "sites.google.com/acme",
    "https://www.sites.google.com/view/acme",
    "www.linktr.ee/acme",
    "\uff4cinktr.ee/acme",
    "www.myshopify.com",
    "bit.ly/acme",
    "about.me/acme",
    "linktr.ee.",
    "wixsite.com",
    "carrd.co",
    "https://acme.wordpress.com/",
    "acme.medium.com",
    "https://play.google.com/store/apps/details?id=com.acme",
    "https://apps.apple.com/app/acme/id1",
    "facebook.com/acme",
    "m.facebook.com",
    "https://x.com/acme",
    "www.linkedin.com/company/acme",
    "github.com/acme",
    "https://en.wikipedia.org/wiki/Acme",
    "jane@gmail.com",
    "mailto:acme@hotmail.co.uk",
  ])("takes the shared host in %s for nobody's domain", (text) => {
    expect(toDomain(text)).toBeNull();
  });

  it("takes a shared host's owner for what it is", () => {
    expect(toDomain("www.google.com")).toBe("google.com");
    expect(toDomain("about.apple.com")).toBe("apple.com");
    expect(toDomain("notfacebook.com")).toBe("notfacebook.com");
  });

  it("writes an international domain in one way", () => {
    expect([toDomain("MÜNCHEN.de"), toDomain("xn--mnchen-3ya.de")]).toEqual(["xn--mnchen-3ya.de", "xn--mnchen-3ya.de"]);
    expect(toDomain("https://www.mu\u0308nchen.de/")).toBe("xn--mnchen-3ya.de");
    expect([toDomain("www.acme.公司.cn"), toDomain("acme.xn--55qx5d.cn")]).toEqual([
      "acme.xn--55qx5d.cn",
      "acme.xn--55qx5d.cn",
    ]);
  });

  it.each(["127.0.0.1", "http://127.0.0.1:80/", "1.2.3", "0x7f.1", "256.1.1.1", "http://[::1]/", "[2001:db8::1]:80"])(
    "finds none in the IP address %j",
    (text) => {
      expect(toDomain(text)).toBeNull();
    },
  );

  it.each(["", "  ", "acme", "localhost", "com", "co.uk", "公司.cn", "a..b.com", "-.com", "xn--a.com", "no domain"])(
    "finds none in %j",
    (text) => {
      expect(toDomain(text)).toBeNull();
    },
  );
});

describe("toDomain of a placeholder", () => {
  it.each(["undefined", "null", "n/a", "-", "http://undefined", "undefined.com", "https://www.null.co.uk/", "n-a.com"])(
    "finds none in %j",
    (text) => {
      expect(toDomain(text)).toBeNull();
    },
  );

  it.each(["unavailable.io", "none.org", "not-available.de", "null.github.io"])("finds none in %j", (text) => {
    expect(toDomain(text)).toBeNull();
  });

  it.each(["unknown.com", "nullsoft.com", "none-such.com", "na-kd.com"])("leaves %s alone", (text) => {
    expect([toDomain(text), toDomain(`null.${text}`)]).toEqual([text, text]);
  });
});

describe("toLinkedinSlug", () => {
  it.each([
    ["https://www.linkedin.com/company/acme", "acme"],
    ["https://fr.linkedin.com/company/Acme/", "acme"],
    ["//linkedin.com/company/acme?trk=x", "acme"],
    ["LinkedIn.com//company//acme//people#top", "acme"],
    ["http://linkedin.com/school/acme-university/", "acme-university"],
    ["linkedin.com/showcase/acme-labs", "acme-labs"],
    ["  https://www.linkedin.com/company/soci%C3%A9t%C3%A9  ", "société"],
    ["https://www.linkedin.com/company/socie\u0301te\u0301", "société"],
  ])("reads the company in %s as %s", (text, slug) => {
    expect(toLinkedinSlug("Company", text)).toBe(slug);
  });

  it.each([
    ["https://www.linkedin.com/in/Jane-Doe/", "jane-doe"],
    ["de.linkedin.com/in/jane-doe/fr", "jane-doe"],
    ["HTTPS://WWW.LINKEDIN.COM/IN/JANE-DOE?trk=x#y", "jane-doe"],
    ["http:linkedin.com/in/jane-doe", "jane-doe"],
    ["https://m.www.linkedin.com//in///jane-doe//", "jane-doe"],
    ["linkedin.com/in/jane-doe%20", "jane-doe"],
    ["linkedin.com/in/%E7%8E%8B%E5%B0%8F", "王小"],
    ["linkedin.com/in/100%25", "100%"],
  ])("reads the person in %s as %s", (text, slug) => {
    expect(toLinkedinSlug("Person", text)).toBe(slug);
  });

  it.each([
    "",
    "acme",
    "https://www.linkedin.com/",
    "https://www.linkedin.com/company/",
    "https://www.linkedin.com/in/jane-doe",
    "https://notlinkedin.com/company/acme",
    "https://linkedin.com.evil.com/company/acme",
    "https://evil.com/linkedin.com/company/acme",
    "https://www.linkedin.com/company/100%",
    "https://www.linkedin.com/company/%20",
    "https://www.linkedin.com/company/acme%20inc",
    "https://www.linkedin.com/company/acme%00",
    "https://www.linkedin.com/companyacme",
  ])("finds no company in %j", (text) => {
    expect(toLinkedinSlug("Company", text)).toBeNull();
  });

  const placeholders = [
    "unavailable",
    "undefined",
    "null",
    "-",
    "--",
    "_",
    "none",
    "n-a",
    "na",
    "NaN",
    "unknown",
    "nil",
  ];
  const more = [
    "n/a",
    "N/A/",
    "n%2Fa",
    "%E2%80%94",
    "Unavailable/",
    "not-available",
    "undefined-undefined",
    "null?trk=x",
  ];

  it.each([...placeholders, ...more])("takes the placeholder %j for nobody's", (slug) => {
    expect(toLinkedinSlug("Company", `https://www.linkedin.com/company/${slug}`)).toBeNull();
    expect(toLinkedinSlug("Person", `linkedin.com/in/${slug}`)).toBeNull();
  });

  it.each(["nullsoft", "none-such", "n", "a-n", "unknown-worlds", "na-kd", "%F0%9F%9A%80", "100%25", "jean-null"])(
    "leaves the slug %j alone",
    (slug) => {
      expect(toLinkedinSlug("Person", `linkedin.com/in/${slug}`)).toBe(decodeURIComponent(slug));
    },
  );

  it("finds no person in a company's address", () => {
    expect(toLinkedinSlug("Person", "https://www.linkedin.com/company/acme")).toBeNull();
  });
});

describe("linkedinUrl", () => {
  it.each(["acme", "société", "100%", "a/b?c#d", "%2f"])("is read back as %j", (slug) => {
    expect(toLinkedinSlug("Company", linkedinUrl("Company", slug))).toBe(slug);
  });

  it("writes the one address of a page", () => {
    expect([linkedinUrl("Company", "société"), linkedinUrl("Person", "jane-doe")]).toEqual([
      "https://www.linkedin.com/company/soci%C3%A9t%C3%A9",
      "https://www.linkedin.com/in/jane-doe",
    ]);
  });
});
