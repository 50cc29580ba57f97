import { describe, expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import type { PluginDetails } from '../../../../../../src/features/plugins/core';
import {
  PluginActivity,
  type PluginRow,
  pluginRows,
  type PluginRowsDeps,
} from '../../../../../../src/features/plugins/core/view';

function aPlugin(details: Partial<PluginDetails> = {}): PluginDetails {
  return {
    id: 'acme',
    title: 'Acme',
    origin: 'extension',
    extension: 'acme.tools',
    capabilities: {},
    status: 'active',
    error: undefined,
    manifest: 'file:///acme/package.json',
    activity: new PluginActivity(() => 0),
    ...details,
  };
}

/** Returns the rows as lines, indented below their parents. */
function linesOf(
  plugins: readonly PluginDetails[],
  deps: Partial<PluginRowsDeps> = {},
): readonly string[] {
  const lines = (rows: readonly PluginRow[], indent = ''): readonly string[] =>
    rows.flatMap(({ label, description, icon, children = [] }) => [
      `${indent}${icon} ${label}${description ? `: ${description}` : ''}`,
      ...lines(children, `${indent}  `),
    ]);
  return lines(
    pluginRows(plugins, {
      translate: english,
      now: 0,
      grantOf: () => undefined,
      countEntities: () => 0,
      storedState: () => ({ values: 0, size: 0 }),
      ...deps,
    }),
  );
}

describe('Rows of the Plugins view', () => {
  it('lists plugins of others before a group of the built-in ones', () => {
    const core = aPlugin({ id: 'core', title: 'core', origin: 'builtin' });
    expect(linesOf([core, aPlugin()])).toEqual([
      'plug Acme',
      'package Built-in: 1',
      '  plug Core Services',
    ]);
  });

  it('shows contributions with time, errors and calls without an answer', () => {
    let now = 0;
    const activity = new PluginActivity(() => now);
    const card = {};
    const provider = {};
    activity.addContribution(card, 'portal.entity-cards', 'Quality');
    activity.addContribution(provider, 'catalog.entity-providers', 'inventory');
    activity.addCall(card, 'load() of Quality', 12.34);
    activity.addPending(card);
    activity.addError(card, 'load() of Quality', new Error('No data'));
    now = 10_000;
    const rows = linesOf([aPlugin({ activity })], {
      now,
      countEntities: name => (name === 'inventory' ? 3 : 0),
      storedState: () => ({ values: 2, size: 1500 }),
    });
    expect(rows.slice(0, -1)).toEqual([
      'warning Acme: Not responding',
      '  error Errors: 1',
      '    error No data: load() of Quality · just now',
      '  extensions Contributions: 2',
      '    warning Quality: Card · not responding · 1 error · 12 ms in 1 call',
      '    symbol-misc inventory: Entity provider',
      '  clock Time: 12 ms in 1 call',
      '  symbol-class Entities: 3',
      '  database State: 2 values · 2 kB',
    ]);
  });

  it('shows capabilities, answers and uses', () => {
    const activity = new PluginActivity(() => 0);
    const capabilities = { edits: true, network: ['api.acme.dev'] };
    activity.addUse({ capability: 'network', detail: 'GET /', isAllowed: true });
    activity.addUse({ capability: 'secrets', detail: 'get token', isAllowed: false });
    const rows = linesOf([aPlugin({ capabilities, activity })], {
      grantOf: (_, capability) => (capability === 'network' ? 'allowed' : undefined),
    });
    expect(rows.slice(1, -1)).toEqual([
      '  shield Capabilities: 3',
      '    question Edit files: Not asked yet',
      '    pass Contact hosts: Allowed · api.acme.dev',
      '      pass GET /: just now',
      '    circle-slash Store secrets: Not declared',
      '      circle-slash get token: Refused · just now',
      '  globe Requests: 1',
    ]);
  });

  it('counts requests that are no longer in the log', () => {
    const activity = new PluginActivity(() => 0);
    for (let at = 0; at < 150; at++) {
      activity.addUse({ capability: 'network', detail: `GET /${at}`, isAllowed: true });
      activity.addUse({ capability: 'network', detail: `POST /${at}`, isAllowed: false });
    }
    expect(linesOf([aPlugin({ activity })])).toContain('  globe Requests: 150');
  });

  describe('of an extension with a declaration and code', () => {
    const declaration = (details: Partial<PluginDetails> = {}): PluginDetails =>
      aPlugin({ id: 'acme', extension: undefined, ...details });
    const code = (details: Partial<PluginDetails> = {}): PluginDetails =>
      aPlugin({ id: 'acme-code', title: 'Acme Code', ...details });

    it('are one, with the contributions, errors and capabilities of both', () => {
      const activities = ['Links', 'Quality'].map(name => {
        const activity = new PluginActivity(() => 0);
        const card = {};
        activity.addContribution(card, 'portal.entity-cards', name);
        activity.addCall(card, 'load()', 1);
        return activity;
      });
      activities[1]?.addError(undefined, 'load()', new Error('No data'));
      const [first, second] = activities;
      const asked: string[] = [];
      const rows = linesOf(
        [
          code({ activity: second, capabilities: { edits: true } }),
          declaration({ activity: first }),
        ],
        {
          grantOf: ({ id }) => {
            asked.push(id);
            return 'allowed';
          },
          storedState: () => ({ values: 1, size: 1000 }),
        },
      );
      expect(rows).toEqual([
        'warning Acme: 1 error',
        '  error Errors: 1',
        '    error No data: load() · just now',
        '  shield Capabilities: 1',
        '    pass Edit files: Allowed',
        '  extensions Contributions: 2',
        '    symbol-misc Links: Card · 1 ms in 1 call',
        '    symbol-misc Quality: Card · 1 ms in 1 call',
        '  clock Time: 2 ms in 2 calls',
        '  database State: 2 values · 2 kB',
        'package Built-in: 0',
      ]);
      expect(asked).toEqual(['acme-code']);
    });

    it.each<[PluginDetails['status'], PluginDetails['status'], string]>([
      ['active', 'failed', 'error Acme: Failed'],
      ['active', 'waiting', 'watch Acme: Waiting'],
      ['disabled', 'active', 'plug Acme'],
      ['disabled', 'disabled', 'circle-slash Acme: Disabled'],
    ])('show %s and %s', (ofDeclaration, ofCode, expected) => {
      const plugins = [declaration({ status: ofDeclaration }), code({ status: ofCode })];
      expect(linesOf(plugins)[0]).toBe(expected);
    });

    it('stay apart from other extensions and workspaces', () => {
      const manifest = 'file:///other/package.json';
      const other = aPlugin({ id: 'other', title: 'Other', manifest });
      const own = declaration({ id: 'own', title: 'Own', origin: 'workspace' });
      expect(linesOf([declaration(), other, own]).filter(line => line.startsWith('plug'))).toEqual([
        'plug Acme',
        'plug Other',
        'plug Own',
      ]);
    });
  });

  it('says why a plugin is not active', () => {
    const failed = aPlugin({ status: 'failed', error: 'No\nluck' });
    expect(linesOf([failed]).slice(0, 2)).toEqual(['error Acme: Failed', '  error No luck']);
  });

  it.each<[Partial<PluginDetails>, string]>([
    [{}, 'plugin extension enabled manifest reportable'],
    [{ status: 'disabled' }, 'plugin extension disabled manifest reportable'],
    [{ origin: 'workspace', extension: undefined }, 'plugin workspace enabled manifest'],
    [{ origin: 'builtin', extension: undefined, manifest: undefined }, 'plugin builtin enabled'],
  ])('offers the menus for %j', (details, contextValue) => {
    const [row] = pluginRows([aPlugin(details)], {
      translate: english,
      now: 0,
      grantOf: () => undefined,
      countEntities: () => 0,
      storedState: () => ({ values: 0, size: 0 }),
    });
    expect((row?.type === 'builtins' ? row.children?.[0] : row)?.contextValue).toBe(contextValue);
  });
});
