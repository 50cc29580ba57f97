import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { isRecord, shiftRange } from '../../../../base';
import type { Problem, Severity } from '../../../../model';
import { isDescriptor } from '../descriptors/descriptor';
import type { YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext, LanguageProvider } from '../languageProvider';
import { excerptAround } from './excerpt';
import { namesSchema } from './modelines';
import type { StructureService } from './service/structureService';
import type { StructurePart } from './structurePart';

const severities: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'hint',
};

export interface StructureProviderDeps {
  readonly service: Pick<StructureService, 'complete' | 'hover' | 'validate'>;
  /**
   * Whether another extension completes and explains by Callboard's schemas. Then only documents after the first are
   * completed here, because that extension supports one schema per file; documents with a modeline are left to it.
   */
  readonly isDelegated: () => boolean;
  /** Returns an object that changes when documents have to be checked again. */
  readonly state: () => object;
}

/** Provides fields of documents by their schemas. */
export function createStructureProvider({
  service,
  isDelegated,
  state,
}: StructureProviderDeps): LanguageProvider {
  /** Cached problems of documents, most of which an edit leaves unchanged. */
  let found = new WeakMap<YamlPart, Found>();
  let foundIn = state();
  const isOurs = ({ index, source }: StructurePart): boolean =>
    !isDelegated() || (index > 0 && !namesSchema(source));
  return {
    async complete({ context, text, position, offset, signal }) {
      const part = partAt(context, text, offset);
      const items = isOurs(part) ? await service.complete(part, position, signal) : [];
      return { items, isIncomplete: false };
    },
    async hover({ context, text, position, offset, signal }) {
      if (isDelegated()) return undefined;
      const hover = await service.hover(partAt(context, text, offset), position, signal);
      const { start, end } = hover?.range ?? {};
      // A range over several lines may include omitted ones: clients need no range.
      return hover && start?.line !== end?.line ? { contents: hover.contents } : hover;
    },
    async problems({ context, text, signal }) {
      if (foundIn !== state()) {
        found = new WeakMap();
        foundIn = state();
      }
      const isCatalogFile = holdsDescriptors(context, text);
      const problems: Problem[] = [];
      for (const placed of text.parts) {
        if (signal.aborted) return [];
        const before = found.get(placed.part);
        if (before?.isCatalogFile === isCatalogFile) {
          const known = foundAt(before, placed);
          if (known !== before) found.set(placed.part, known);
          problems.push(...known.problems);
          continue;
        }
        const part = structurePart(text, placed, isCatalogFile);
        const isSilent = isDelegated() && namesSchema(part.source);
        const diagnostics = isSilent ? [] : await service.validate(part, signal);
        const known = {
          isCatalogFile,
          line: placed.line,
          index: placed.index,
          problems: diagnostics.map(diagnostic => toProblem(diagnostic, text.uri, placed.index)),
        };
        // Results of a document with a modeline depend on the schema's content.
        if (!signal.aborted && !namesSchema(part.source)) found.set(placed.part, known);
        problems.push(...known.problems);
      }
      return problems;
    },
  };
}

interface Found {
  readonly isCatalogFile: boolean;
  /** The line of the document when it was checked. */
  readonly line: number;
  readonly index: number;
  readonly problems: readonly Problem[];
}

/** Returns the results at the document's current line; they don't depend on it otherwise. */
function foundAt(found: Found, { line, index }: PlacedPart): Found {
  const isThere = found.line === line && found.index === index;
  if (isThere || !found.problems.length) return found;
  const lines = line - found.line;
  const problems = found.problems.map(problem => ({
    ...problem,
    document: index,
    range: shiftRange(problem.range, lines),
  }));
  return { ...found, line, index, problems };
}

function holdsDescriptors({ catalog }: LanguageContext, text: YamlText): boolean {
  return (
    catalog.entitiesInFile(text.uri).length > 0 ||
    text.parts.some(({ part }) => isDescriptor(part, catalog.kinds))
  );
}

/** Returns the document at a place, or an excerpt of a long one; the place has the same position in both. */
function partAt(context: LanguageContext, text: YamlText, offset: number): StructurePart {
  const placed = text.partAt(offset);
  const part = structurePart(text, placed, holdsDescriptors(context, text));
  const excerpt = excerptAround(placed.part, offset - placed.start);
  if (!excerpt) return part;
  return { ...part, source: excerpt.source, startLine: part.startLine + excerpt.leftOut };
}

function structurePart(
  text: YamlText,
  { part, line: startLine, index }: PlacedPart,
  isCatalogFile: boolean,
): StructurePart {
  return { uri: text.uri, index, source: part.source, startLine, isCatalogFile };
}

function toProblem(
  { code, severity, message, range, data }: Diagnostic,
  file: string,
  document: number,
): Problem {
  return {
    code: String(code),
    severity: severities[severity ?? DiagnosticSeverity.Error],
    message: typeof message === 'string' ? message : message.value,
    file,
    document,
    range,
    ...(hasSuggestions(data) && { suggestions: data.suggestions }),
  };
}

/** Whether diagnostic data has the suggestions of `misspelledFields`. */
function hasSuggestions(data: unknown): data is { readonly suggestions: readonly string[] } {
  return isRecord(data) && Array.isArray(data['suggestions']);
}
