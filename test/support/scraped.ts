/** One value of `GET /metrics`. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What `GET /metrics` gives: the names that it describes, and its values. */
export interface Scraped {
  readonly names: readonly string[];
  readonly samples: readonly Sample[];
  /** The lines as they are. */
  readonly lines: readonly string[];
  /** The value of a series; `null` where there is none. */
  readonly valueOf: (series: string) => number | null;
}

const SAMPLE = /^(\w+)(?:\{(.*)\})? (\S+)$/;

/** Reads the metrics of the server of `url`. */
export async function scrape(url: string): Promise<Scraped> {
  const lines = (await (await fetch(new URL("/metrics", url))).text()).split("\n");
  const samples = lines.flatMap((line): Sample | [] => {
    const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", text = ""]) => [key, text] as const);
    return { name, labels: Object.fromEntries(pairs), value: Number(value) };
  });
  return {
    names: lines.flatMap((line) => /^# TYPE (\w+) /.exec(line)?.[1] ?? []),
    samples,
    lines,
    valueOf: (series) => {
      const line = lines.find((one) => one.startsWith(`${series} `));
      return line === undefined ? null : Number(line.slice(series.length + 1));
    },
  };
}
