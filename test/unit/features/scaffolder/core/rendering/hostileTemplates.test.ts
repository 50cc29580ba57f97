import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isRecord } from '../../../../../../src/base';
import { MemoryWorkspace } from '../../../../../../src/features/scaffolder/core';
import type { RenderType } from '../../../../../../src/features/scaffolder/core/rendering/perform';
import type { WorkerPool } from '../../../../../../src/platform/core/ports';
import { NodeWorkerPool } from '../../../../../../src/platform/node/threads/nodeWorkerPool';
import { builtWorker } from '../../../../../support/builtProgram';
import {
  type RunOutcome,
  runTemplate,
  type TemplateRun,
} from '../../../../../support/templateRuns';

let script: string;
let patient: NodeWorkerPool;
beforeAll(async () => {
  script = await builtWorker();
  // Limits are counted: a busy machine must not reach the timeout before.
  patient = new NodeWorkerPool({ script, timeout: 300_000, maxHeap: 128 });
});
afterAll(() => patient.dispose());

/** Runs a template as the product does, with less memory. */
function run(template: TemplateRun): Promise<RunOutcome> {
  return runTemplate({ workers: patient, ...template });
}

/**
 * Runs a template with a short timeout for requests of a type, which don't end. Others, such as the first one of a worker,
 * may take their time.
 */
function runImpatiently(type: RenderType, template: TemplateRun): Promise<RunOutcome> {
  const pool = new NodeWorkerPool({ script, timeout: 300_000, maxHeap: 128 });
  onTestFinished(() => pool.dispose());
  const workers: WorkerPool = {
    run(job, input, options) {
      const isEndless = isRecord(input) && input['type'] === type;
      return pool.run(job, input, isEndless ? { ...options, timeout: 700 } : options);
    },
    dispose: () => pool.dispose(),
  };
  return run({ ...template, workers });
}

const log = (message: string): string =>
  `steps: [{ id: s, action: debug:log, input: { message: ${JSON.stringify(message)} } }]`;

const SLOW = "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'";

/** Templates with a request that doesn't end, and its type. */
const endless: Readonly<Record<string, TemplateRun & { readonly type: RenderType }>> = {
  'a pattern in a step': { type: 'step', template: log(`\${{ r/^(a+)+$/.test(${SLOW}) }}`) },
  'a pattern that parameters fit': {
    type: 'parameters',
    template: "{ steps: [], parameters: { properties: { a: { pattern: '^(a+)+$' } } } }",
    values: { a: `${'a'.repeat(40)}!` },
  },
  'a pattern in a file': {
    type: 'tree',
    template: 'steps: [{ id: s, action: fetch:template, input: { url: ./s, values: {} } }]',
    files: { 's/a': `\${{ r/^(a+)+$/.test(${SLOW}) }}` },
  },
  'loops in loops': {
    type: 'tree',
    template: 'steps: [{ id: s, action: fetch:template, input: { url: ./s, values: {} } }]',
    files: {
      's/a': `${'{% for i in range(10000) %}'.repeat(5)}x${'{% endfor %}'.repeat(5)}`,
    },
  },
};

describe('endless Template', () => {
  it.each(Object.entries(endless))('is stopped: %s', async (_, { type, ...template }) => {
    const outcome = await runImpatiently(type, template);
    expect(outcome.status).toBe('failed');
    expect(outcome.files.size).toBe(0);
    expect(outcome.error).toMatch(/^The template was stopped because |limit/i);
  });

  it('runs no further steps with always()', async () => {
    const step = (id: string, condition: string): string =>
      `{ id: ${id}, if: ${JSON.stringify(condition)}, action: debug:log, input: { message: x } }`;
    const slow = `r/^(a+)+$/.test(${SLOW})`;
    const outcome = await runImpatiently('step', {
      template: `steps: [${step('a', `\${{ ${slow} }}`)}, ${step('b', `\${{ always() or ${slow} }}`)}]`,
    });
    expect(outcome.steps.map(({ status }) => status)).toEqual(['failed', 'skipped']);
  });
});

describe('Template with too much output', () => {
  it.each([
    [
      'doubling',
      "{% set a = 'aaaaaaaaaaaaaaaa' %}{% for i in range(40) %}{% set a = a ~ a %}{% endfor %}${{ a }}",
    ],
    [
      'repeating',
      '{% for i in range(100000000) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}',
    ],
    ['lists in lists', '${{ range(100000000) | list | dump }}'],
    ['padding', "${{ 'a' | center(2000000000) }}"],
    ['replacing', `\${{ ('a' | center(100000)) | replace(' ', 'b' | center(100000)) }}`],
    ['indenting', "${{ 'a\nb' | indent(1000000000) }}"],
  ])('is stopped: %s', async (_, content) => {
    const outcome = await run({
      template: 'steps: [{ id: s, action: fetch:template, input: { url: ./s, values: {} } }]',
      files: { 's/a': content },
    });
    expect(outcome.status).toBe('failed');
    expect(outcome.files.size).toBe(0);
    expect(outcome.error).toMatch(/stopped|limit|larger|exceed|too|Invalid/i);
  });

  it('is stopped at the limit for its files', async () => {
    const outcome = await run({
      template: `steps:
  - { id: a, action: fetch:template, input: { url: ./s, values: {} } }
  - { id: b, each: [1, 2, 3, 4, 5], action: fetch:plain, input: { url: ./s, targetPath: 'copy-\${{ each.value }}' } }`,
      files: { 's/a': 'x'.repeat(400), 's/b': 'y'.repeat(400) },
      workspace: new MemoryWorkspace('/tmp/dry-run-1', { size: 2000, entries: 100 }),
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^The files of a task must not exceed/) as string,
    });
  });

  it('is stopped at the limit for repeated filling of its own files', async () => {
    const steps = Array.from({ length: 8 }, (_, index) => ({
      id: `s${index}`,
      action: 'workspace:template',
      input: {
        sourcePath: `d${index}`,
        targetPath: `d${index + 1}`,
        values: {},
        replace: true,
        copyWithoutTemplating: [],
        cookiecutterCompat: false,
      },
    }));
    const doubling = '{% raw %}{% endraw %}' + 'x'.repeat(100);
    const outcome = await run({
      template: JSON.stringify({
        steps: [
          { id: 'f', action: 'fetch:plain', input: { url: './s', targetPath: 'd0' } },
          ...steps,
        ],
      }),
      files: { 's/a': doubling },
      workspace: new MemoryWorkspace('/tmp/dry-run-1', { size: 500, entries: 100 }),
    });
    expect(outcome.status).toBe('failed');
    expect(outcome.error).toMatch(/must not exceed/);
  });
});

