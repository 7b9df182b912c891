import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { DockerfileParser } from "dockerfile-ast";
import { parseAllDocuments } from "yaml";
import { VARIABLE_NAMES } from "../../src/wiring/configuration";
import { documentedMetrics } from "../support/documented-metrics";
import { scrape } from "../support/scraped";
import { startTestApp, type TestApp } from "../support/test-app";

const root = join(__dirname, "../..");

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

const files = readdirSync(join(root, "deploy"), { recursive: true, encoding: "utf8" }).map((path) => `deploy/${path}`);
const yamlFiles = ["compose.yaml", ...files.filter((path) => path.endsWith(".yaml"))];

/** The documents of a YAML file, as values. */
function documentsOf(path: string): readonly Readonly<Record<string, unknown>>[] {
  const documents = parseAllDocuments(read(path), { strict: true, merge: true });
  return [...documents].map((document) => {
    expect({ path, errors: document.errors, warnings: document.warnings }).toEqual({ path, errors: [], warnings: [] });
    return document.toJS() as Readonly<Record<string, unknown>>;
  });
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { readonly runbook: string };
    }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: object;
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const [rulesFile] = documentsOf("deploy/prometheus/rules.yaml") as unknown as readonly [Rules];
const rules = rulesFile.groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read("deploy/grafana/tributary.json")) as Dashboard;
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];

const METRIC = /\b((?:tributary|nodejs|process)_[a-z0-9_]+)(?:\{([^}]*)\})?/g;

/** The metrics in an expression, with the labels that select among their series. */
function metricsIn(expr: string): readonly { readonly name: string; readonly labels: readonly string[] }[] {
  return [...expr.matchAll(METRIC)].map(([, name = "", selector = ""]) => ({
    name,
    labels: [...selector.matchAll(/(\w+)\s*=/g)].map(([, label = ""]) => label),
  }));
}

function withoutSuffix(name: string): string {
  return name.replace(/_(bucket|sum|count)$/, "");
}

/** Labels after `by`, in all of an expression. */
function groupedBy(expr: string): readonly string[] {
  return [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(",").map((one) => one.trim()));
}

let app: TestApp;
let served: ReadonlySet<string>;

beforeAll(async () => {
  app = await startTestApp();
  served = new Set((await scrape(app.url)).names);
});
afterAll(() => app.stop());

