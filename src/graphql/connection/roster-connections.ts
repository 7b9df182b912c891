import type { EntityKey } from "../../domain/entity-key";
import {
  withIssues,
  type EntityNode,
  type PersonNode,
  type ConnectionWithIssues,
  type RecommendationNode,
} from "../../feeds/nodes";
import {
  contactsRoster,
  peopleRoster,
  recommendationsRoster,
  rosterPage,
  type Roster,
} from "../../feeds/entities/roster-pages";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import type { RequestContext } from "../context";

/** A page of rows that are derived from records: no provider is called, so there are no issues. */
type Recorded<Node> = ConnectionWithIssues<Node> | Promise<ConnectionWithIssues<Node>>;

/** The contacts of a recommendation. */
export function contactsConnection(
  node: RecommendationNode,
  args: PageArgs,
  context: RequestContext,
): Recorded<PersonNode> {
  const { entities, contactPages } = context.services;
  const writes = entities.writes(context.tenant);
  const isFront = args.after == null && args.before == null && args.last == null;
  const served = isFront ? contactPages.get(node, args.first, writes) : null;
  if (served) return served;
  const { id, contacts } = node;
  const page = peopleConnection(contactsRoster(id, contacts), (index) => contacts[index], args, context);
  if (isFront && !(page instanceof Promise)) contactPages.set(node, { first: args.first, writes, page });
  return page;
}

/** The people who work at a company. */
export function employeesConnection(
  company: EntityNode,
  args: PageArgs,
  context: RequestContext,
): Recorded<PersonNode> {
  const { entities } = context.services;
  const known = entities.peekPeopleOf(context.tenant, company.key);
  const connect = (members: readonly { readonly key: EntityKey; readonly mark: number }[]): Recorded<PersonNode> =>
    peopleConnection(peopleRoster(company.keys, members), ({ key }) => key, args, context);
  return known ? connect(known) : context.loaders.peopleByCompany.load(company.key).then(connect);
}

/** All recorded recommendations of a company or person, newest first. */
export async function recommendationsConnection(
  subject: EntityNode,
  args: PageArgs,
  { tenant, services, loaders }: RequestContext,
): Promise<ConnectionWithIssues<RecommendationNode>> {
  const request = toPageRequest(args);
  const places = await loaders.recommendationsBySubject.load(subject.key);
  const page = rosterPage(services.sealer, tenant, recommendationsRoster(subject.keys, places), request);
  const nodes = await Promise.all(page.members.map((place) => loaders.recommendationByPlace.load(place)));
  return withIssues(page.connect(nodes), []);
}

function peopleConnection<Member>(
  roster: Roster<Member>,
  keyOf: (member: Member) => EntityKey | undefined,
  args: PageArgs,
  context: RequestContext,
): Recorded<PersonNode> {
  const { tenant, services } = context;
  const page = rosterPage(services.sealer, tenant, roster, toPageRequest(args));
  const keys = page.members.flatMap((member) => keyOf(member) ?? []);
  const connect = (nodes: readonly (EntityNode | null)[]): ConnectionWithIssues<PersonNode> =>
    withIssues(page.connect(nodes.map(personOrNull)), []);
  const known = keys.map((key) => services.entities.peek(tenant, key));
  if (known.every((node) => node !== undefined)) return connect(known);
  return Promise.all(keys.map((key) => context.loaders.entityByKey.load(key))).then(connect);
}

function personOrNull(node: EntityNode | null): PersonNode | null {
  return node?.kind === "Person" ? node : null;
}