describe('Template with too many tags', () => {
  const TEMPLATE = 'steps: [{ id: s, action: fetch:template, input: { url: ./s, values: {} } }]';
  const many = (unit: string): string => unit.repeat(100_000);

  it.each([
    ...['{# #}', '${{x}}', '{% set a = 1 %}', '{% if a %}', '{% macro a() %}', '{%%}'].map(many),
    ...['{% raw %}{% endraw %}', '{{%-}}${{a}}'].map(many),
    `${' '.repeat(20_000)}x{%- set a = 1 %}`.repeat(100),
  ])('is stopped with the place of the limit: %#', async text => {
    const outcome = await run({ template: TEMPLATE, files: { 's/a.txt': `b\n${text}` } });
    expect(outcome.status).toBe('failed');
    expect(outcome.files.size).toBe(0);
    expect(outcome.error).toMatch(
      /^a\.txt has too many template tags, the limit is reached at line 2, column \d+$/,
    );
  });

  it.each(['${{', '{%', '{#', '${{ "', "{% '", '${{ r/', '{% raw %}', '${{ [', '{% if ('])(
    'fails for unclosed tags: %s',
    async unit => {
      const outcome = await run({ template: TEMPLATE, files: { 's/a': many(unit) } });
      expect(outcome.status).toBe('failed');
      expect(outcome.error).toMatch(
        /^Template error at line 1|too many template tags, .* line 1, column/,
      );
    },
  );

  it("keeps text that isn't a tag", async () => {
    const outcome = await run({ template: TEMPLATE, files: { 's/a': many('{{ x }}') } });
    expect(outcome.status).toBe('completed');
    expect(outcome.files.size).toBe(1);
  });

  it('has one limit for all files of a step', async () => {
    const file = '${{ x }}'.repeat(10_000);
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`s/${String.fromCharCode(97 + index)}`, file]),
    );
    const outcome = await run({ template: TEMPLATE, files });
    expect(outcome.error).toMatch(/^[b-l] has too many template tags/);
  });

  it('is stopped in a value of a step', async () => {
    const outcome = await run({ template: log(many('${{x}}')) });
    expect(outcome.status).toBe('failed');
    expect(outcome.error).toMatch(/^A value of the step has too many template tags/);
  });
});

describe('Template that accesses more than its values', () => {
  it.each([
    '(1).constructor.constructor("return process")()',
    'range.constructor("return process")()',
    'parameters.__proto__',
    'parameters.constructor',
    '"".constructor',
    '[].constructor.from',
    'always.constructor',
    'parameters["__pro" ~ "to__"]',
    'process.env',
    'globalThis',
    'require("fs")',
    'this',
    'self.process',
    '[] | pick("constructor")',
    'parameters | pick("__proto__")',
    '({}).__defineGetter__("a", always)',
    'cycler.constructor("return process")()',
  ])('gets nothing by %s', async expression => {
    const outcome = await run({
      template: JSON.stringify({
        steps: [{ id: 's', action: 'debug:log', input: { message: `<\${{ ${expression} }}>` } }],
      }),
    });
    expect(outcome.status).toBe('completed');
    const message = outcome.steps[0]?.log.at(-2) ?? '';
    expect(['<>', `<\${{ ${expression} }}>`, '<null>', '<undefined>']).toContain(message);
  });

  it("can't change prototypes", async () => {
    const values = JSON.parse('{"__proto__":{"polluted":1},"a":{"b":1}}') as { a: { b: number } };
    const outcome = await run({
      values,
      template: JSON.stringify({
        steps: [
          { id: '__proto__', action: 'debug:log', input: { message: 'x' } },
          { id: 'constructor', if: '${{ always() }}', action: 'debug:log' },
        ],
        output: JSON.parse('{"__proto__":{"polluted":2}}') as object,
      }),
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: 'Template record key __proto__ is reserved',
    });
    expect('polluted' in {}).toBe(false);
    expect(Reflect.get(outcome.output, 'polluted')).toBeUndefined();
  });

  it('is rejected with reserved names of values', async () => {
    const outcome = await run({ values: { constructor: 'x' }, template: log('x') });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: 'Template record key constructor is reserved',
      steps: [{ status: 'open' }],
    });
  });
});

describe('deeply nested Template', () => {
  it.each([
    ['in an expression', log(`\${{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`)],
    ['in blocks', log(`${'{% if true %}'.repeat(20_000)}x${'{% endif %}'.repeat(20_000)}`)],
    ['in lists', log(`\${{ ${'['.repeat(20_000)}${']'.repeat(20_000)} }}`)],
  ])('%s ends without writing files', async (_, template) => {
    const outcome = await runImpatiently('step', { template });
    expect(['completed', 'failed']).toContain(outcome.status);
    expect(outcome.files.size).toBe(0);
  });
});
