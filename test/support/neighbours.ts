import type { LanguageProvider } from '../../src/features/authoring/language';
import { mustParseWhole, splitDocuments } from '../../src/platform/core/yaml';
import type { LanguageWorkspace } from './languageWorkspace';
import { edited, type Editing } from './realTexts';

/** Returns the number of distinguishable documents of a text; one if only the whole text is known. */
export function documentCount(text: string): number {
  // The catalog reads no text from a file with such a character.
  return mustParseWhole(text) || text.includes('\0') ? 1 : splitDocuments(text).length;
}

/**
 * Edits the part between the marker of a document and the line break before the next one; undefined if that changes the
 * number of documents.
 */
export function withDocumentEdited(
  text: string,
  document: number,
  changes: Editing,
): string | undefined {
  const { start, marker, end } = splitDocuments(text)[document] ?? { start: 0, marker: 0, end: 0 };
  const newline = marker === undefined ? undefined : text.slice(0, end).indexOf('\n', marker);
  const from = newline === undefined ? start : newline < 0 ? end : newline + 1;
  const to = Math.max(from, text.slice(0, end).trimEnd().length);
  const after = text.slice(0, from) + edited(text.slice(from, to), changes).text + text.slice(to);
  const isSame = documentCount(after) === documentCount(text) && marksIn(after) === marksIn(text);
  return isSame ? after : undefined;
}

/** Returns the number of texts that may be document markers. */
function marksIn(text: string): number {
  return text.split(/---|\.\.\./).length;
}

/** A problem with its document and line. */
interface ReportedProblem {
  readonly document: number;
  readonly name: string | undefined;
  readonly words: string;
}

/** Returns all problems of a file with a text. */
export async function problemsReportedFor(
  workspace: LanguageWorkspace,
  providers: readonly LanguageProvider[],
  { path, text }: { readonly path: string; readonly text: string },
): Promise<readonly ReportedProblem[]> {
  await workspace.write({ [path]: text });
  const request = workspace.open(path, text);
  const { engine } = workspace.catalog;
  // Problems with one cause are reported in one place, which the edit may move.
  const found = engine.getProblems({ file: request.text.uri, ungrouped: true });
  // Problems of skeletons belong to no document.
  const problems = found.filter(({ document }) => document !== undefined);
  for (const provider of providers) problems.push(...((await provider.problems?.(request)) ?? []));
  const parts = splitDocuments(text);
  return problems.map(({ code, message, severity, range, document = -1 }) => {
    const line = range.start.line - request.text.positionAt(parts[document]?.start ?? 0).line;
    const place = `${document} ${line}:${range.start.character}`;
    // Some messages contain a line of the file.
    const words = `${place} ${severity} ${code} ${message.replace(/at line \d+/, '')}`;
    return { document, name: nameIn(text, document), words };
  });
}

/** Returns problems of other documents that aren't about the given one. */
export function problemsOfOthers(
  document: number,
  told: readonly ReportedProblem[],
  names: readonly (string | undefined)[],
): readonly string[] {
  const own = names.flatMap(name => name?.toLowerCase() ?? []);
  return told
    .filter(other => other.document !== document)
    .filter(({ name }) => !own.includes(name?.toLowerCase() ?? ''))
    .map(({ words }) => words)
    .filter(words => !own.some(name => words.toLowerCase().includes(name)))
    .sort();
}

/** Returns the name of a document's entity. */
export function nameIn(text: string, document: number): string | undefined {
  const { start = 0, end = 0 } = splitDocuments(text)[document] ?? {};
  return /^[ \t]+["']?name["']?:[ \t]*["']?([\w.-]+)/m.exec(text.slice(start, end))?.[1];
}