describe("the dashboard and the alerts", () => {
  it("name only metrics that the server has, with labels that they have", () => {
    const documented = documentedMetrics();
    for (const expr of expressions) {
      const metrics = metricsIn(expr);
      const known = metrics.flatMap(({ name }) => documented.get(withoutSuffix(name)) ?? []);
      for (const { name, labels } of metrics) {
        expect({ expr, name, isServed: served.has(withoutSuffix(name)) }).toEqual({ expr, name, isServed: true });
        const own = [...(documented.get(withoutSuffix(name)) ?? []), "instance"];
        expect({ expr, unknown: labels.filter((label) => !own.includes(label)) }).toEqual({ expr, unknown: [] });
      }
      const grouped = groupedBy(expr).filter((label) => ![...known, "le", "instance"].includes(label));
      expect({ expr, grouped }).toEqual({ expr, grouped: [] });
    }
  });

  it("show every metric of ours", () => {
    const shown = new Set(expressions.flatMap((expr) => metricsIn(expr).map(({ name }) => withoutSuffix(name))));
    expect([...documentedMetrics().keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it("have panels with numbers, titles and places of their own", () => {
    const { panels } = dashboard;
    expect(panels.length).toBeGreaterThan(15);
    for (const key of ["id", "title", "gridPos"] as const) {
      expect(new Set(panels.map((panel) => JSON.stringify(panel[key]))).size).toBe(panels.length);
    }
  });

  it("have a run-book entry for each alert, under its name", () => {
    const headings = read("docs/operations.md")
      .split("\n")
      .flatMap((line) => /^### (Tributary\w+)$/.exec(line)?.[1] ?? []);
    expect(headings).toEqual(rules.map(({ alert }) => alert));
    expect(rules.map(({ annotations }) => annotations.runbook)).toEqual(
      headings.map((heading) => `docs/operations.md#${heading.toLowerCase()}`),
    );
  });
});

describe("the files in deploy", () => {
  it.each(yamlFiles)("%s is YAML", (path) => {
    expect(documentsOf(path).length).toBeGreaterThan(0);
  });

  it("name only variables that the server reads, or that others define", () => {
    const others = /^(?:NODE_|OTEL_|POSTGRES_)/;
    const named = [
      ...["Dockerfile", "compose.yaml", "deploy/systemd/tributary.service"].flatMap((path) => [
        ...read(path).matchAll(/(?:^ENV |^\s+|^Environment=| )([A-Z][A-Z0-9_]{3,})[=:]\s?/gm),
      ]),
      ...read("deploy/kubernetes/deployment.yaml").matchAll(/- name: ([A-Z][A-Z0-9_]+)/g),
      ...read("deploy/kubernetes/configuration.yaml").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm),
    ].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !VARIABLE_NAMES.includes(name) && !others.test(name))).toEqual([]);
  });

  it("mount files that exist", () => {
    const mounted = [...read("compose.yaml").matchAll(/\.\/(deploy\/[\w./-]+):/g)].map(([, path = ""]) => path);
    expect(mounted.length).toBeGreaterThan(4);
    expect(mounted.filter((path) => ![...files].includes(path))).toEqual([]);
  });

  it("have Kubernetes objects of known kinds, once each, for one application", () => {
    const objects = files.filter((path) => path.startsWith("deploy/kubernetes/")).flatMap(documentsOf);
    const known = (objects as unknown as readonly Manifest[]).map(
      ({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`,
    );
    expect(known.sort()).toEqual([
      "apps/v1 Deployment tributary",
      "autoscaling/v2 HorizontalPodAutoscaler tributary",
      "networking.k8s.io/v1 NetworkPolicy tributary",
      "policy/v1 PodDisruptionBudget tributary",
      "v1 ConfigMap tributary",
      "v1 Service tributary",
    ]);
  });

  it("scale by a metric that the server has", () => {
    const name = /name: (nodejs_\w+)/.exec(read("deploy/kubernetes/scaling.yaml"))?.[1];
    expect(served.has(name ?? "")).toBe(true);
  });
});

describe("the Dockerfile", () => {
  const instructions = DockerfileParser.parse(read("Dockerfile")).getInstructions();
  const last = instructions.slice(instructions.findLastIndex((one) => one.getKeyword() === "FROM"));
  const argumentsOf = (keyword: string): readonly (string | null)[] =>
    last.filter((one) => one.getKeyword() === keyword).map((one) => one.getArgumentsContent());

  it("has two stages, and runs as a user who is not root", () => {
    expect(instructions.filter((one) => one.getKeyword() === "FROM")).toHaveLength(2);
    expect(argumentsOf("USER")).toEqual(["node"]);
    expect(argumentsOf("VOLUME")).toEqual(["/data"]);
  });

  it("checks before each start, and lets the server be process 1", () => {
    expect(argumentsOf("ENTRYPOINT").map((text) => JSON.parse(text ?? "") as unknown)).toEqual([
      ["sh", "-c", "node dist/main.js check && exec node dist/main.js start"],
    ]);
    expect(argumentsOf("STOPSIGNAL")).toEqual(["SIGTERM"]);
  });

  it("tells whether the server is ready", () => {
    expect(argumentsOf("HEALTHCHECK")).toHaveLength(1);
    expect(argumentsOf("HEALTHCHECK")[0]).toContain("/readyz");
  });

  it("copies what the build needs, and nothing that is ignored", () => {
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"));
    expect(allowed).toEqual([
      "!src",
      "!playground",
      "!examples/explorer",
      "!package.json",
      "!package-lock.json",
      "!.npmrc",
      "!test/package.json",
      "!tsconfig.json",
      "!build.mjs",
      "!build-server.mjs",
    ]);
  });
});
