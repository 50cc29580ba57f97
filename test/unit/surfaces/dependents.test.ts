import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { CardContent } from '../../../src/api';
import { english } from '../../../src/base';
import { entityLensProvider } from '../../../src/features/authoring/language/codeLens/entityLensProvider';
import { entityCard } from '../../../src/features/authoring/language/hover/entityHoverProvider';
import { EntityGraphs } from '../../../src/features/catalog/core/pages';
import { dependentsList } from '../../../src/features/catalog/plugin/dependentsList';
import { dependentsCard } from '../../../src/features/portal/plugin/cards/relations/relations';
import { RelationPairs } from '../../../src/model';
import { dependentsSummary } from '../../../src/model/presentation';
import { TestAgent } from '../../support/agents';
import { type LanguageWorkspace, openLanguageWorkspace } from '../../support/languageWorkspace';
import { sharedMaterial } from '../../support/sharedMaterial';
import { callboard } from '../cli/capture';

/** Dependents of an entity as a surface shows them. */
interface Shown {
  /** Sorted refs; undefined for surfaces that show the numbers only. */
  readonly refs?: readonly string[];
  /** `8 entities of 5 owners`, or the surface's text without dependents. */
  readonly summary: string;
}

const signal = new AbortController().signal;

async function onAllSurfaces(
  ref: string,
  workspace: LanguageWorkspace,
  folder: string,
): Promise<Readonly<Record<string, Shown>>> {
  const { engine } = workspace.catalog;
  const dependents = await engine.getDependents(ref);
  const list = dependentsList(ref, dependents, { catalog: engine, translate: english });
  return {
    command: {
      refs: sorted(list.groups.flatMap(({ rows }) => rows.map(({ entityRef }) => entityRef))),
      summary: dependents.entities.length ? afterColon(list.title) : 'none',
    },
    lens: await lens(ref, workspace),
    hover: await hover(ref, workspace),
    card: await card(ref, workspace),
    graph: await graph(ref, workspace),
    cli: await commandLine(ref, folder),
    agents: await agents(ref, workspace),
  };
}

async function lens(ref: string, workspace: LanguageWorkspace): Promise<Shown> {
  const { file = '', range } = workspace.catalog.engine.getEntitySource(ref) ?? {};
  const text = new TextDecoder().decode(await workspace.catalog.files.readFile(file));
  const request = workspace.open(file.replace('file:///work/', ''), text);
  const lenses = (await entityLensProvider.codeLenses?.(request)) ?? [];
  const own = lenses.filter(one => one.range.start.line >= (range?.start.line ?? 0));
  const title = own.find(({ command }) => command?.title.startsWith('dependents'))?.command?.title;
  return { summary: afterColon(title ?? '') };
}

async function hover(ref: string, { context, mirror }: LanguageWorkspace): Promise<Shown> {
  const entity = mirror.get(ref);
  const text = entity ? await entityCard(entity, context, signal) : '';
  return { summary: /^Dependents: (.+?)(?: {2})?$/m.exec(text)?.[1] ?? 'none' };
}

async function card(ref: string, { catalog }: LanguageWorkspace): Promise<Shown> {
  const entity = catalog.engine.getEntityByRef(ref);
  const own = dependentsCard({ catalog: catalog.engine, translate: english });
  const content = entity && (await own.load(entity, { signal }));
  if (content?.type !== 'sections') return { refs: [], summary: 'none' };
  const [owners, entities] = content.sections;
  return { refs: sorted(refsOf(entities?.content)), summary: owners?.description ?? '' };
}

function refsOf(content: CardContent | undefined): readonly string[] {
  return content?.type === 'entities' ? content.entityRefs : [];
}

