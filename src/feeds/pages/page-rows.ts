import { isPersonKey } from "../../domain/entity-key";
import { NO_TENANT, type TenantId } from "../../domain/tenant-id";
import type { Entities } from "../entities/entities";
import type { ItemCache } from "./item-cache";
import type { PageSlice } from "./page-slice";
import type { Row, RowReader } from "./row-reader";
import { recordedWindow, shown } from "./shown-rows";

/** The rows of a page, and what the graph shows of each, in the same order. */
export interface PageRows<Node> {
  readonly rows: readonly Row[];
  readonly nodes: readonly Node[];
}

/** A slice to read, and its row reader. */
export interface SliceToRead<Node> {
  readonly slice: PageSlice;
  readonly reader: RowReader<Node>;
}

/** Third step of a page: reads the rows of its slice and their subjects, and makes nodes of them. */
export class PageRowsReader {
  constructor(private readonly dependencies: { readonly items: ItemCache; readonly entities: Entities }) {}

  /** `null` where something is not in memory, or the feed has not begun. */
  peek<Node>({ head, window }: PageSlice, reader: RowReader<Node>): PageRows<Node> | null {
    if (!head) return null;
    const { items, entities } = this.dependencies;
    const { tenant } = head;
    const recorded = items.peek(recordedWindow(head, window));
    if (!recorded) return null;
    const rows: Row[] = [];
    for (const item of shown(head, recorded)) {
      const subject = entities.peek(tenant, item.subject);
      if (!subject) return null;
      rows.push({ feed: head, item, subject });
    }
    const nodes = reader.peek(tenant, rows);
    return nodes && { rows, nodes };
  }

  /** The rows by slice; none for a feed that has not begun. The number of store queries depends on the number of readers only. */
  async read<Node>(slices: readonly SliceToRead<Node>[]): Promise<ReadonlyMap<PageSlice, PageRows<Node>>> {
    const { items, entities } = this.dependencies;
    const begun = slices.flatMap(({ slice, reader }) => (slice.head ? [{ slice, reader, head: slice.head }] : []));
    const tenant = begun[0]?.head.tenant ?? NO_TENANT;
    const loaded = await items.load(begun.map(({ slice, head }) => recordedWindow(head, slice.window)));
    const pagesOfItems = begun.map(({ head }, i) => shown(head, loaded[i] ?? []));
    const subjects = await entities.load(
      tenant,
      pagesOfItems.flat().map(({ subject }) => subject),
    );
    const pages = begun.map(({ slice, reader, head }, i) => {
      const rows = (pagesOfItems[i] ?? []).flatMap((item): Row | [] => {
        const subject = subjects.get(item.subject);
        if (subject) return { feed: head, item, subject };
        if (isPersonKey(item.subject)) return []; // another process has just forgotten them
        throw new Error("a recorded row without the records of its subject");
      });
      return { slice, reader, rows };
    });
    return readNodes(tenant, pages);
  }
}

/** Reads the rows of all pages with the same reader at once. */
async function readNodes<Node>(
  tenant: TenantId,
  pages: readonly (SliceToRead<Node> & { readonly rows: readonly Row[] })[],
): Promise<ReadonlyMap<PageSlice, PageRows<Node>>> {
  const read = new Map<PageSlice, PageRows<Node>>();
  for (const reader of new Set(pages.map((page) => page.reader))) {
    const alike = pages.filter((page) => page.reader === reader);
    const nodes = [
      ...(await reader.read(
        tenant,
        alike.flatMap(({ rows }) => rows),
      )),
    ];
    for (const { slice, rows } of alike) read.set(slice, { rows, nodes: nodes.splice(0, rows.length) });
  }
  return read;
}
