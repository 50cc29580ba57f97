import { afterEach, beforeEach, expect, it } from 'vitest';
import { Emitter, silentLogger } from '../../../../src/base';
import type { LanguageProvider, YamlText } from '../../../../src/features/authoring/language';
import { Rehearsal } from '../../../../src/server/requests/rehearsal';
import type { OpenText } from '../../../../src/server/texts/openTexts';
import { aComponent, aDescriptor } from '../../../support/descriptors';
import { type LanguageWorkspace, openLanguageWorkspace } from '../../../support/languageWorkspace';
import { aTemplate } from '../../../support/templates';
import { at } from '../../../support/testCatalog';
import { TestClock } from '../../../support/testClock';

let workspace: LanguageWorkspace;
let texts: Map<string, OpenText>;
let onDidOpen: Emitter<string>;
let onDidSettle: Emitter<ReadonlySet<string>>;
let errors: unknown[];
let clock: TestClock;
let isBusy: boolean;
/** What is asked, as lines with the place. */
let asked: string[];
let rehearsal: Rehearsal;

beforeEach(async () => {
  workspace = await openLanguageWorkspace({ 'org.yaml': aDescriptor('group:team') });
  texts = new Map();
  onDidOpen = new Emitter();
  onDidSettle = new Emitter();
  errors = [];
  asked = [];
  isBusy = false;
  clock = new TestClock();
});
afterEach(() => {
  rehearsal.dispose();
  workspace.dispose();
});

/** @returns what makes the catalog ready, where it is not */
function start(provider: LanguageProvider = {}, isReady = true): () => void {
  const note = (method: string, text: YamlText, offset: number): void => {
    const { line } = text.positionAt(offset);
    const start = text.lines.offsetOfLine(line);
    const written = text.text.slice(start).split('\n', 1)[0] ?? '';
    asked.push(`${method} ${written.slice(0, offset - start)}<|>`);
  };
  const { context } = workspace.open('org.yaml', aDescriptor('group:team'));
  const catalog = Object.create(context.catalog, {
    isReady: { value: isReady, writable: true },
  }) as { isReady: boolean } & typeof context.catalog;
  rehearsal = new Rehearsal({
    texts: {
      get: uri => texts.get(uri),
      uris: () => texts.keys(),
      onDidOpen: onDidOpen.event,
    },
    source: { onDidSettle: onDidSettle.event },
    context: { ...context, catalog },
    providers: [
      {
        complete({ text, offset }) {
          note('complete', text, offset);
          return { items: [], isIncomplete: false };
        },
        hover: ({ text, offset }) => void note('hover', text, offset),
      },
      provider,
    ],
    clock,
    logger: { ...silentLogger, error: (_, error) => errors.push(error) },
    isBusy: () => isBusy,
  });
  return () => (catalog.isReady = true);
}

function open(path: string, text: string): void {
  const { text: yaml } = workspace.open(path, text);
  texts.set(at(path), { clientUri: at(path), languageId: 'yaml', yaml });
  onDidOpen.fire(at(path));
}

/** All that can be done at once has been done. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

it('asks where people would, of each kind once', async () => {
  start();
  open('a.yaml', aComponent('a', { owner: 'team' }));
  await settled();
  expect(asked).toContain('complete   owner: <|>');
  expect(asked).toContain('hover   owner: <|>');
  const before = asked.length;
  open('b.yaml', aComponent('b', { owner: 'team' }));
  await settled();
  expect(asked).toHaveLength(before);
  open('c.yaml', aDescriptor('system:c', { owner: 'team' }));
  await settled();
  expect(asked.length).toBeGreaterThan(before);
  expect(errors).toEqual([]);
});

it('asks in expressions, actions and inputs of Templates', async () => {
  start();
  open('a.yaml', aTemplate());
  await settled();
  expect(new Set(asked.filter(line => line.startsWith('complete')))).toEqual(
    new Set([
      'complete   <|>',
      'complete   type: <|>',
      'complete       action: <|>',
      'complete         <|>',
      'complete           name: ${{ parameters.<|>',
    ]),
  );
});

it('begins when the catalog is there', async () => {
  const becomeReady = start({}, false);
  open('a.yaml', aComponent('a'));
  await settled();
  expect(asked).toEqual([]);
  becomeReady();
  onDidSettle.fire(new Set());
  await settled();
  expect(asked).not.toEqual([]);
});

it('waits for those who wait', async () => {
  const waiting: (() => void)[] = [];
  clock.delay = () => new Promise(resolve => waiting.push(resolve));
  start();
  isBusy = true;
  open('a.yaml', aComponent('a'));
  await settled();
  expect(asked).toEqual([]);
  isBusy = false;
  for (const resolve of waiting.splice(0)) resolve();
  await settled();
  expect(asked).not.toEqual([]);
});

it('ends with the server, and with a provider that fails', async () => {
  start({ complete: () => Promise.reject(new Error('broken')) });
  open('a.yaml', aComponent('a'));
  await settled();
  expect(errors).toEqual([new Error('broken')]);
  const before = asked.length;
  rehearsal.dispose();
  open('c.yaml', aDescriptor('system:c'));
  await settled();
  expect(asked).toHaveLength(before);
});
