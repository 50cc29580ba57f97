import { describe, expect, it } from 'vitest';
import type { CatalogSourceInfo } from '../../../../../src/api';
import { english } from '../../../../../src/base';
import {
  nodesBelow,
  presentSourceNode,
  sourceNodes,
  type SourceRow,
} from '../../../../../src/features/sources/plugin';
import { aSource, aSourceFailure } from '../../../../support/sourceInfo';

const MINUTE = 60_000;
const now = 600 * MINUTE;
const deps = { translate: english, now };

function rowOf(source: CatalogSourceInfo): SourceRow | undefined {
  const [node] = sourceNodes([source]);
  return node && presentSourceNode(node, source, deps);
}

function rowsBelow(source: CatalogSourceInfo): readonly (string | undefined)[] {
  return nodesBelow(source).map(node => {
    const row = presentSourceNode(node, source, deps);
    return row && [row.icon, row.label, row.description].filter(Boolean).join(' | ');
  });
}

describe('row of a source', () => {
  it('shows the number and age of its entities, in its color', () => {
    const row = rowOf(
      aSource({ entities: 1204, fetchedAt: now - 3 * MINUTE, color: 'charts.blue' }),
    );
    expect(row).toMatchObject({
      label: 'Acme',
      description: '1,204 entities · 3 min ago',
      icon: 'repo',
      iconColor: 'charts.blue',
      isFolder: false,
      contextValue: 'source git',
      accessibilityLabel: 'Acme, git repository, 1,204 entities, 3 min ago',
    });
  });

  it.each([
    [
      { total: 90_000, isTooLarge: true },
      '1,204 of 90,000 entities · just now',
      'The source has more entities than its "limit" allows. Callboard keeps referenced entities, entities related to the workspace, and opened entities.',
    ],
    [
      { total: undefined, isTooLarge: false },
      '1,204 entities · just now',
      'Callboard keeps referenced entities, entities related to the workspace, and opened entities.',
    ],
  ])('explains a partial copy: %j', (part, description, words) => {
    const row = rowOf(aSource({ entities: 1204, fetchedAt: now, part }));
    expect([row?.description, row?.tooltip.split('\n').at(-1)]).toEqual([description, words]);
  });

  it('counts entities that are not allowed, with a way to allow them', () => {
    const notAllowed = [
      { kind: 'Template', entities: 20 },
      { kind: 'User', entities: 1 },
    ];
    const source = aSource({ entities: 23, notAllowed, fetchedAt: now });
    const row = rowOf(source);
    expect(row).toMatchObject({
      description: '2 of 23 entities; 21 not allowed · just now',
      isFolder: true,
      contextValue: 'source git notAllowed',
      tooltip: expect.stringContaining('Kinds not allowed: Template (20), User (1)') as string,
    });
    expect(rowsBelow(source)).toEqual([
      'circle-slash | Kinds not allowed: Template (20), User (1)',
      'shield | Allow Kinds…',
    ]);
  });

  it('explains an empty partial copy', () => {
    const part = { total: undefined, isTooLarge: false };
    const row = rowOf(aSource({ entities: 0, fetchedAt: now, part }));
    expect(row?.description).toBe('no referenced entities · just now');
  });

  it.each([
    ['git', 'repo'],
    ['url', 'link'],
    ['github', 'github'],
    ['gitlab', 'organization'],
    ['backstage', 'server'],
  ] as const)('of type %s has the icon %s', (type, icon) => {
    expect(rowOf(aSource({ type }))?.icon).toBe(icon);
  });

  it.each([
    [0, 'just now'],
    [59 * MINUTE, '59 min ago'],
    [60 * MINUTE, '1 h ago'],
    [24 * 60 * MINUTE, '1 day ago'],
    [50 * 60 * MINUTE, '2 days ago'],
    [-MINUTE, 'just now'],
  ])('shows the age of a copy (%i ms): %s', (age, words) => {
    expect(rowOf(aSource({ fetchedAt: now - age }))?.description).toBe(`3 entities · ${words}`);
  });

  it('shows the progress of a fetch', () => {
    const fetching = { isFetching: true, fetchedAt: now };
    expect(rowOf(aSource(fetching))).toMatchObject({
      description: 'fetching… · 3 entities · just now',
      icon: 'loading~spin',
      contextValue: 'source git fetching',
    });
    expect(rowOf(aSource({ ...fetching, progress: '40 of 90' }))?.description).toBe(
      '40 of 90 · 3 entities · just now',
    );
  });

  it('is a warning if it shows an outdated copy', () => {
    const failure = aSourceFailure({ retryAt: now + 90_000 });
    const row = rowOf(aSource({ fetchedAt: now - 120 * MINUTE, failure, color: 'charts.blue' }));
    expect(row).toMatchObject({
      description: 'out of date · 3 entities · 2 h ago',
      icon: 'warning',
      iconColor: 'problemsWarningIcon.foreground',
      isFolder: true,
      contextValue: 'source git failed',
    });
    expect(row?.tooltip.split('\n').slice(0, 2)).toEqual([
      'Acme (git repository)',
      'https://git.example/acme.git',
    ]);
    expect(row?.tooltip.split('\n').slice(3)).toEqual([
      '',
      'git.example cannot be reached',
      'Check the network.',
      'Next attempt: in 2 min.',
    ]);
  });

  it('shows the signed-in user', () => {
    const row = rowOf(aSource({ type: 'backstage', account: 'user:default/jane' }));
    expect(row?.tooltip.split('\n')[2]).toBe('You are signed in as user:default/jane.');
    expect(row?.contextValue).toBe('source backstage signedIn');
  });

  it('is an error without a copy', () => {
    const source = aSource({ fetchedAt: undefined, entities: 0, failure: aSourceFailure() });
    expect(rowOf(source)).toMatchObject({ description: 'fetch failed', icon: 'error' });
    expect(rowOf({ ...source, failure: undefined })?.description).toBe('not fetched yet');
  });
});

describe('rows below a source', () => {
  it('are empty without a failure', () => {
    expect(rowsBelow(aSource())).toEqual([]);
  });

  it('show the failure and actions', () => {
    expect(rowsBelow(aSource({ failure: aSourceFailure({ retryAt: now + 5000 }) }))).toEqual([
      'error | git.example cannot be reached',
      'lightbulb | Check the network.',
      'refresh | Try Again | next attempt: in less than a minute',
      'settings-gear | Open Settings',
    ]);
  });

  it('start with the token if one is missing', () => {
    const failure = aSourceFailure({ needsToken: true, advice: undefined });
    expect(rowsBelow(aSource({ failure }))).toEqual([
      'error | git.example cannot be reached',
      'key | Set Token…',
      'refresh | Try Again',
      'settings-gear | Open Settings',
    ]);
    expect(rowOf(aSource({ failure }))?.contextValue).toBe('source git failed needsToken');
  });

  it('start with the sign-in if the host supports it', () => {
    const failure = aSourceFailure({ needsToken: true, canSignIn: true, advice: undefined });
    expect(rowsBelow(aSource({ failure })).slice(1, 3)).toEqual([
      'sign-in | Sign In…',
      'key | Set Token…',
    ]);
    expect(rowOf(aSource({ type: 'backstage', failure }))?.contextValue).toBe(
      'source backstage failed needsToken canSignIn',
    );
  });

  it('disappear without a failure or without the source', () => {
    const [node] = nodesBelow(aSource({ failure: aSourceFailure() }));
    expect(node && presentSourceNode(node, aSource(), deps)).toBeUndefined();
    expect(node && presentSourceNode(node, undefined, deps)).toBeUndefined();
  });
});
