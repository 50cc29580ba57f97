import { describe, expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import {
  DiagramDrawer,
  type DiagramDrawerDeps,
  type DiagramRequest,
} from '../../../../../../src/features/techdocs/core/pages';
import type {
  ProgramResult,
  ProgramRun,
  ProgramRunner,
} from '../../../../../../src/platform/core/ports';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>\n';
const drawn: ProgramResult = {
  type: 'ended',
  code: 0,
  output: `<?xml version="1.0"?>\n${SVG}`,
  errors: '',
};
const version = (text: string): ProgramResult => ({ ...drawn, output: text });
const graph: DiagramRequest = { program: 'graphviz', source: 'graph { a }' };
const uml: DiagramRequest = { program: 'plantuml', source: 'A -> B' };
const { signal } = new AbortController();

type Call = ProgramRun & { readonly program: string };

function drawerWith(
  answer: (call: Call) => ProgramResult | Promise<ProgramResult> = () => drawn,
  deps: Partial<DiagramDrawerDeps> = {},
): { drawer: DiagramDrawer; calls: readonly Call[] } {
  const calls: Call[] = [];
  const programs: ProgramRunner = {
    async run(program, run) {
      calls.push({ program, ...run });
      if (run.args.includes('-version')) return version('PlantUML version 1.2024.7 (x)');
      return answer({ program, ...run });
    },
  };
  const drawer = new DiagramDrawer({
    programs,
    mayRun: () => true,
    commandOf: program => (program === 'graphviz' ? 'dot' : '/opt/plantuml.jar'),
    translate: english,
    ...deps,
  });
  return { drawer, calls };
}

describe('diagram', () => {
  it('is rendered by Graphviz without access to files', async () => {
    const { drawer, calls } = drawerWith();
    expect(await drawer.draw({ ...graph, engine: 'neato' }, signal)).toEqual({ svg: SVG });
    expect(calls).toMatchObject([
      { program: 'dot', args: ['-Tsvg', '-Kneato'], input: 'graph { a }' },
    ]);
    expect(calls[0]?.environment).toEqual({ SERVER_NAME: 'callboard', GV_FILE_PATH: '' });
  });

  it.each(['../evil', '-o/tmp/x', 'toString'])('ignores the invalid engine %s', async engine => {
    const { drawer, calls } = drawerWith();
    await drawer.draw({ ...graph, engine }, signal);
    expect(calls[0]?.args).toEqual(['-Tsvg', '-Kdot']);
  });

  it('is rendered by PlantUML in its sandbox, whatever starts it', async () => {
    const { drawer, calls } = drawerWith();
    expect(await drawer.draw(uml, signal)).toEqual({ svg: SVG });
    const [, call] = calls;
    expect(call).toMatchObject({ program: 'java', input: '@startuml\nA -> B\n@enduml\n' });
    expect(call?.args.join(' ')).toMatch(
      /^-D.*-DPLANTUML_SECURITY_PROFILE=SANDBOX .*-jar \/opt\/plantuml\.jar -tsvg -pipe/,
    );
    const named = drawerWith(undefined, { commandOf: () => 'plantuml' });
    const source = '@startmindmap\n* a\n@endmindmap';
    await named.drawer.draw({ ...uml, source }, signal);
    expect(named.calls[1]).toMatchObject({ program: 'plantuml', input: source });
    for (const { environment } of [...calls, ...named.calls]) {
      expect(environment['PLANTUML_SECURITY_PROFILE']).toBe('SANDBOX');
      expect(environment['JAVA_TOOL_OPTIONS']).toContain('-DPLANTUML_SECURITY_PROFILE=SANDBOX');
    }
  });

  it.each([
    ['1.2020.02', false],
    ['1.2020.10', false],
    ['1.2020.11', true],
    ['1.2021.0', true],
    ['2.0.0', true],
    ['0.2099.1', false],
  ])('is rendered by PlantUML %s: %s, depending on its sandbox', async (number, isDrawn) => {
    const calls: string[] = [];
    const { drawer } = drawerWith(undefined, {
      programs: {
        async run(_program, { args }) {
          calls.push(args.at(-1) ?? '');
          return args.includes('-version') ? version(`PlantUML version ${number} (Sun)`) : drawn;
        },
      },
    });
    const drawing = await drawer.draw(uml, signal);
    if (isDrawn) expect(drawing).toEqual({ svg: SVG });
    else {
      expect(drawing).toEqual({ reason: expect.stringContaining('has no sandbox') });
      expect(calls).toEqual(['-version']);
    }
  });

  it('is the first of several', async () => {
    const { drawer } = drawerWith(() => ({
      ...drawn,
      output: `${SVG}<?xml version="1.0"?>${SVG}`,
    }));
    expect(await drawer.draw(graph, signal)).toEqual({ svg: SVG });
  });

  it.each<[string, Partial<DiagramDrawerDeps>, DiagramRequest, RegExp]>([
    ['in a browser', { programs: undefined }, graph, /can't run in a browser/],
    ['in a folder that is not trusted', { mayRun: () => false }, uml, /Trust the workspace/],
    ['if it is disabled', { commandOf: () => '' }, graph, /callboard\.docs\.graphviz/],
    ['by a path of the workspace', { commandOf: () => './dot' }, graph, /an absolute path/],
    ['by another', { commandOf: () => String.raw`bin\dot` }, graph, /an absolute path/],
    ['when it is too long', {}, { ...graph, source: 'a'.repeat(100_001) }, /too long/],
  ])('runs no program %s, and gives the reason', async (_name, deps, request, reason) => {
    const { drawer, calls } = drawerWith(undefined, deps);
    expect(await drawer.draw(request, signal)).toEqual({ reason: expect.stringMatching(reason) });
    expect(calls).toEqual([]);
  });

  it.each<[ProgramResult, string]>([
    [
      { type: 'missing' },
      'Install Graphviz to render this diagram, or set its location in callboard.docs.graphviz.',
    ],
    [{ type: 'timeout' }, 'Graphviz took more than 20 seconds.'],
    [{ type: 'excess' }, 'The output of Graphviz is too large to show.'],
    [
      { ...drawn, code: 1, errors: 'Picked up JAVA\nERROR\n1\nsyntax error\n\nin line 1\n' },
      "Graphviz can't render this diagram: syntax error · in line 1",
    ],
    [{ ...drawn, output: 'no picture' }, "Graphviz can't render this diagram."],
    [{ ...drawn, output: `text ${SVG}` }, "Graphviz can't render this diagram."],
  ])("has a reason if it can't be rendered: %j", async (result, reason) => {
    const { drawer } = drawerWith(() => result);
    expect(await drawer.draw(graph, signal)).toEqual({ reason });
  });

  it('is rendered once, and again after a failed start', async () => {
    const results: ProgramResult[] = [{ type: 'missing' }, { type: 'timeout' }, drawn];
    const { drawer, calls } = drawerWith(() => results.shift() ?? { type: 'missing' });
    for (let attempt = 0; attempt < 5; attempt++) await drawer.draw(graph, signal);
    expect(calls).toHaveLength(3);
    expect(await drawer.draw(graph, signal)).toEqual({ svg: SVG });
    await drawer.draw({ ...graph, source: 'graph { b }' }, signal);
    expect(calls).toHaveLength(4);
  });

  it('is cached up to a size limit', async () => {
    const large = `<svg>${'a'.repeat(4_900_000)}</svg>`;
    const { drawer, calls } = drawerWith(() => ({ ...drawn, output: large }));
    const sources = ['a', 'b', 'c', 'd', 'e'];
    for (const source of [...sources, 'e']) await drawer.draw({ ...graph, source }, signal);
    expect(calls).toHaveLength(5);
    await drawer.draw({ ...graph, source: 'a' }, signal);
    expect(calls).toHaveLength(6);
  });

  it('waits for a free slot, unless it is aborted', async () => {
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const { drawer, calls } = drawerWith(async () => {
      most = Math.max(most, ++running);
      await new Promise<void>(resolve => ends.push(resolve));
      running--;
      return drawn;
    });
    const given = new AbortController();
    const all = ['a', 'b', 'c', 'd'].map((source, index) =>
      drawer.draw({ ...graph, source }, index === 2 ? given.signal : signal),
    );
    given.abort();
    await expect(all[2]).rejects.toMatchObject({ name: 'AbortError' });
    while (calls.length < 3) {
      ends.shift()?.();
      await Promise.resolve();
    }
    for (const end of ends) end();
    expect(await all[3]).toEqual({ svg: SVG });
    expect(calls.map(({ input }) => input)).toEqual(['a', 'b', 'd']);
    expect(most).toBe(2);
  });
});
