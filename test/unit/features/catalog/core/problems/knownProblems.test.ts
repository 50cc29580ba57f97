import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem, SeveritySettings } from '../../../../../../src/model';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { longRun } from '../../../../../support/longRun';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

/* An edit of a file changes only the related problems of other files. */

const MANY = 10;

const dangling = (name: string, owner = 'nobody'): string => aComponent(name, { owner });

const annotated = (name: string, system: string): string =>
  aDescriptor(
    `component:${name}`,
    {},
    { annotations: { 'backstage.io/techdocs-entity': `system:${system}` } },
  );

const danglingOnes = (): string[] =>
  Array.from({ length: MANY }, (_, index) => dangling(`c${index}`));

/** The problems of a file, including grouped ones. */
const each = ({ engine }: TestCatalog, file: string): readonly Problem[] =>
  engine.getProblems({ file: at(file), ungrouped: true });

async function edited(
  parts: readonly string[],
  edit: (catalog: TestCatalog) => Promise<void>,
  others: Readonly<Record<string, string>> = {},
): Promise<{ before: readonly Problem[]; after: readonly Problem[] }> {
  const catalog = await openCatalog({ 'x.yaml': '', ...others });
  await catalog.write({ 'x.yaml': documents(...parts) });
  const before = each(catalog, 'x.yaml');
  await edit(catalog);
  return { before, after: each(catalog, 'x.yaml') };
}

/** Indexes of problems that are no longer the same object after the edit. */
function changedPlaces(before: readonly Problem[], after: readonly Problem[]): readonly number[] {
  return after.flatMap((problem, index) => (before.includes(problem) ? [] : [index]));
}

