import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LanguageProvider } from '../../../../../src/features/authoring/language';
import { createFeatures } from '../../../../../src/server/features';
import { ServerSettings } from '../../../../../src/server/serverSettings';
import { appConfigProvider } from '../../../../../src/server/standalone/appConfigProvider';
import { LanguageWorkspace, openLanguageWorkspace } from '../../../../support/languageWorkspace';
import { longRun } from '../../../../support/longRun';
import { documentCount } from '../../../../support/neighbours';
import { edited, editing, someRealRepositories } from '../../../../support/realTexts';
import { at, openCatalog } from '../../../../support/testCatalog';

/*
 * Much is cached between edits of a file: unchanged documents, moved positions, and results from
 * the catalog. None of it may ever show.
 */

const MANY = 'many.yaml';

/** Enough documents that unchanged ones aren't parsed again. */
const ENOUGH = 10;
const LONGEST = 6_000;
const MOST_FILES = 24;

const repositories = someRealRepositories(
  'edits of real files, beside files opened afresh',
).flatMap(({ files, ...repository }) => {
  const texts = inManyDocuments(files);
  return texts ? [{ ...repository, texts }] : [];
});

/** Every other descriptor is in one shared file. */
function inManyDocuments(
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const descriptors = Object.entries(files)
    .filter(([path, text]) => /\.ya?ml$/.test(path) && /^apiVersion: *backstage/m.test(text))
    .filter(([, text]) => text.length < LONGEST && documentCount(text) < ENOUGH)
    .slice(0, MOST_FILES);
  if (!descriptors.length) return undefined;
  const others = descriptors.filter((_, index) => index % 2 === 1);
  const those = descriptors.filter((_, index) => index % 2 === 0).map(([, text]) => text.trimEnd());
  let many = those.join('\n---\n');
  while (documentCount(many) < ENOUGH) many = [many, ...those].join('\n---\n');
  return { ...Object.fromEntries(others), [MANY]: `${many}\n` };
}

const aStep = fc.record({
  /** A few files, so that edits meet. */
  file: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(2)),
  changes: editing,
  /** Some edits come so fast that nothing is requested between them. */
  isAsked: fc.boolean(),
});

function featuresOf({ context }: LanguageWorkspace): readonly LanguageProvider[] {
  const { providers } = createFeatures({
    context,
    settings: new ServerSettings(),
    roots: () => [at('')],
    appConfigProvider: appConfigProvider({ roots: () => [at('')], reportsProblems: () => false }),
    fetchText: () => Promise.reject(new Error('Nothing is fetched')),
  });
  return providers;
}

/** All language features' results for a file that need no cursor. */
async function resultsFor(
  workspace: LanguageWorkspace,
  providers: readonly LanguageProvider[],
  { path, text }: { readonly path: string; readonly text: string },
): Promise<unknown> {
  const request = workspace.open(path, text);
  const whole = { ...request, range: request.text.rangeAt(0, text.length) };
  const said: unknown[] = [];
  for (const provider of providers) {
    said.push({
      problems: await provider.problems?.(request),
      symbols: await provider.symbols?.(request),
      folds: await provider.foldingRanges?.(request),
      tokens: await provider.semanticTokens?.(request),
      lenses: await provider.codeLenses?.(request),
      links: await provider.links?.(request),
      hints: await provider.inlayHints?.(whole),
    });
  }
  const { mirror } = workspace;
  const { uri } = request.text;
  return { entities: mirror.entitiesInFile(uri), problems: mirror.problems(uri), said };
}

describe.each(repositories)('Language features on edited files of $name', ({ texts, weight }) => {
  const paths = [MANY, ...Object.keys(texts).filter(path => path !== MANY)];

  it('return the same for edited files as for newly opened ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 4 }), async steps => {
        const catalog = await openCatalog(texts);
        const workspace = new LanguageWorkspace(catalog);
        await workspace.whenSettled();
        const providers = featuresOf(workspace);
        const now: Record<string, string> = { ...texts };
        const isOpen = new Set([MANY]);
        await resultsFor(workspace, providers, { path: MANY, text: now[MANY] ?? '' });
        for (const [index, { file, changes, isAsked }] of steps.entries()) {
          const path = paths[file % paths.length] ?? MANY;
          const { text } = edited(now[path] ?? '', changes);
          now[path] = text;
          await workspace.edit({ [path]: text });
          workspace.open(path, text);
          isOpen.add(path);
          if (!isAsked && index + 1 < steps.length) continue;
          const afresh = await openLanguageWorkspace(now);
          const features = featuresOf(afresh);
          for (const opened of isOpen) afresh.open(opened, now[opened]);
          for (const asked of new Set([MANY, path])) {
            const those = { path: asked, text: now[asked] ?? '' };
            expect(await resultsFor(workspace, providers, those)).toEqual(
              await resultsFor(afresh, features, those),
            );
          }
          afresh.dispose();
        }
        workspace.dispose();
      }),
      longRun({ runs: weight, seed: 20261204 }),
    );
  });
});
