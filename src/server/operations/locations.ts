import { Lexer, Source, TokenKind, type DocumentNode, type SourceLocation } from "graphql";

/** Converts a location in a document to the location in another text of it. */
export type Relocate = (location: SourceLocation) => SourceLocation;

/**
 * Converts locations in `document` to locations in `text`, another text of the same document: errors must point into the text
 * of the request. Both texts have the same tokens, comments aside.
 */
export function locationsIn(text: string, { loc }: DocumentNode): Relocate {
  if (!loc || loc.source.body === text) return (location) => location;
  const inText = tokenLocations(text);
  const places = new Map(tokenLocations(loc.source.body).map((location, place) => [nameOf(location), place]));
  return (location) => inText[places.get(nameOf(location)) ?? -1] ?? location;
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
