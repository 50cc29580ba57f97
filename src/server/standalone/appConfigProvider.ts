import { contributedSchemaFor } from '../../features/authoring/core/schemas';
import type { LanguageProvider } from '../../features/authoring/language';
import { appConfigs } from '../../features/catalog/core';
import type { Problem } from '../../model';
import type { AppConfigProviderDeps } from '../catalog/catalogSource';

/**
 * Reports problems in the `catalog:` part of an app-config.yaml and the places of its targets, for clients that don't
 * do so themselves. Such clients have no notion of trust, so variables are unknown and nothing outside the workspace is
 * read.
 */
export function appConfigProvider({
  roots,
  release,
  reportsProblems,
}: AppConfigProviderDeps): LanguageProvider {
  const isConfig = (uri: string, text: string): boolean =>
    contributedSchemaFor(uri, text, []) === 'app-config';
  return {
    async links({ context, text: { uri, text } }) {
      if (!isConfig(uri, text)) return [];
      const links = await appConfigs.appConfigLinks({ uri, text }, context.files);
      return links.map(({ range, uri: target }) => ({ range, target }));
    },

    async problems({ context, text: { uri, text } }) {
      if (reportsProblems(uri) || !isConfig(uri, text)) return [];
      const problems = await appConfigs.validateAppConfig(uri, {
        fileSystem: context.files,
        environment: new Map(),
        release: release?.(),
        kinds: context.catalog.kinds.knownKinds().map(({ kind }) => kind),
        confinedTo: roots(),
      });
      const own = problems.filter(({ file }) => file === uri);
      const isUnknown = isPartlyUnknown(
        text,
        own.filter(({ code }) => code === VARIABLE),
      );
      return own.filter(problem => problem.code !== VARIABLE && !isUnknown(problem));
    },
  };
}

const VARIABLE = 'app-config-variable';

/** Whether a missing value may come from a variable, so that it may be correct. */
function isPartlyUnknown(
  text: string,
  variables: readonly Problem[],
): (problem: Problem) => boolean {
  const lines = text.split(/\r?\n/);
  const indentOf = (line: number): number => (lines[line] ?? '').search(/\S/);
  const isBelow = (line: number, top: number): boolean => {
    if (line <= top) return line === top;
    const between = lines.slice(top + 1, line + 1).map((_, index) => indentOf(top + 1 + index));
    return between.every(indent => indent < 0 || indent > indentOf(top));
  };
  return ({ range: { start } }) =>
    variables.some(({ range }) => isBelow(range.start.line, start.line));
}