async function graph(ref: string, { catalog }: LanguageWorkspace): Promise<Shown> {
  const graphs = new EntityGraphs({
    catalog: catalog.engine,
    relationPairs: () => new RelationPairs(),
    translate: english,
  });
  const query = { rootRefs: [ref], dependents: true };
  const { dependents: owners = [], nodes } = await graphs.getGraph(query, signal);
  const refs = sorted(owners.flatMap(({ entityRefs }) => entityRefs));
  expect(sorted(nodes.filter(({ isRoot }) => !isRoot).map(node => node.ref))).toEqual(refs);
  return {
    refs,
    summary: refs.length ? dependentsSummary({ entities: refs, owners }) : 'none',
  };
}

async function commandLine(ref: string, cwd: string): Promise<Shown> {
  const { stdout: json } = await callboard(['dependents', ref, '--format', 'json'], { cwd });
  const { dependents } = JSON.parse(json) as { dependents: readonly { ref: string }[] };
  const { stdout: table } = await callboard(['dependents', ref], { cwd });
  return {
    refs: sorted(dependents.map(one => one.ref)),
    summary: dependents.length ? afterColon(table.split('\n')[0] ?? '') : 'none',
  };
}

async function agents(ref: string, { catalog }: LanguageWorkspace): Promise<Shown> {
  const agent = new TestAgent(catalog);
  const answer = await agent.value('dependents', { ref, limit: 200 });
  const { dependents, summary } = answer as {
    dependents: readonly { ref: string }[];
    summary: string;
  };
  return { refs: sorted(dependents.map(one => one.ref)), summary: summary || 'none' };
}

/** The text after the last `: `. */
function afterColon(text: string): string {
  return text.slice(text.lastIndexOf(': ') + 2);
}

function sorted(refs: readonly string[]): readonly string[] {
  return [...new Set(refs)].sort();
}

async function openFolder(folder: string): Promise<LanguageWorkspace> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !/\/(?:node_modules|\.git)\//.test(file));
  return openLanguageWorkspace(
    Object.fromEntries(files.map(file => [relative(folder, file), readFileSync(file, 'utf8')])),
  );
}

const corpus = sharedMaterial(
  'corpus/veecode-platform__demo-catalog/tree',
  'Dependents in a real catalog',
);
const catalogs = [inProject('demo'), ...(corpus === undefined ? [] : [corpus])];

describe.each(catalogs)('dependents in %s', folder => {
  it('are the same in every surface', async () => {
    const workspace = await openFolder(folder);
    const { engine } = workspace.catalog;
    const withDependents: string[] = [];
    for (const ref of engine.getEntityRefs()) {
      const { entities } = await engine.getDependents(ref);
      if (entities.length > 0) withDependents.push(ref);
    }
    expect(withDependents.length).toBeGreaterThan(3);
    const refs = withDependents.filter(ref =>
      /^(?:component|api|resource|system|domain):/.test(ref),
    );
    for (const ref of refs.slice(0, 12)) {
      const expected = await engine.getDependents(ref);
      const shown = await onAllSurfaces(ref, workspace, folder);
      const summary = dependentsSummary(expected);
      const all = sorted(expected.entities.map(({ entityRef }) => entityRef));
      const withRefs = { refs: all, summary };
      expect(shown, ref).toEqual({
        command: withRefs,
        lens: { summary },
        hover: { summary },
        card: withRefs,
        graph: withRefs,
        cli: withRefs,
        agents: withRefs,
      });
    }
    workspace.dispose();
  });
});

it('of the Booking Service of the demo are 8 entities of 5 owners', async () => {
  const workspace = await openFolder(inProject('demo'));
  const ref = 'component:default/booking-service';
  const shown = await onAllSurfaces(ref, workspace, inProject('demo'));
  for (const [surface, { summary }] of Object.entries(shown)) {
    expect(`${surface}: ${summary}`).toBe(`${surface}: 8 entities of 5 owners`);
  }
  expect(shown['command']?.refs).toEqual([
    'api:default/booking-api',
    'api:default/checkout-trpc',
    'api:harbour/boarding-api',
    'component:default/skerry-web',
    'component:default/skerry-web-ja',
    'component:default/ticket-mailer',
    'component:harbour/gate-scanner',
    'component:harbour/gate-service',
  ]);
  workspace.dispose();
});
