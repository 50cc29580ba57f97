import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type LocationLink,
} from 'vscode-languageserver-types';
import { EMPTY_RANGE } from '../../../base';
import { flatMapInSlices } from '../../../platform/core';
import {
  completionSiteAt,
  type FieldPath,
  innerSpan,
  type LanguageProvider,
  type PositionRequest,
  type TextRequest,
  type YamlText,
} from '../../authoring/language';
import type { ActionRegistry } from '../core';
import { completeExpression, type ExpressionSite } from './expressions/expressionCompletion';
import { touchedName } from './expressions/expressionCursor';
import { expressionTokens } from './expressions/expressionTokens';
import { filesAt, sourceTargetsIn, typeOf } from './sourceTargets';
import { completeStructure } from './structureCompletion';
import { type TemplateDocument, templateDocument } from './templateDocument';
import { templateHover } from './templateHover';
import { type ExpressionPlace, nameAt, namesAfter } from './templateNames';
import { declarationsOf, fieldRange, placesOf, symbolAt, valueSpan } from './templateSymbols';

export interface TemplateProviderDeps {
  /** Currently known actions. */
  readonly actions: () => ActionRegistry;
}

/** Language provider of Templates: expressions, actions with their inputs, and fields of forms. */
export function createTemplateProvider({ actions }: TemplateProviderDeps): LanguageProvider {
  const documentAt = (text: YamlText, offset: number): TemplateDocument | undefined =>
    templateDocument(text.partAt(offset), actions());
  const documentsIn = ({ text, signal }: TextRequest): Promise<readonly TemplateDocument[]> =>
    flatMapInSlices(text.parts, signal, placed => {
      const document = templateDocument(placed, actions());
      return document ? [document] : [];
    });
  return {
    complete(request) {
      const { text, offset, context } = request;
      const document = documentAt(text, offset);
      if (!document) return { items: [], isIncomplete: false };
      const site = expressionSite(document, request);
      const items = site && completeExpression(site, context);
      return items ? { items, isIncomplete: false } : completeStructure(document, request);
    },

    hover(request) {
      const document = documentAt(request.text, request.offset);
      return document && templateHover(document, request);
    },

    async definition(request): Promise<readonly LocationLink[]> {
      const document = documentAt(request.text, request.offset);
      if (!document) return [];
      const links = nameDefinition(document, request);
      return links.length ? links : sourceDefinition(document, request);
    },

    references({ text, offset, includeDeclaration }) {
      const document = documentAt(text, offset);
      const symbol = document && symbolAt(document, text, offset);
      if (!symbol) return [];
      return placesOf(document, text, symbol)
        .filter(({ isDeclaration }) => includeDeclaration || !isDeclaration)
        .map(({ start, end }) => ({ uri: text.uri, range: text.rangeAt(start, end) }));
    },

    highlights({ text, offset }): readonly DocumentHighlight[] {
      const document = documentAt(text, offset);
      const symbol = document && symbolAt(document, text, offset);
      if (!symbol) return [];
      return placesOf(document, text, symbol).map(({ start, end, isDeclaration }) => ({
        range: text.rangeAt(start, end),
        kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    },

    async links(request): Promise<readonly DocumentLink[]> {
      const { text, context, signal } = request;
      const links: DocumentLink[] = [];
      for (const document of await documentsIn(request)) {
        for (const { scalar, uri } of sourceTargetsIn(document, text, context)) {
          if (signal.aborted) return [];
          const span = innerSpan(text, scalar);
          if (!span || (await typeOf(uri, context)) !== 'file') continue;
          links.push({ range: text.rangeAt(span.start, span.end), target: uri });
        }
      }
      return links;
    },

    async semanticTokens(request) {
      const texts = (await documentsIn(request)).flatMap(document => document.texts);
      return flatMapInSlices(texts, request.signal, written =>
        expressionTokens(written, request.text.text),
      );
    },
  };
}

/** The incomplete expression at a position, even if the YAML around it is invalid. */
function expressionSite(
  document: TemplateDocument,
  { text, offset }: PositionRequest,
): ExpressionSite | undefined {
  const written = document.textAt(offset);
  if (written) {
    const { source } = written;
    const first = text.text.charAt(source.start);
    return {
      text: written.text,
      at: source.textOffset(offset),
      namesAfter: path => namesAfter(document, written, path),
      rangeOf: span => {
        const { start, end } = source.span(span);
        return text.rangeAt(start, end);
      },
      quote: first === '"' || first === "'" ? first : undefined,
    };
  }
  const { line } = text.positionAt(offset);
  const lineStart = text.lines.offsetOfLine(line);
  const lineText = /^[^\r\n]*/.exec(text.text.slice(lineStart))?.[0] ?? '';
  if (!/\{[{%#]/.test(lineText)) return undefined;
  const site = completionSiteAt(text, offset);
  const place = site && placeOf(document, site.path);
  return (
    place && {
      text: lineText,
      at: offset - lineStart,
      namesAfter: path => namesAfter(document, place, path),
      rangeOf: ({ start, end }) => text.rangeAt(lineStart + start, lineStart + end),
      quote: site.quote,
    }
  );
}

/** Kind of a Template's field, if it is rendered. */
function placeOf(
  { model }: TemplateDocument,
  [spec, section, index, field]: FieldPath,
): ExpressionPlace | undefined {
  if (spec !== 'spec') return undefined;
  if (section === 'output') return { place: 'output', step: undefined };
  const step = model.steps.find(candidate => candidate.index === index);
  const isRendered = field === 'input' || field === 'if' || field === 'each';
  return section === 'steps' && isRendered ? { place: field, step } : undefined;
}

function nameDefinition(
  document: TemplateDocument,
  { text, offset }: PositionRequest,
): readonly LocationLink[] {
  const touched = touchedName(document, offset);
  if (!touched) return [];
  const { source } = touched.text;
  const origin = source.span(touched.identifier);
  const link = (selection: LocationLink['targetRange'], range = selection): LocationLink => ({
    originSelectionRange: text.rangeAt(origin.start, origin.end),
    targetUri: text.uri,
    targetRange: range,
    targetSelectionRange: selection,
  });
  if (touched.type !== 'path') return [];
  const { binding } = touched.path;
  if (binding) {
    const { start, end } = source.span(binding);
    const isItself = binding.kind === 'implicit' || touched.names.length > 1;
    return isItself ? [] : [link(text.rangeAt(start, end))];
  }
  const name = nameAt(document, touched.text, touched.names);
  if (!name?.path) return [];
  const [root] = touched.names;
  const { path, step } = name;
  const isDeclared = ['parameter', 'step', 'secret'].includes(name.kind);
  const ofStep = step && root === 'steps' ? ['steps', step.id] : undefined;
  const target = isDeclared ? touched.names : ofStep;
  const spans = target
    ? declarationsOf(document, text, target)
    : [valueSpan(document, text, path) ?? []].flat();
  return spans.map(span =>
    link(
      text.rangeAt(span.start, span.end),
      root === 'parameters' && isDeclared ? fieldRange(document, text, span, path) : undefined,
    ),
  );
}

async function sourceDefinition(
  document: TemplateDocument,
  { text, offset, context, signal }: PositionRequest,
): Promise<readonly LocationLink[]> {
  const target = sourceTargetsIn(document, text, context).find(
    ({ scalar }) => scalar.start <= offset && offset <= scalar.end,
  );
  if (!target) return [];
  const { start, end } = innerSpan(text, target.scalar) ?? target.scalar;
  const files = await filesAt(target.uri, context, signal);
  return files.map(targetUri => ({
    originSelectionRange: text.rangeAt(start, end),
    targetUri,
    targetRange: EMPTY_RANGE,
    targetSelectionRange: EMPTY_RANGE,
  }));
}
