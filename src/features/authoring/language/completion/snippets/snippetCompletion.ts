import { CompletionItemKind, InsertTextFormat, InsertTextMode } from 'vscode-languageserver-types';
import { translate } from '../../../../../base';
import type { CompletionItems } from '../../languageProvider';
import type { CompletionPlace } from '../completionPlace';
import { mayHoldDescriptors } from '../paths/folders';
import { type OfferedValue, valueItems } from '../valueItems';
import { kindSnippets, snippetFacts } from './kindSnippets';

/** Completes whole descriptors in an otherwise empty document. */
export async function completeDescriptors(
  place: CompletionPlace,
): Promise<CompletionItems | undefined> {
  const { site, request } = place;
  if (site.at !== 'key' || site.path.length || site.indent || site.quote || site.isFlow) {
    return undefined;
  }
  const apiVersion = soleApiVersion(place);
  if (apiVersion === undefined || !mayHoldDescriptors(place)) return undefined;
  const { kinds } = request.context.catalog;
  const facts = await snippetFacts(request);
  const snippets = kindSnippets(kinds, facts).filter(
    snippet =>
      apiVersion === '' ||
      kinds.find(apiVersion, snippet.kind)?.apiVersions.includes(snippet.apiVersion),
  );
  return valueItems(
    place,
    snippets.map((snippet): OfferedValue => {
      const body =
        apiVersion === '' ? `apiVersion: ${snippet.apiVersion}\n${snippet.body}` : snippet.body;
      return {
        value: snippet.label,
        detail: translate('Complete descriptor'),
        kind: CompletionItemKind.Snippet,
        changes: {
          newText: body,
          insertTextFormat: InsertTextFormat.Snippet,
          insertTextMode: InsertTextMode.asIs,
        },
      };
    }),
  );
}

/**
 * Returns the apiVersion of a document, `''` if it has no other line than the cursor's; undefined if it has more
 * content.
 */
function soleApiVersion({ site, request }: CompletionPlace): string | undefined {
  const { text } = request;
  const { start, end } = site.placed;
  const line = text.positionAt(site.start).line;
  const lineStart = text.lines.offsetOfLine(line);
  const lineEnd = text.lines.offsetOfLine(line + 1);
  const before = text.text.slice(start, Math.max(start, lineStart));
  // A new document can start before the first marker of a file.
  const after = text.text.slice(Math.min(end, lineEnd), end).split(/^---/m, 1)[0] ?? '';
  if (text.text.slice(site.end, lineEnd).trim() !== '' || wordsIn(after).length) return undefined;
  const [first, ...others] = wordsIn(before);
  if (first === undefined) return '';
  if (others.length) return undefined;
  return /^apiVersion:\s+["']?([^\s"'#]+)["']?\s*$/.exec(first)?.[1];
}

/** Returns the lines with content other than comments and markers. */
function wordsIn(text: string): readonly string[] {
  return text.split(/\r\n?|\n/).filter(line => !/^\s*(?:#.*)?$|^---\s*(?:#.*)?$/.test(line));
}
