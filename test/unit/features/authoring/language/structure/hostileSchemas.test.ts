import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createStructureProvider,
  StructureService,
} from '../../../../../../src/features/authoring/language';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { at } from '../../../../../support/testCatalog';

/** Depth at which doubling exceeds any timeout. */
const LEVELS = 22;

const own = (name: string) => ({ $ref: `#/definitions/${name}` });

/** Definitions that each refer to the next twice. */
const doubling = (twice: (next: object) => object): object => ({
  ...Object.fromEntries(
    Array.from({ length: LEVELS }, (_, level) => [`l${level}`, twice(own(`l${level + 1}`))]),
  ),
  [`l${LEVELS}`]: { type: 'string' },
});

describe('Slow schemas', () => {
  let workspace: LanguageWorkspace;

  beforeEach(async () => {
    workspace = await openLanguageWorkspace({});
  });
  afterEach(() => workspace.dispose());

  function open(schema: object) {
    const service = new StructureService({
      declaredKinds: () => [],
      readFile: () => Promise.resolve(JSON.stringify(schema)),
      fetchText: () => Promise.reject(new Error('nothing is fetched')),
      workspaceFolders: () => [at('')],
      isTrusted: () => true,
      allowedHosts: () => [],
      now: () => 0,
    });
    return createStructureProvider({ service, isDelegated: () => false, state: () => workspace });
  }

  const named = (text: string) => `# yaml-language-server: $schema=schema.json\n${text}`;
  const messages = async (schema: object, text: string) =>
    (await open(schema).problems?.(workspace.open('a.yaml', named(text))))?.map(
      ({ message }) => message,
    );

  const tooSlow = 'Schema ignored: validation takes too long';

  it("aren't used if alternatives refer to alternatives", async () => {
    const definitions = doubling(next => ({ anyOf: [next, next] }));
    expect(await messages({ definitions, properties: { a: own('l0') } }, 'a: 1\n')).toEqual([
      tooSlow,
    ]);
  });

  it("aren't used if each document level doubles them", async () => {
    const definitions = {
      each: { anyOf: [own('inner'), own('inner')] },
      inner: { properties: { a: own('each') }, maxProperties: 0 },
    };
    const text = Array.from({ length: LEVELS }, (_, level) => `${'  '.repeat(level)}a:\n`).join('');
    expect(await messages({ definitions, ...own('each') }, text)).toEqual([tooSlow]);
  });

  it("aren't used to compare a long list with another", async () => {
    const list = { uniqueItems: true, items: { enum: ['another'] } };
    const items = Array.from({ length: 10_000 }, (_, index) => `- ${index}\n`).join('');
    expect(await messages(list, items)).toEqual([tooSlow]);
  });

  it("aren't tried again on another document", async () => {
    const definitions = doubling(next => ({ anyOf: [next, next] }));
    const schema = { definitions, properties: { a: own('l0') } };
    const text = `a: 1\n---\n${named('b: 1\n')}`;
    expect(await messages(schema, text)).toEqual([tooSlow, tooSlow]);
  });

  it('complete nothing if required fields nest', async () => {
    const definitions = doubling(next => ({
      type: 'object',
      required: ['a', 'b'],
      properties: { a: next, b: next },
    }));
    const schema = { definitions, properties: { top: own('l0') } };
    const request = workspace.cursor('a.yaml', named('<|>\n'));
    expect((await open(schema).complete?.(request))?.items).toEqual([]);
  });

  it.each([
    '[Read on](command:callboard.entity.open?%5B%5D)',
    '[Read on](COMMAND:callboard.entity.open)',
    '[Read on](com&#109;and:callboard.entity.open)',
    '[Read on](command&colon;callboard.entity.open)',
    '[Read on](command\\:callboard.entity.open)',
    '<command:callboard.entity.open>',
    '![](https://example.com/you-are-seen.png)',
    '\\\\![](https://example.com/you-are-seen.png)',
  ])('explain and complete without command links and images: %s', async text => {
    const schema = {
      properties: {
        a: { markdownDescription: text, enum: ['b'], markdownEnumDescriptions: [text] },
      },
    };
    const opened = open(schema);
    const shown = JSON.stringify([
      await opened.hover?.(workspace.cursor('a.yaml', named('a<|>: b\n'))),
      await opened.hover?.(workspace.cursor('a.yaml', named('a: b<|>\n'))),
      await opened.complete?.(workspace.cursor('a.yaml', named('<|>\n'))),
      await opened.complete?.(workspace.cursor('a.yaml', named('a: <|>\n'))),
    ]);
    expect(shown).toMatch(/Read on|entity\.open|seen/);
    expect(shown).not.toMatch(/command\\*:|&(?:#(?!33;\[)|colon;)|!\[/i);
  });

  it.each([
    ['(a+)+$', 'what repeats in what repeats'],
    [`^${'a?'.repeat(LEVELS)}${'a'.repeat(LEVELS)}$`, 'what may be there or not, many times'],
    [`^${'(a|a)'.repeat(LEVELS)}$`, 'alternatives, many times'],
    ['^[^](a+)+]$', 'what looks as if it stood in brackets'],
    ['^(?:a|a)*$', 'groups'],
  ])("don't match %s: %s", async pattern => {
    const text = `a: ${'a'.repeat(LEVELS)}b\n`;
    expect(await messages({ properties: { a: { pattern } } }, text)).toEqual([]);
    const byKey = { patternProperties: { [pattern]: false }, additionalProperties: true };
    expect(await messages(byKey, `${text.slice(3, -1)}: 1\n`)).toEqual([]);
  });

  it.each(['^[a-z][a-z0-9-]{1,62}$', '^(eu|us)-(north|south|east|west)-[0-9]$', '^v?[0-9]+$'])(
    'match the common pattern %s',
    async pattern => {
      expect(await messages({ properties: { a: { pattern } } }, 'a: "?"\n')).toEqual([
        expect.stringContaining('pattern'),
      ]);
    },
  );

  it('ignore deeply nested documents', async () => {
    const schema = { properties: { a: { type: 'number' } } };
    expect(await messages(schema, `a: ${'{a: '.repeat(50)}x`)).not.toEqual([]);
    expect(await messages(schema, `a: ${'{a: '.repeat(50_000)}x`)).toEqual([]);
  });
});
