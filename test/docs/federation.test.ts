import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { composeServices as composeByApollo } from "@apollo/composition";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { buildSchema, isObjectType, parse, validate, valueFromASTUntyped } from "graphql";
import { printSubgraph } from "../../src/graphql/federation/print-graph";
import { buildGraph } from "../../src/graphql/schema";
import { present } from "../support/present";

const text = readFileSync(join(__dirname, "../../docs/federation.md"), "utf8");
const [crm = "", query = ""] = [...text.matchAll(/```graphql\n(.*?)```/gs)].map(([, code = ""]) => code);

describe("docs/federation.md", () => {
  it("shows a subgraph that composes with Tributary, and a query that the supergraph answers", () => {
    const services = [
      { name: "tributary", url: "http://127.0.0.1:4000/graphql", typeDefs: parse(printSubgraph(buildGraph())) },
      { name: "crm", url: "http://127.0.0.1:4001/graphql", typeDefs: parse(crm) },
    ];
    expect(composeByApollo(services).errors).toBeUndefined();
    const { errors, publicSdl } = composeByGuild(services);
    expect(errors).toBeUndefined();
    expect(validate(buildSchema(present(publicSdl)), parse(query))).toEqual([]);
  });

  it("tells what every connection weighs", () => {
    const told = [...text.matchAll(/^\| (.*?)\|.*\| (\d+) +\|$/gm)].flatMap(([, names = "", weight = ""]) =>
      [...names.matchAll(/`([\w.]+)`/g)].map(
        ([, name = ""]) => `${name.includes(".") ? name : `Query.${name}`} ${weight}`,
      ),
    );
    const weights = Object.values(buildGraph().getTypeMap()).flatMap((type) =>
      Object.values(isObjectType(type) ? type.getFields() : {}).flatMap(({ name, astNode }) =>
        (astNode?.directives ?? []).flatMap((directive) => {
          const weight = directive.arguments?.find((argument) => argument.name.value === "weight")?.value;
          return weight ? [`${type.name}.${name} ${String(valueFromASTUntyped(weight))}`] : [];
        }),
      ),
    );
    expect(told.sort()).toEqual(weights.sort());
  });
});
