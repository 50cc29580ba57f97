import { describe, expect, it } from 'vitest';
import type { DescriptorDraft, ImportCandidate } from '../../../../../src/api';
import { english } from '../../../../../src/base';
import { importRows, ownerless, ownerRows } from '../../../../../src/features/authoring/plugin';
import { anEntity, InMemoryCatalog } from '../../../../support/inMemoryCatalog';

function aCandidate(path: string, changes: Partial<ImportCandidate> = {}): ImportCandidate {
  const folder = `file:///work/${path}`;
  return {
    folder,
    path,
    evidence: [{ type: 'npm', uri: `${folder}/package.json` }],
    coveredBy: undefined,
    isSuggested: true,
    ...changes,
  };
}

describe('`importRows`', () => {
  it('groups candidates in sections with their evidence', () => {
    const sections = importRows(
      [
        aCandidate('a', {
          evidence: ['npm', 'docker', 'docker', 'bazel'].map(type => ({ type, uri: '' })),
        }),
        aCandidate('b', { coveredBy: 'file:///work/catalog-info.yaml', isSuggested: false }),
        aCandidate('test/c', { isSuggested: false }),
      ],
      { translate: english, displayPath: uri => uri.replace('file:///work/', '') },
    );
    const shown = [...sections].map(([section, rows]) => [
      section,
      rows.map(({ label, description, isPicked }) => `${label}: ${description}, ${isPicked}`),
    ]);
    expect(shown).toEqual([
      ['suggested', ['a: npm, Docker, bazel, true']],
      ['covered', ['b: npm · possibly covered by catalog-info.yaml, false']],
      ['other', ['test/c: npm, false']],
    ]);
  });
});

describe('Import owners', () => {
  it('list groups and then users as short refs', () => {
    const catalog = new InMemoryCatalog({
      entities: [
        anEntity('User:jane', { profile: { displayName: 'Jane' } }),
        anEntity('Group:sales', {}, { title: 'Sales' }),
        anEntity('Group:other/ops'),
      ],
    });
    expect(ownerRows(catalog)).toEqual([
      { owner: 'sales', title: 'Sales', kind: 'group' },
      { owner: 'other/ops', title: undefined, kind: 'group' },
      { owner: 'user:jane', title: 'Jane', kind: 'user' },
    ]);
  });

  it('are requested only for drafts without an owner', () => {
    const draft = (folder: string, owner?: string): DescriptorDraft => ({
      folder,
      file: `${folder}/catalog-info.yaml`,
      text: '',
      entityRefs: [],
      owner,
      notes: [],
    });
    expect(ownerless([draft('a', 'x'), draft('b')])).toEqual(['b']);
  });
});
