import type { Range, TextEdit } from 'vscode-languageserver-types';
import { type Descriptor, descriptorOf } from '../descriptors/descriptor';
import { type CompletionSite, completionSiteAt } from '../documents/completionSite';
import type { CompletionItems, PositionRequest } from '../languageProvider';
import { plainOrQuoted, quotedWithin } from './yamlScalars';

/** A place where something is about to be written, and all that is known of it. */
export interface CompletionPlace {
  readonly request: PositionRequest;
  readonly site: CompletionSite;
  /** What of the written is before the cursor, lower-cased. */
  readonly typed: string;
  /** Undefined in a document that is no descriptor. */
  readonly descriptor: Descriptor | undefined;
  /** What is replaced; it lies on the line of the cursor. */
  readonly range: Range;
}

/** One part of what is offered; undefined where it has nothing to do with the place. */
export type CompletionSource = (
  place: CompletionPlace,
) => CompletionItems | undefined | Promise<CompletionItems | undefined>;

/** Undefined where nothing is to be offered: where YAML is silent, and in template syntax. */
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

/** Whether template syntax that began on the line is still open. */
function isInTemplate(before: string): boolean {
  const open = Math.max(...['{{', '{%', '{#'].map(mark => before.lastIndexOf(mark)));
  return open > Math.max(...['}}', '%}', '#}'].map(mark => before.lastIndexOf(mark)));
}

/** Puts a value where something is written: quoted where YAML asks for it. */
export function valueEdit({ request, site, range }: CompletionPlace, value: string): TextEdit {
  if (!site.quote) return { range, newText: plainOrQuoted(value) };
  const isClosed = request.text.text.startsWith(site.quote, site.end);
  const newText = quotedWithin(value, site.quote);
  return { range, newText: isClosed ? newText : `${newText}${site.quote}` };
}
