import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Hover,
  type Location,
  type LocationLink,
  MarkupKind,
} from 'vscode-languageserver-types';
import { codeText, translate } from '../../../../base';
import {
  cursorAt,
  type LanguageContext,
  type LanguageProvider,
  markdownText,
  type PositionRequest,
  readText,
  type TextRequest,
} from '../../../authoring/language';
import { hasTemplateSyntax, type Span } from '../../core';
import { completeExpression } from '../expressions/expressionCompletion';
import { builtinCardOf, type NameTouch, touchedNameIn } from '../expressions/expressionCursor';
import { expressionTokens } from '../expressions/expressionTokens';
import { filesAt } from '../sourceTargets';
import { expressionPath, nameCard } from '../templateCards';
import { nameAt } from '../templateNames';
import {
  pathOfValue,
  skeletonNamesAfter,
  type SkeletonText,
  skeletonText,
  labelOf,
  valuesNamed,
  shortValue,
} from './skeletonText';
import { isRendered, type SkeletonUse, type SkeletonUses } from './skeletonUses';

/**
 * Language provider for files that Templates render, in any language: completes and checks references to passed
 * values only.
 */
export function createSkeletonProvider(skeletons: SkeletonUses): LanguageProvider {
  const skeletonOf = async (request: TextRequest): Promise<SkeletonText | undefined> => {
    const { text, context, signal } = request;
    // A quick check that excludes most files.
    if (!hasTemplateSyntax(text.text)) return undefined;
    const [first, ...others] = await skeletons.usesOf(text.uri, context, signal);
    return first && skeletonText(text, [first, ...others]);
  };
  const touchedBy = async (
    request: PositionRequest,
  ): Promise<{ skeleton: SkeletonText; touched: NameTouch } | undefined> => {
    const skeleton = await skeletonOf(request);
    const touched = skeleton && touchedNameIn(skeleton.names, request.offset);
    return touched && { skeleton, touched };
  };
  const valuesTouched = async (
    request: PositionRequest,
  ): Promise<{ found: ReturnType<typeof valuesNamed>; skeleton?: SkeletonText }> => {
    const touched = await touchedBy(request);
    if (!touched) return { found: valuesAtEntry(request, skeletons) };
    return { found: valuesAt(touched.touched, touched.skeleton), skeleton: touched.skeleton };
  };
  return {
    anyLanguage: true,

    async complete(request) {
      const { text, offset, context } = request;
      const skeleton = await skeletonOf(request);
      const items =
        skeleton &&
        completeExpression(
          {
            text: text.text,
            at: offset,
            options: skeleton.uses[0]?.options ?? {},
            namesAfter: path => skeletonNamesAfter(skeleton.uses, path),
            rangeOf: ({ start, end }) => text.rangeAt(start, end),
            quote: undefined,
          },
          context,
        );
      return { items: items ?? [], isIncomplete: false };
    },

    async hover(request): Promise<Hover | undefined> {
      const { text, context } = request;
      const found = await touchedBy(request);
      const value = found && cardOf(found.touched, found.skeleton, context);
      if (!found || value === undefined) return undefined;
      const { start, end } = found.touched.identifier;
      return { contents: { kind: MarkupKind.Markdown, value }, range: text.rangeAt(start, end) };
    },

    async definition(request): Promise<readonly LocationLink[]> {
      const { text } = request;
      const found = await touchedBy(request);
      if (!found || found.touched.type !== 'path') return [];
      const { touched, skeleton } = found;
      const { start, end } = touched.identifier;
      const originSelectionRange = text.rangeAt(start, end);
      const link = (targetUri: string, range: LocationLink['targetRange']): LocationLink => ({
        originSelectionRange,
        targetUri,
        targetRange: range,
        targetSelectionRange: range,
      });
      const { binding } = touched.path;
      if (binding) {
        const hasDeclaration = binding.kind !== 'implicit' && touched.names.length === 1;
        return hasDeclaration ? [link(text.uri, text.rangeAt(binding.start, binding.end))] : [];
      }
      return valuesAt(touched, skeleton).map(({ use, value }) =>
        link(use.text.uri, use.text.rangeAt(value.span.start, value.span.end)),
      );
    },

    async references(request): Promise<readonly Location[]> {
      const { context, signal, includeDeclaration } = request;
      const { found } = await valuesTouched(request);
      const declared = includeDeclaration
        ? found.map(({ use, value: { span } }) => ({
            uri: use.text.uri,
            range: use.text.rangeAt(span.start, span.end),
          }))
        : [];
      const used: Location[] = [];
      const seen = new Set<string>();
      for (const { use, value } of found) {
        for (const uri of await filesAt(use.root, context, signal, MAX_FILES)) {
          if (signal.aborted) return [];
          if (seen.has(uri) || !isRendered(uri, use)) continue;
          seen.add(uri);
          used.push(...(await usesInFile(uri, { use, name: value.name }, request)));
        }
      }
      return [...declared, ...used];
    },

    async highlights(request): Promise<readonly DocumentHighlight[]> {
      const { text, context } = request;
      const highlight = ({ start, end }: Span, kind: DocumentHighlightKind): DocumentHighlight => ({
        range: text.rangeAt(start, end),
        kind,
      });
      const { found, skeleton } = await valuesTouched(request);
      const [first] = found;
      if (!first) return [];
      const { use, value } = first;
      if (skeleton) {
        return placesIn(skeleton, { use, name: value.name }).map(place =>
          highlight(place, DocumentHighlightKind.Read),
        );
      }
      // Several steps may pass it to the same files.
      const passing = skeletons.usesIn(text, context).filter(({ root }) => root === use.root);
      return valuesNamed(passing, value.name).map(other =>
        highlight(other.value.span, DocumentHighlightKind.Write),
      );
    },

    async semanticTokens(request) {
      const skeleton = await skeletonOf(request);
      return skeleton
        ? expressionTokens(skeleton, request.text.text, skeleton.uses[0]?.variable)
        : [];
    },
  };
}

