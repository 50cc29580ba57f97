import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type Location,
  type LocationLink,
} from 'vscode-languageserver-types';
import { compareCodeUnits, EMPTY_RANGE, relativePath } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { Glob, isTooComplex } from '../../../../platform/core/globs';
import type { LanguageContext, LanguageProvider, PositionRequest } from '../languageProvider';
import { declarationIn, innerSpan, mentionAt, refMentionsIn } from '../mentions/mention';
import { declarationsOf, refPlaces } from '../mentions/places';
import { documentSymbols } from './documentSymbols';
import { type FileTarget, fileTargetsIn } from './fileTargets';

/** Navigates from refs to entities and back, and to files that descriptors refer to. */
export const navigationProvider: LanguageProvider = {
  async definition(request): Promise<readonly LocationLink[]> {
    const { context, text, offset } = request;
    const mention = mentionAt(text, offset, context.catalog.kinds);
    if (!mention) return fileDefinition(request);
    const { start, end } = innerSpan(text, mention.scalar) ?? mention.scalar;
    return declarationsOf(mention.ref, { context, text }).map(({ file, range, nameRange }) => ({
      originSelectionRange: text.rangeAt(start, end),
      targetUri: file,
      targetRange: range,
      targetSelectionRange: nameRange,
    }));
  },

  async references({
    context,
    text,
    offset,
    signal,
    includeDeclaration,
  }): Promise<readonly Location[]> {
    const mention = mentionAt(text, offset, context.catalog.kinds);
    if (!mention) return [];
    const declared = includeDeclaration ? declarationsOf(mention.ref, { context, text }) : [];
    const places = await refPlaces(mention.ref, { context, text, signal });
    return [
      ...declared.map(({ file, nameRange }) => ({ uri: file, range: nameRange })),
      ...places.map(({ file, range }) => ({ uri: file, range })),
    ];
  },

  async highlights({ context, text, offset, signal }): Promise<readonly DocumentHighlight[]> {
    const { kinds } = context.catalog;
    const mention = mentionAt(text, offset, kinds);
    if (!mention) return [];
    return flatMapInSlices(text.parts, signal, placed => {
      const declaration = declarationIn(placed, kinds);
      return [...(declaration ? [declaration] : []), ...refMentionsIn(placed, kinds)]
        .filter(({ ref }) => ref === mention.ref)
        .map(found => {
          const { start, end } = innerSpan(text, found.scalar) ?? found.scalar;
          const isName = found === declaration;
          return {
            range: text.rangeAt(start, end),
            kind: isName ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          };
        });
    });
  },

  async links({ context, text, signal }): Promise<readonly DocumentLink[]> {
    const found: DocumentLink[] = [];
    const targets = await flatMapInSlices(text.parts, signal, placed =>
      fileTargetsIn(placed, text, context),
    );
    for (const { scalar, url, file } of targets) {
      if (signal.aborted) return [];
      const target = url ?? file;
      const span = innerSpan(text, scalar);
      if (target === undefined || !span) continue;
      if (file !== undefined && !(await isFile(file, context))) continue;
      found.push({ range: text.rangeAt(span.start, span.end), target });
    }
    return found;
  },

  symbols: documentSymbols,
};

/** Returns the files that a path in a descriptor refers to. */
async function fileDefinition({
  context,
  text,
  offset,
}: PositionRequest): Promise<readonly LocationLink[]> {
  const target = fileTargetsIn(text.partAt(offset), text, context).find(
    ({ scalar }) => scalar.start <= offset && offset <= scalar.end,
  );
  if (!target) return [];
  const { start, end } = innerSpan(text, target.scalar) ?? target.scalar;
  const files = await filesOf(target, context);
  return files.map(targetUri => ({
    originSelectionRange: text.rangeAt(start, end),
    targetUri,
    targetRange: EMPTY_RANGE,
    targetSelectionRange: EMPTY_RANGE,
  }));
}

async function filesOf(
  { file, folder, pattern }: FileTarget,
  context: LanguageContext,
): Promise<readonly string[]> {
  if (folder !== undefined && pattern !== undefined) return globMatches(folder, pattern, context);
  return file !== undefined && (await isFile(file, context)) ? [file] : [];
}

async function isFile(uri: string, { files }: LanguageContext): Promise<boolean> {
  try {
    return (await files.stat(uri))?.type === 'file';
  } catch {
    // A place that can't be looked at can't be opened either.
    return false;
  }
}

/** The maximum number of files for a pattern. */
const MAX_MATCHES = 50;

/** Returns URIs of the catalog's files below a folder that match a pattern, in order; 50 at most. */
export function globMatches(
  folder: string,
  pattern: string,
  { catalog }: LanguageContext,
): readonly string[] {
  if (isTooComplex(pattern)) return [];
  const expression = new Glob(pattern);
  const matches: string[] = [];
  for (const uri of catalog.files()) {
    const path = relativePath(folder, uri);
    if (path !== undefined && expression.test(path)) matches.push(uri);
  }
  return matches.sort(compareCodeUnits).slice(0, MAX_MATCHES);
}
