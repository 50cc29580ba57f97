import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type LanguageProvider,
  renameEntity,
} from '../../../../../src/features/authoring/language';
import { createFeatures } from '../../../../../src/server/features';
import { ServerSettings } from '../../../../../src/server/serverSettings';
import { appConfigProvider } from '../../../../../src/server/standalone/appConfigProvider';
import { expectAnswersInText } from '../../../../support/answersInText';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
  pathOf,
} from '../../../../support/languageWorkspace';
import { longRun } from '../../../../support/longRun';
import { textAt } from '../../../../support/markedText';
import {
  problemsOfOthers,
  documentCount,
  nameIn,
  problemsReportedFor,
  withDocumentEdited,
} from '../../../../support/neighbours';
import { edited, type Editing, editing, someRealRepositories } from '../../../../support/realTexts';
import { appliedPlan } from '../../../../support/renames';
import { at } from '../../../../support/testCatalog';

/** Larger files are all API definitions and take most of the time. */
const LARGEST = 60_000;

const repositories = someRealRepositories('the language features on edited real files');

const names = fc.constantFrom('b', 'crew', 'Team.B', 'x-1', 'a_b', 'my-name-is-long.and_odd');

const { signal } = new AbortController();

describe.each(repositories)('Language features in the files of $name', ({ files, weight }) => {
  let workspace: LanguageWorkspace;
  let providers: readonly LanguageProvider[];
  beforeAll(async () => {
    workspace = await openLanguageWorkspace(files);
    ({ providers } = createFeatures({
      context: workspace.context,
      settings: new ServerSettings(),
      roots: () => [at('')],
      appConfigProvider: appConfigProvider({ roots: () => [at('')], reportsProblems: () => false }),
      fetchText: () => Promise.reject(new Error('Nothing is fetched')),
    }));
  });
  afterAll(() => workspace.dispose());

  /** Has a file as it was, for whatever is tried next. */
  async function restore(path: string): Promise<void> {
    const text = files[path] ?? '';
    await workspace.write({ [path]: text });
    workspace.open(path, text);
  }

  const all = Object.entries(files).filter(([, text]) => text.length <= LARGEST);
  // Files other than YAML can belong to a skeleton.
  const asked = all.flatMap(([path, text]) => (isYaml(path) || text.includes('${{') ? path : []));

  it('return valid ranges after any edits', async () => {
    const property = async (path: string, changes: Editing): Promise<void> => {
      const { text, offset } = edited(files[path] ?? '', changes);
      try {
        await workspace.write({ [path]: text });
        const opened = workspace.open(path, text);
        const request = { ...opened, offset, position: opened.text.positionAt(offset) };
        await expectAnswersInText(request, {
          providers: providers.filter(provider => isYaml(path) || provider.anyLanguage),
          textOf: uri => (uri === at(path) ? text : files[pathOf(uri)]),
        });
      } finally {
        await restore(path);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...asked), editing, property),
      longRun({ runs: 2 * weight, seed: 20261201 }),
    );
  });

  const parted = all.flatMap(([path, text]) =>
    isYaml(path) && documentCount(text) > 1 ? path : [],
  );

  it.runIf(parted.length)(
    'keep the results of other documents beside a half-written one',
    async () => {
      // Skeleton syntax has no documents.
      const judges = providers.filter(({ anyLanguage }) => !anyLanguage);
      const property = async (path: string, drawn: number, changes: Editing): Promise<void> => {
        const text = files[path] ?? '';
        const document = drawn % documentCount(text);
        const after = withDocumentEdited(text, document, changes);
        if (after === undefined) return;
        try {
          const before = await problemsReportedFor(workspace, judges, { path, text });
          const now = await problemsReportedFor(workspace, judges, { path, text: after });
          const own = [text, after].map(version => nameIn(version, document));
          expect(problemsOfOthers(document, now, own)).toEqual(
            problemsOfOthers(document, before, own),
          );
        } finally {
          await restore(path);
        }
      };
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...parted), fc.nat(100), editing, property),
        longRun({ runs: 2 * weight, seed: 20261203 }),
      );
    },
  );

  it('restore the same bytes after a rename and its inverse', async () => {
    const refs = [...workspace.mirror.entities()].map(({ ref }) => ref);
    if (!refs.length) return;
    let done = 0;
    const property = async (ref: string, newName: string): Promise<void> => {
      const { name = '' } = workspace.mirror.get(ref) ?? {};
      const there = await renameEntity(workspace.context, { ref, newName }, signal);
      // Some can't be renamed, with a reason.
      if (!there?.ok) return;
      const isSpelledSo = there.value.files.every(({ uri, edits }) =>
        edits.every(({ range }) => textAt(files[pathOf(uri)] ?? '', range).includes(name)),
      );
      // The original case of each ref is lost after the renaming.
      if (!isSpelledSo) return;
      done++;
      const renamed = appliedPlan(workspace, there.value);
      try {
        await workspace.write(renamed);
        for (const [path, text] of Object.entries(renamed)) workspace.open(path, text);
        const renamedRef = ref.replace(/[^/]*$/, newName.toLowerCase());
        expect(workspace.mirror.get(renamedRef)?.name).toBe(newName);
        const request = { ref: renamedRef, newName: name };
        const back = await renameEntity(workspace.context, request, signal);
        if (!back?.ok) throw new Error(back?.error ?? 'It was given up.');
        expect(appliedPlan(workspace, back.value)).toEqual(
          Object.fromEntries(Object.keys(renamed).map(path => [path, files[path]])),
        );
      } finally {
        for (const path of Object.keys(renamed)) await restore(path);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...refs), names, property),
      longRun({ runs: 4 * weight, seed: 20261202 }),
    );
    expect(done).toBeGreaterThan(0);
  });
});

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
