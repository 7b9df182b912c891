import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "@jest/globals";
import { OpenFeeds } from "../../../src/feeds/feed/open-feeds";
import { FakeLedger, feedOver, HEAD } from "../../support/fake-feed";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What nobody holds is collected once no job that read it is under way, and told of in a job of its own. */
async function letGo(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await turn();
    collectGarbage();
  }
  await turn();
}

const made = (id: string) => () => feedOver(new FakeLedger(), { id });

describe("OpenFeeds", () => {
  it("lets go of feeds that nobody holds, the least recently read first", async () => {
    const feeds = new OpenFeeds(1);
    const held = feeds.adopt("held", made("held"));
    feeds.adopt("lost", made("lost"));
    feeds.adopt("recent", made("recent"));
    await letGo();
    expect([...feeds].map(({ head }) => head.id)).toEqual(["held", "recent"]);
    expect(feeds.get("lost")).toBeUndefined();
    expect(feeds.get("held")).toBe(held);
  });

  it("makes a feed anew that it let go of", async () => {
    const feeds = new OpenFeeds(1);
    feeds.setNewest(HEAD, feeds.adopt(HEAD.id, made(HEAD.id)));
    feeds.adopt("recent", made("recent"));
    await letGo();
    expect(feeds.newest(HEAD)).toBeUndefined();
    expect(feeds.adopt(HEAD.id, made(HEAD.id)).head.id).toBe(HEAD.id);
    expect(feeds.newest(HEAD)?.head.id).toBe(HEAD.id);
  });
});
