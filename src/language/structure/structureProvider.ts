import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Problem, Severity } from '../../model';
import { descriptorOf } from '../descriptors/descriptor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext, LanguageProvider } from '../languageProvider';
import type { StructurePart } from './structurePart';
import type { StructureService } from './structureService';

const severities: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'hint',
};

/**
 * The fields of documents, by their schemas.
 *
 * @param isElsewhere - whether another extension completes and explains the fields of descriptors: then
 *   only documents after the first are helped with here, which its one schema for a file cannot tell apart
 */
export function createStructureProvider(
  service: StructureService,
  isElsewhere: () => boolean,
): LanguageProvider {
  const isOurs = (part: StructurePart): boolean => !isElsewhere() || part.index > 0;
  return {
    async complete({ context, text, position, offset, signal }) {
      const part = structurePart(context, text, text.partAt(offset));
      const items = isOurs(part) ? await service.complete(part, position, signal) : [];
      return { items, isIncomplete: false };
    },
    async hover({ context, text, position, offset, signal }) {
      const part = structurePart(context, text, text.partAt(offset));
      return isElsewhere() ? undefined : service.hover(part, position, signal);
    },
    async problems({ context, text, signal }) {
      const problems: Problem[] = [];
      for (const placed of text.parts) {
        if (signal.aborted) return [];
        const part = structurePart(context, text, placed);
        if (isElsewhere() && service.recognise(part)?.type !== 'descriptor') continue;
        for (const diagnostic of await service.validate(part, signal)) {
          problems.push(toProblem(diagnostic, text.uri, placed.index));
        }
      }
      return problems;
    },
  };
}

function structurePart(
  { catalog }: LanguageContext,
  text: YamlText,
  { part, start, index }: PlacedPart,
): StructurePart {
  return {
    uri: text.uri,
    index,
    source: part.source,
    startLine: text.positionAt(start).line,
    isCatalogFile:
      catalog.entitiesInFile(text.uri).length > 0 ||
      text.parts.some(other => descriptorOf(other.part, catalog.kinds) !== undefined),
  };
}

function toProblem(
  { code, severity, message, range }: Diagnostic,
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
  };
}