describe('Problems of documents', () => {
  it('stay the same objects while another file is edited', async () => {
    const { before, after } = await edited(
      danglingOnes(),
      catalog => catalog.write({ 'y.yaml': dangling('other', 'somebody') }),
      { 'y.yaml': dangling('other') },
    );
    expect(before).toHaveLength(MANY);
    expect(after).toHaveLength(MANY);
    expect(changedPlaces(before, after)).toEqual([]);
  });

  it('change when their target or suggestion is created', async () => {
    const parts = danglingOnes().with(2, dangling('c2', 'cms')).with(5, dangling('c5', 'team-a'));
    const { before, after } = await edited(parts, catalog =>
      catalog.write({ 'y.yaml': documents(aDescriptor('group:cms'), aDescriptor('group:team-b')) }),
    );
    expect(after).toHaveLength(MANY - 1);
    expect(changedPlaces(before, after)).toEqual([4]);
    expect(after[4]?.suggestions).toEqual(['team-b']);
  });

  it('change when their target fails elsewhere or its position changes', async () => {
    const parts = danglingOnes().with(2, dangling('c2', 'cms'));
    const failing = aDescriptor('group:cms', { type: 5 });
    const { before, after } = await edited(parts, catalog => catalog.write({ 'y.yaml': failing }));
    expect(changedPlaces(before, after)).toEqual([2]);
    expect(after[2]?.message).toContain('has errors');
    const moved = await edited(
      parts,
      catalog => catalog.write({ 'y.yaml': `# A line\n${failing}` }),
      { 'y.yaml': failing },
    );
    expect(changedPlaces(moved.before, moved.after)).toEqual([2]);
    const [line, now] = [moved.before, moved.after].map(
      problems => problems[2]?.related?.[0]?.range.start.line,
    );
    expect(now).toBe(Number(line) + 1);
    const gone = await edited(parts, catalog => catalog.remove('y.yaml'), { 'y.yaml': failing });
    expect(changedPlaces(gone.before, gone.after)).toEqual([2]);
    expect(gone.after[2]?.message).not.toContain('has errors');
  });

  it('change when another definition wins or its position changes', async () => {
    const parts = danglingOnes();
    const { before, after } = await edited(parts, catalog =>
      catalog.write({ 'a.yaml': dangling('c4') }),
    );
    expect(changedPlaces(before, after)).toEqual([4]);
    expect(after[4]?.code).toBe('duplicate-entity');
    const moved = await edited(
      parts,
      catalog => catalog.write({ 'a.yaml': `# A line\n${dangling('c4')}` }),
      { 'a.yaml': dangling('c4') },
    );
    expect(changedPlaces(moved.before, moved.after)).toEqual([4]);
    expect(moved.after[4]?.message).toContain('a.yaml:5 takes precedence');
  });

  it('change when an entity of the right kind is created', async () => {
    const parts = danglingOnes().with(6, dangling('c6', 'component:cms'));
    const { before, after } = await edited(parts, catalog =>
      catalog.write({ 'y.yaml': aDescriptor('group:cms') }),
    );
    expect(before[6]?.code).toBe('wrong-kind-reference');
    expect(changedPlaces(before, after)).toEqual([6]);
    expect(after[6]?.suggestions).toEqual(['cms']);
  });

  it("change when an annotation's target is created, deleted, fails or changes", async () => {
    const parts = danglingOnes().with(4, annotated('c4', 'shop'));
    const system = aDescriptor('system:shop');
    const came = await edited(parts, catalog => catalog.write({ 'y.yaml': system }));
    const others = came.before.filter(({ message }) => !message.startsWith('Annotation'));
    expect(came.before).toHaveLength(others.length + 1);
    expect(came.after).toEqual(others);
    expect(changedPlaces(came.before, came.after)).toEqual([]);
    const messageAfter = async (edit: (catalog: TestCatalog) => Promise<void>): Promise<string> => {
      const { before, after } = await edited(parts, edit, { 'y.yaml': system });
      const places = changedPlaces(before, after);
      expect(places).toHaveLength(1);
      return places.map(place => after[place]?.message).join();
    };
    expect(await messageAfter(catalog => catalog.remove('y.yaml'))).toMatch(
      /^Annotation .* catalog$/,
    );
    expect(
      await messageAfter(catalog => catalog.write({ 'y.yaml': aDescriptor('system:shpo') })),
    ).toMatch(/^Annotation .* Did you mean "system:shpo"\?$/);
    const failing = aDescriptor('system:shop', { owner: 5 });
    expect(await messageAfter(catalog => catalog.write({ 'y.yaml': failing }))).toMatch(
      /^Annotation .* has errors$/,
    );
  });

  it('change for entities created while their file was ignored', async () => {
    const catalog = await openCatalog({
      'skeleton/x.yaml': aComponent('a', { owner: 'cms', system: 'none' }),
    });
    expect(catalog.codes('skeleton/x.yaml')).toEqual(['dangling-reference', 'dangling-reference']);
    await catalog.write({
      't.yaml': aDescriptor('template:t', {
        steps: [{ id: 's', name: 'S', action: 'fetch:template', input: { url: './skeleton' } }],
      }),
    });
    expect(catalog.codes('skeleton/x.yaml')).toEqual([]);
    await catalog.write({ 'y.yaml': aDescriptor('group:cms') });
    await catalog.remove('t.yaml');
    expect(catalog.messages('skeleton/x.yaml')).toEqual([
      'spec.system refers to system:default/none, which is not in the catalog',
    ]);
  });

  it('move with unchanged documents', async () => {
    const parts = danglingOnes()
      .with(6, dangling('c6', 'component:cms'))
      .with(7, dangling('c0'))
      .with(8, annotated('c8', 'shop'));
    const { before, after } = await edited(parts, async catalog => {
      await catalog.write({ 'x.yaml': documents(...parts.with(2, `# A\n\n${dangling('c2')}`)) });
      await catalog.write({ 'x.yaml': documents('# A\n', ...parts) });
    });
    const cold = await openCatalog({ 'x.yaml': documents('# A\n', ...parts) });
    expect(after).toEqual(each(cold, 'x.yaml'));
    expect(after).not.toEqual(before);
  });

  it('are reported at each of several identical documents', async () => {
    const same = dangling('same', 'component:cms');
    const parts = [...danglingOnes(), same, same];
    const { after } = await edited(parts, catalog =>
      catalog.write({ 'x.yaml': documents('# A\n', same, ...parts) }),
    );
    const cold = await openCatalog({ 'x.yaml': documents('# A\n', same, ...parts) });
    expect(after).toEqual(each(cold, 'x.yaml'));
    expect(after.filter(({ code }) => code === 'duplicate-entity')).toHaveLength(2);
  });

  it('use the current severity settings', async () => {
    const { before, after } = await edited(danglingOnes(), async ({ engine }) => {
      engine.setOptions({ ...engine.options, severities: { 'dangling-reference': 'error' } });
      await engine.refresh();
    });
    expect(new Set(before.map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect(new Set(after.map(({ severity }) => severity))).toEqual(new Set(['error']));
  });

  it('stay the same objects with custom severities', async () => {
    const catalog = await openCatalog(
      { 'x.yaml': documents(...danglingOnes()) },
      { options: { severities: { 'dangling-reference': 'error' } } },
    );
    const before = each(catalog, 'x.yaml');
    expect(before).toHaveLength(MANY);
    await catalog.write({ 'y.yaml': dangling('other', 'somebody') });
    expect(changedPlaces(before, each(catalog, 'x.yaml'))).toEqual([]);
  });
});

const name = fc.constantFrom('one', 'two', 'three', 'ones', 'ONE', 'far');

const document = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, name).map(([a, b]) => dangling(a, b)) },
  { weight: 2, arbitrary: fc.nat(40).map(number => dangling(`c${number}`)) },
  { weight: 2, arbitrary: name.map(a => aDescriptor(`group:${a}`)) },
  fc.tuple(name, name).map(([a, b]) => aDescriptor(`group:${a}`, { parent: b })),
  fc.tuple(name, name).map(([a, b]) => aDescriptor(`group:${a}`, { children: [b, a] })),
  fc.tuple(name, name).map(([a, b]) => aComponent(a, { subcomponentOf: b, dependsOn: [`x:${b}`] })),
  fc.tuple(name, name).map(([a, b]) => dangling(a, `component:${b}`)),
  fc.tuple(name, name).map(([a, b]) => dangling(a, `api:other/${b}`)),
  { weight: 2, arbitrary: fc.tuple(name, name).map(([a, b]) => annotated(a, b)) },
  name.map(a => aDescriptor(`system:${a}`)),
  name.map(a => aDescriptor(`system:${a}`, { owner: 5 })),
  name.map(a => aDescriptor(`group:${a}`, { type: 5 })),
  fc.tuple(name, name).map(([a, b]) => aDescriptor(`component:${a}`, { type: 5, owner: b })),
  name.map(a => aDescriptor(`api:${a}`, {}, { uid: 'x' })),
  name.map(a => `${dangling(a)}# callboard-disable-line dangling-reference\n`),
  fc.constantFrom('# callboard-disable-next-line\n', '# A\n\n\n', '', 'kind: [\n', '# Nothing\n\n'),
);

