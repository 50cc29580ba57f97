import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { isRecord, WorkSlices } from '../../base';
import type { Problem, Severity } from '../../model';
import { descriptorOf } from '../descriptors/descriptor';
import type { YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageProvider, PositionRequest, TextRequest } from '../languageProvider';
import { excerptAround } from './excerpt';
import { namesSchema } from './modelines';
import type { StructurePart } from './structurePart';
import type { StructureService } from './structureService';

const severities: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'hint',
};

export interface StructureProviderDeps {
  readonly service: StructureService;
  /**
   * Whether another extension completes and explains by the schema that it has from Callboard. Then only
   * documents after the first are completed here, where that has nothing to offer for one schema of a file;
   * documents that name a schema themselves are its own business.
   */
  readonly isElsewhere: () => boolean;
  /** Something that is another object when documents have to be looked at again. */
  readonly state: () => object;
}

/** The fields of documents, by their schemas. */
export function createStructureProvider({
  service,
  isElsewhere,
  state,
}: StructureProviderDeps): LanguageProvider {
  /** What was found in a document, which most edits of its file leave alone. */
  let found = new WeakMap<YamlPart, Found>();
  let foundIn = state();
  const isOurs = ({ index, source }: StructurePart): boolean =>
    !isElsewhere() || (index > 0 && !namesSchema(source));
  return {
    async complete(request) {
      const { position, signal } = request;
      const { part } = await partAt(request);
      const items = isOurs(part) ? await service.complete(part, position, signal) : [];
      return { items, isIncomplete: false };
    },
    async hover(request) {
      if (isElsewhere()) return undefined;
      const { position, signal } = request;
      const { part, firstLine, lastLine } = await partAt(request);
      const hover = await service.hover(part, position, signal);
      const { start, end } = hover?.range ?? {};
      const isWhole = !start || !end || (start.line >= firstLine && end.line <= lastLine);
      // Of what reaches into what was left out, the client finds out what it is for itself.
      return hover && !isWhole ? { contents: hover.contents } : hover;
    },
    async problems(request) {
      const { text, signal } = request;
      if (foundIn !== state()) {
        found = new WeakMap();
        foundIn = state();
      }
      const isCatalogFile = await holdsDescriptors(request);
      const problems: Problem[] = [];
      for (const placed of text.parts) {
        if (signal.aborted) return [];
        const startLine = text.positionAt(placed.start).line;
        let known = found.get(placed.part);
        if (known?.startLine !== startLine || known.isCatalogFile !== isCatalogFile) {
          const part = structurePart(text, placed, isCatalogFile);
          const isSilent = isElsewhere() && namesSchema(part.source);
          const diagnostics = isSilent ? [] : await service.validate(part, signal);
          known = { startLine, isCatalogFile, diagnostics };
          // Who names a schema depends on what stands in that.
          if (!signal.aborted && !namesSchema(part.source)) {
            found.set(placed.part, known);
          }
        }
        for (const diagnostic of known.diagnostics) {
          problems.push(toProblem(diagnostic, text.uri, placed.index));
        }
      }
      return problems;
    },
  };
}

interface Found {
  readonly startLine: number;
  readonly isCatalogFile: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

async function holdsDescriptors({
  context: { catalog },
  text,
  signal,
}: TextRequest): Promise<boolean> {
  if (catalog.entitiesInFile(text.uri).length > 0) return true;
  const slices = new WorkSlices();
  for (const { part } of text.parts) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return false;
    if (descriptorOf(part, catalog.kinds) !== undefined) return true;
  }
  return false;
}

/** What tells of a place in a text: a document, or what of a long one has a bearing on the place. */
interface PartAround {
  /** In which the place has the position that it has in the file. */
  readonly part: StructurePart;
  /** The lines of the file around it that are in the part. */
  readonly firstLine: number;
  readonly lastLine: number;
}

async function partAt(request: PositionRequest): Promise<PartAround> {
  const { text, offset } = request;
  const placed = text.partAt(offset);
  const part = structurePart(text, placed, await holdsDescriptors(request));
  const excerpt = excerptAround(placed.part, offset - placed.start);
  if (!excerpt) return { part, firstLine: 0, lastLine: Infinity };
  const { source, leftOut, firstLine, lastLine } = excerpt;
  const { startLine } = part;
  return {
    part: { ...part, source, startLine: startLine + leftOut },
    firstLine: startLine + firstLine,
    lastLine: startLine + lastLine,
  };
}

function structurePart(
  text: YamlText,
  { part, start, index }: PlacedPart,
  isCatalogFile: boolean,
): StructurePart {
  const startLine = text.positionAt(start).line;
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

/** As `misspeltFields` has them. */
function hasSuggestions(data: unknown): data is { readonly suggestions: readonly string[] } {
  return isRecord(data) && Array.isArray(data['suggestions']);
}