/** Maximum number of files of a skeleton to search. */
const MAX_FILES = 300;

/** Passed values with the name at a position, also if it is followed by further names. */
function valuesAt(touched: NameTouch, { uses }: SkeletonText): ReturnType<typeof valuesNamed> {
  if (touched.type !== 'path' || touched.path.binding) return [];
  const [root, name] = touched.names;
  const passing = uses.filter(({ variable }) => variable === root);
  return name === undefined ? [] : valuesNamed(passing, name);
}

/** Passed values of the entry in `values` at a position of a Template. */
function valuesAtEntry(
  { text, context, offset }: PositionRequest,
  skeletons: SkeletonUses,
): ReturnType<typeof valuesNamed> {
  const { at, path = [] } = cursorAt(text, offset) ?? {};
  // With `${{ parameters }}`, the keys are those of the form.
  if (at !== 'key' || path[1] !== 'steps' || path.at(-2) !== 'values') return [];
  return skeletons
    .usesIn(text, context)
    .flatMap(use =>
      use.values
        .filter(({ span }) => span.start <= offset && offset <= span.end)
        .map(value => ({ use, value })),
    );
}

async function usesInFile(
  uri: string,
  { use, name }: { use: SkeletonUse; name: string },
  { context }: TextRequest,
): Promise<readonly Location[]> {
  const text = context.openText(uri) ?? (await readText(uri, context));
  if (!text?.text.includes(name)) return [];
  return placesIn(skeletonText(text, [use]), { use, name }).map(({ start, end }) => ({
    uri,
    range: text.rangeAt(start, end),
  }));
}

/** References to a passed value in a file. */
function placesIn(
  skeleton: SkeletonText,
  { use, name }: { use: SkeletonUse; name: string },
): readonly Span[] {
  return skeleton.names.paths.flatMap(({ names: [root, value], binding }) =>
    !binding && root.name === use.variable && value?.name === name ? [value] : [],
  );
}

function cardOf(
  touched: NameTouch,
  skeleton: SkeletonText,
  context: LanguageContext,
): string | undefined {
  if (touched.type === 'filter' || touched.type === 'test') return builtinCardOf(touched);
  if (touched.type !== 'path' || touched.path.binding) return undefined;
  const { names } = touched;
  const found = valuesAt(touched, skeleton);
  if (!found.length || names.length > 2) {
    const last = names.at(-1);
    const known = skeletonNamesAfter(skeleton.uses, names.slice(0, -1));
    const name = known.find(candidate => candidate.name === last);
    return name && nameCard(names, name, context);
  }
  const lines = found.map(({ use, value }) => {
    const written = shortValue(value.value);
    const label = markdownText(labelOf(use), context);
    return written
      ? translate('Passed by {0}: {1}', label, `\`${written}\``)
      : translate('Passed by {0}', label);
  });
  return [
    `**\`${codeText(expressionPath(names))}\`**`,
    ...lines,
    ...found.slice(0, 1).flatMap(({ use, value }) => sourceCard(use, value.value, context)),
  ].join('\n\n');
}

/** Card of the parameter or output that is passed on. */
function sourceCard(use: SkeletonUse, value: unknown, context: LanguageContext): readonly string[] {
  const names = pathOfValue(value);
  const name = names && nameAt(use.document, { place: 'input', step: use.step }, names);
  return name ? ['---', nameCard(names, name, context)] : [];
}