/** An edit of one file, by shares of its documents. */
interface Step {
  readonly path: string;
  readonly where: number;
  readonly gone: number;
  readonly added: readonly string[];
}

const step: fc.Arbitrary<Step> = fc.record({
  path: fc.constantFrom('x.yaml', 'x.yaml', 'x.yaml', 'y.yaml', 'a.yaml'),
  where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  gone: fc.nat(2),
  added: fc.array(document, { maxLength: 2 }),
});

it('equal those of a cold start after any edits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: MANY, maxLength: MANY + 4 }),
      fc.array(document, { maxLength: 2 * MANY }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.constantFrom<SeveritySettings>(
        {},
        { 'dangling-reference': 'error', 'read-only-field': 'off' },
      ),
      async (first, second, steps, severities) => {
        const parts = new Map([
          ['x.yaml', [...first]],
          ['y.yaml', [...second]],
          ['a.yaml', [] as string[]],
        ]);
        const texts = (): Record<string, string> =>
          Object.fromEntries([...parts].map(([path, some]) => [path, documents(...some)]));
        const live = await openCatalog({}, { options: { severities } });
        await live.write(texts());
        for (const { path, where, gone, added } of steps) {
          const some = parts.get(path) ?? [];
          some.splice(Math.floor(where * some.length), gone, ...added);
          await live.write({ [path]: documents(...some) });
          const cold = await openCatalog(texts(), { options: { severities } });
          for (const file of parts.keys()) {
            expect(live.problems(file)).toEqual(cold.problems(file));
            expect(each(live, file)).toEqual(each(cold, file));
          }
          expect(live.engine.getProblems({ entityRef: 'component:default/one' })).toEqual(
            cold.engine.getProblems({ entityRef: 'component:default/one' }),
          );
        }
      },
    ),
    longRun({ runs: 10, seed: 20261125 }),
  );
});

it('are limited to the requested file', async () => {
  const catalog = await openCatalog({ 'x.yaml': dangling('a'), 'y.yaml': dangling('b') });
  expect(each(catalog, 'y.yaml').map(({ file }) => file)).toEqual([at('y.yaml')]);
});
