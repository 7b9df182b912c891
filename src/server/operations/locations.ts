import { Lexer, Source, TokenKind, type DocumentNode, type SourceLocation } from "graphql";

/** Tells where a location of a document is in another spelling of it. */
export type Relocate = (location: SourceLocation) => SourceLocation;

/**
 * Where locations of `document` are in `text`, which spells the same document: an error of a known operation has to point
 * into the text that its request sent. Both texts have the same tokens, comments aside.
 */
export function locationsIn(text: string, { loc }: DocumentNode): Relocate {
  if (!loc || loc.source.body === text) return (location) => location;
  const spelled = tokenLocations(text);
  const places = new Map(tokenLocations(loc.source.body).map((location, place) => [nameOf(location), place]));
  return (location) => spelled[places.get(nameOf(location)) ?? -1] ?? location;
}

function tokenLocations(text: string): readonly SourceLocation[] {
  const lexer = new Lexer(new Source(text));
  const locations: SourceLocation[] = [];
  while (lexer.advance().kind !== TokenKind.EOF) {
    const { line, column } = lexer.token;
    locations.push({ line, column });
  }
  return locations;
}

function nameOf({ line, column }: SourceLocation): string {
  return `${String(line)}:${String(column)}`;
}
