import type { LanguageProvider } from '../../src/features/authoring/language';
import { mustParseWhole, splitDocuments } from '../../src/platform/core/yaml';
import type { LanguageWorkspace } from './languageWorkspace';
import { edited, type Editing } from './realTexts';

/** How many documents a text has that can be told apart; one where that is only known of the whole. */
export function documentCount(text: string): number {
  // No text is a file with such a character for the catalog.
  return mustParseWhole(text) || text.includes('\0') ? 1 : splitDocuments(text).length;
}

/**
 * Edits what stands between the marker of a document and the line break before the next; undefined where
 * it comes to a document more or fewer, which is another matter.
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

/** What may be the marker of a document, or the end of one, in some place or other. */
function marksIn(text: string): number {
  return text.split(/---|\.\.\./).length;
}

/** What a problem says, and in which document and line of it. */
interface ReportedProblem {
  readonly document: number;
  readonly name: string | undefined;
  readonly words: string;
}

/** All that is told of a file with some text. */
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
    // Some name their line in the file as well.
    const words = `${place} ${severity} ${code} ${message.replace(/at line \d+/, '')}`;
    return { document, name: nameIn(text, document), words };
  });
}

/** What is said of other documents than one, and not about it: of the same entity, or of refs to it. */
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

/** The name that a document gives its entity. */
export function nameIn(text: string, document: number): string | undefined {
  const { start = 0, end = 0 } = splitDocuments(text)[document] ?? {};
  return /^[ \t]+["']?name["']?:[ \t]*["']?([\w.-]+)/m.exec(text.slice(start, end))?.[1];
}
