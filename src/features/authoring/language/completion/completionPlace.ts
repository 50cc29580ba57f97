import type { Range, TextEdit } from 'vscode-languageserver-types';
import { type Descriptor, descriptorOf } from '../descriptors/descriptor';
import { type CompletionSite, completionSiteAt } from '../documents/completionSite';
import type { CompletionItems, PositionRequest } from '../languageProvider';
import { plainOrQuoted, quotedWithin } from './yamlScalars';

/** The place of a completion with its context. */
export interface CompletionPlace {
  readonly request: PositionRequest;
  readonly site: CompletionSite;
  /** The text before the cursor, in lowercase. */
  readonly typed: string;
  /** Undefined if the document isn't a descriptor. */
  readonly descriptor: Descriptor | undefined;
  /** The range to replace, on the line of the cursor. */
  readonly range: Range;
}

/** Returns completions of one sort; undefined if it doesn't apply to the place. */
export type CompletionSource = (
  place: CompletionPlace,
) => CompletionItems | undefined | Promise<CompletionItems | undefined>;

/** Returns undefined if nothing can be completed: in comments and template syntax. */
export function completionPlaceAt(request: PositionRequest): CompletionPlace | undefined {
  const { text, offset, context } = request;
  const site = completionSiteAt(text, offset);
  if (!site || site.start > offset || site.end < offset) return undefined;
  const range = text.rangeAt(site.start, site.end);
  const { line } = text.positionAt(offset);
  if (range.start.line !== line || range.end.line !== line) return undefined;
  const lineStart = text.lines.offsetOfLine(line);
  const written = text.text.slice(site.start, site.end);
  if (/\{[{%#]/.test(written) || isInTemplate(text.text.slice(lineStart, offset))) return undefined;
  const descriptor = descriptorOf(site.placed.part, context.catalog.kinds);
  return { request, site, typed: site.prefix.toLowerCase(), descriptor, range };
}

/** Whether the line has unclosed template syntax. */
function isInTemplate(before: string): boolean {
  const open = Math.max(...['{{', '{%', '{#'].map(mark => before.lastIndexOf(mark)));
  return open > Math.max(...['}}', '%}', '#}'].map(mark => before.lastIndexOf(mark)));
}

/** Returns the edit that inserts a value, quoted if necessary. */
export function valueEdit({ request, site, range }: CompletionPlace, value: string): TextEdit {
  if (!site.quote) return { range, newText: plainOrQuoted(value) };
  const isClosed = request.text.text.startsWith(site.quote, site.end);
  const newText = quotedWithin(value, site.quote);
  return { range, newText: isClosed ? newText : `${newText}${site.quote}` };
}
