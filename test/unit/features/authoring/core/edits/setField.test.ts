import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import {
  applyOffsetEdits,
  type FieldValue,
  setField,
} from '../../../../../../src/features/authoring/core/edits';
import { longRun } from '../../../../../support/longRun';

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: orders\n';

interface Edit {
  readonly field?: string;
  readonly value?: FieldValue;
  readonly document?: number;
}

/** The text with the field set, or the reason for none. */
function edited(text: string, { field = 'spec.owner', value = 'crew', document = 0 }: Edit = {}) {
  const edit = setField(text, {
    document,
    kind: 'component',
    name: 'orders',
    path: field.split('.'),
    value,
  });
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

/** The edited lines below the head. */
function editedSpec(lines: string, edit?: Edit): string {
  return edited(HEAD + lines, edit).replace(HEAD, '');
}

describe('setField', () => {
  it.each([
    ['a value', 'spec:\n  owner: a # why\n', 'spec:\n  owner: crew # why\n'],
    ['single quotes', "spec: # s\n  owner: 'a'\n", "spec: # s\n  owner: 'crew'\n"],
    ['double quotes', 'spec:\n  "owner":   "a"\n', 'spec:\n  "owner":   "crew"\n'],
    ['a missing value', 'spec:\n  owner:\n  x: 1\n', 'spec:\n  owner: crew\n  x: 1\n'],
    [
      'a missing value before spaces',
      'spec:\n  owner:  \n  x: 1\n',
      'spec:\n  owner: crew\n  x: 1\n',
    ],
    ['a missing value in a flow map', 'spec: { owner: , x: 1 }\n', 'spec: { owner: crew, x: 1 }\n'],
    [
      'a missing value before a comment',
      'spec:\n  owner: # who?\n',
      'spec:\n  owner: crew # who?\n',
    ],
    ['an explicit null', 'spec:\n  owner: ~ # none\n', 'spec:\n  owner: crew # none\n'],
    [
      'a block with many blank lines',
      `spec:\r\n  owner: |\r\n    a${'\r\n'.repeat(40)}    b\r\n \r\n  x: 1\r\n`,
      'spec:\r\n  owner: crew\r\n \r\n  x: 1\r\n',
    ],
    ['a folded block', 'spec:\n  owner: >-\n    a\n\n  x: 1\n', 'spec:\n  owner: crew\n\n  x: 1\n'],
    ['a multiline value', 'spec:\n  owner: a\n    b\n  x: 1\n', 'spec:\n  owner: crew\n  x: 1\n'],
    ['a flow map', 'spec: { owner: a, x: 1 } # c\n', 'spec: { owner: crew, x: 1 } # c\n'],
  ])('replaces %s', (_, before, after) => {
    expect(editedSpec(before)).toBe(after);
  });

  it.each([
    [
      'in the usual order',
      'spec:\n    type: service # t\n    # about the future\n    lifecycle: production\n    dependsOn: []\n',
      'spec:\n    type: service # t\n    # about the future\n    lifecycle: production\n    owner: crew\n    dependsOn: []\n',
    ],
    ['at the end', 'spec:\n  x: 1 # one\n# end\n', 'spec:\n  x: 1 # one\n  owner: crew\n# end\n'],
    [
      'after a nested map',
      'spec:\n  x:\n    - a: 1\n      b: |\n        text\n',
      'spec:\n  x:\n    - a: 1\n      b: |\n        text\n  owner: crew\n',
    ],
    ['without a final line break', 'spec:\n  x: 1', 'spec:\n  x: 1\n  owner: crew'],
    ['into a flow map', 'spec: { x: 1 }\n', 'spec: { x: 1, owner: crew }\n'],
    [
      'into JSON',
      'spec: {"type": "service","x":[1]}\n',
      'spec: {"type": "service", "owner": "crew","x":[1]}\n',
    ],
    ['into an empty map', 'spec: {} # soon\n', 'spec: { owner: crew } # soon\n'],
    ['below an empty key', 'spec: # soon\n', 'spec: # soon\n  owner: crew\n'],
    ['with its parent key', '# end\n', 'spec:\n  owner: crew\n# end\n'],
  ])('inserts %s', (_, before, after) => {
    expect(editedSpec(before)).toBe(after);
  });

  it('inserts the namespace after the name', () => {
    const tags = '  tags: [a]\nspec: {}\n';
    expect(edited(HEAD + tags, { field: 'metadata.namespace', value: 'shop' })).toBe(
      `${HEAD}  namespace: shop\n${tags}`,
    );
  });

  it('keeps line ends', () => {
    const text = `${HEAD}spec:\n  type: service\n  x: 1\n`.replaceAll('\n', '\r\n');
    expect(edited(text)).toBe(
      `${HEAD}spec:\n  type: service\n  owner: crew\n  x: 1\n`.replaceAll('\n', '\r\n'),
    );
  });

  it('indents like the document', () => {
    const text = HEAD.replace('  name', '    name');
    expect(edited(text)).toBe(`${text}spec:\n    owner: crew\n`);
  });

  it('edits one of several documents', () => {
    const text = `# first\nkind: Other\n---\n${HEAD}spec: {}\n---\nkind: [broken\n`;
    expect(edited(text, { document: 1 })).toBe(text.replace('{}', '{ owner: crew }'));
  });

  it.each(['a: b', '- a', 'yes', '2020-01-01', '12', '', '"q"', "it's", 'a #b', '#x', 'ö', 'a\nb'])(
    'writes %j so that YAML reads it unchanged',
    value => {
      const text = edited(`${HEAD}spec: {}\n`, { value });
      expect(parseAllDocuments(text)[0]?.toJS()).toMatchObject({ spec: { owner: value } });
    },
  );

  it.each(['group:default/crew', 'my-space/crew', 'user:jane.doe', 'team_a'])(
    'writes the ref %s without quotes',
    value => {
      expect(editedSpec('spec: {}\n', { value })).toBe(`spec: { owner: ${value} }\n`);
    },
  );

  it('changes nothing when the value is already set', () => {
    expect(editedSpec('spec:\n  owner: "crew"\n')).toBe('unchanged');
  });

  it.each([
    ['anchor', 'spec:\n  owner: &o a\nx: *o\n'],
    ['anchor', 'x: &o a\nspec:\n  owner: *o\n'],
    ['anchor', 'x: &s\n  owner: a\nspec: *s\n'],
    ['anchor', 'spec: &s\n  owner: a\nx: *s\n'],
    ['anchor', 'spec:\n  owner: !!str a\n'],
    ['templated', 'spec:\n  owner: ${{ values.owner }}\n'],
    ['templated', 'spec:\n  owner: "{{ cookiecutter.owner }}"\n'],
    ['several-values', 'spec:\n  owner:\n    $text: ./owner.txt\n'],
    ['several-values', 'spec: text\n'],
    ['invalid', 'spec:\n  owner: a\n  owner: b\n'],
    ['invalid', 'spec: [\n'],
    ['unsafe', 'spec:\n  owner: | # why\n    a\n'],
  ])('rejects as %s: %j', (reason, lines) => {
    expect(editedSpec(lines)).toBe(reason);
  });

  it('rejects a document that now has another entity', () => {
    expect(edited(HEAD.replace('orders', 'other'))).toBe('moved');
    expect(edited(HEAD, { document: 1 })).toBe('moved');
    expect(edited('')).toBe('moved');
  });

  it('changes only the bytes of the value', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const scalar = fc.oneof(word, fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const comment = fc.constantFrom('', ' # a comment', '   #x');
    const style = fc.record({
      flow: fc.boolean(),
      indent: fc.integer({ min: 1, max: 6 }),
      crlf: fc.boolean(),
      singleQuote: fc.boolean(),
      comment,
      last: fc.boolean(),
    });
    const spec = fc.dictionary(
      fc.constantFrom('type', 'lifecycle', 'owner', 'system', 'dependsOn', 'x'),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(word, scalar)),
    );
    fc.assert(
      fc.property(spec, fc.oneof(word, fc.string()), style, (values, value, look) => {
        const body = stringify(
          { kind: 'Component', metadata: { name: 'orders' }, spec: values, z: [1] },
          {
            collectionStyle: look.flow ? 'flow' : 'any',
            indent: look.indent,
            singleQuote: look.singleQuote,
            lineWidth: 0,
          },
        );
        let text = body.replace(/^( *(?:type|x): [a-z]+)$/gm, `$1${look.comment}`);
        text = `# top\n${text}---\nkind: Other # second\n`;
        if (look.crlf) text = text.replaceAll('\n', '\r\n');
        if (!look.last) text = text.replace(/\r?\n$/, '');
        const edit = setField(text, {
          document: 0,
          kind: 'Component',
          name: 'orders',
          path: ['spec', 'owner'],
          value,
        });
        if (!edit.ok) {
          const owner = values['owner'];
          const isMany = typeof owner === 'object' && owner !== null;
          return isMany || /\{\{/.test(String(owner));
        }
        const before = parseAllDocuments(text).map(document => document.toJS() as unknown);
        const after = edit.value ? applyOffsetEdits(text, [edit.value]) : text;
        expect(parseAllDocuments(after).map(document => document.toJS() as unknown)).toEqual([
          { ...(before[0] as object), spec: { ...values, owner: value } },
          before[1],
        ]);
        const comments = (source: string) => source.match(/ #.*/g)?.length ?? 0;
        if (!JSON.stringify(values).includes('#') && !value.includes('#')) {
          expect(comments(after)).toBe(comments(text));
        }
        return true;
      }),
      longRun({ runs: 100, seed: 20261125 }),
    );
  });
});

describe('setField with lists and maps', () => {
  const text = { $text: './a.yaml' };
  it.each<[FieldValue, string, string]>([
    [[], 'spec:\n  x: 1\n', 'spec:\n  x: 1\n  owner: []\n'],
    [['a', 'b: c'], 'spec:\n  x: 1\n', 'spec:\n  x: 1\n  owner:\n    - a\n    - "b: c"\n'],
    [['a', 'b'], 'spec: { x: 1 }\n', 'spec: { x: 1, owner: [a, b] }\n'],
    [['a'], 'spec:\n  owner:\n', 'spec:\n  owner: [a]\n'],
    [{}, 'spec:\n  x: 1\n', 'spec:\n  x: 1\n  owner: {}\n'],
    [text, 'spec:\n  x: 1\n', 'spec:\n  x: 1\n  owner:\n    $text: ./a.yaml\n'],
    [text, 'spec: {}\n', 'spec: { owner: { $text: ./a.yaml } }\n'],
    [
      text,
      'spec:\n  owner: |\n    a\n    b\n\n  x: 1\n',
      'spec:\n  owner:\n    $text: ./a.yaml\n\n  x: 1\n',
    ],
    [text, 'spec:\n  "owner": \'a\' # c\n', 'spec:\n  "owner":\n    $text: ./a.yaml # c\n'],
    [text, 'spec: { owner: a }\n', 'spec: { owner: { $text: ./a.yaml } }\n'],
  ])('writes %j in %j', (value, before, after) => {
    expect(editedSpec(before, { value })).toBe(after);
  });

  it.each([
    ['a\n b\n\nc: #\n', '|\n    a\n     b\n\n    c: #\n'],
    ['- a\nb', '|-\n    - a\n    b\n'],
    ['a\n', '|\n    a\n'],
    // A block would need an indentation or chomping indicator.
    [' a\nb', '" a\\nb"\n'],
    ['a\n\n', '"a\\n\\n"\n'],
    ['a\n\tb\n', '"a\\n\\tb\\n"\n'],
  ])('adds multi-line text as a block if possible: %j', (value, written) => {
    const text = `${HEAD}spec:\n  owner: a\n`;
    const changed = edited(text, { field: 'spec.definition', value });
    expect(changed).toBe(`${text}  definition: ${written}`);
    expect(parseAllDocuments(changed)[0]?.toJS()).toMatchObject({ spec: { definition: value } });
  });

  it('keeps line ends', () => {
    const before = `${HEAD}spec:\n  owner: >-\n    a\n  x: 1\n`.replaceAll('\n', '\r\n');
    const after = `${HEAD}spec:\n  owner:\n    $text: ./a.yaml\n  x: 1\n`;
    expect(edited(before, { value: text })).toBe(after.replaceAll('\n', '\r\n'));
  });

  it('rejects an edit that would remove a comment', () => {
    expect(editedSpec('spec:\n  owner: | # c\n    a\n', { value: text })).toBe('unsafe');
    expect(editedSpec('spec:\n  owner: # c\n    a\n', { value: text })).toBe('unsafe');
  });
});

describe('setField in an item of a list', () => {
  const steps = (text: string): string => `spec:\n  steps:\n${text}`;
  const set = (text: string, path: readonly (string | number)[], value: FieldValue): string => {
    const edit = setField(text, { document: 0, path, value });
    if (!edit.ok) return edit.error;
    return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
  };

  it.each([
    [
      steps('    - id: a # one\n      input:\n        x: 1\n    - id: b\n'),
      ['input', 'url'],
      steps('    - id: a # one\n      input:\n        x: 1\n        url: u\n    - id: b\n'),
    ],
    [
      steps('    - id: a # one\n    - id: b\n'),
      ['input', 'url'],
      steps('    - id: a # one\n      input:\n        url: u\n    - id: b\n'),
    ],
    [steps('  - id: a\n  - id: b'), ['url'], steps('  - id: a\n    url: u\n  - id: b')],
    [steps('    -   id: a\n'), ['url'], steps('    -   id: a\n        url: u\n')],
    [steps('    -\n      id: a\n'), ['url'], steps('    -\n      id: a\n      url: u\n')],
    [steps('    - { id: a }\n'), ['input', 'url'], steps('    - { id: a, input: { url: u } }\n')],
    [steps('    - id: a\n      url:\n'), ['url'], steps('    - id: a\n      url: u\n')],
    [steps("    - id: a\n      url: 'x'\n"), ['url'], steps("    - id: a\n      url: 'u'\n")],
    [
      steps('    - id: a\n      input: # c\n    - id: b'),
      ['input', 'url'],
      steps('    - id: a\n      input: # c\n        url: u\n    - id: b'),
    ],
    [steps('    - id: a'), ['url'], steps('    - id: a\n      url: u')],
    [steps('    - a\n'), ['url'], 'several-values'],
    [steps('    - &s { id: a }\n'), ['url'], 'anchor'],
    ['spec:\n  steps: &s\n    - id: a\n', ['url'], 'anchor'],
    ['spec:\n  steps: []\n', ['url'], 'several-values'],
    [steps('    - id: a\n'), [], 'several-values'],
  ])('%j', (before, path, after) => {
    expect(set(before, ['spec', 'steps', 0, ...path], 'u')).toBe(after);
    const crlf = set(before.replaceAll('\n', '\r\n'), ['spec', 'steps', 0, ...path], 'u');
    expect(crlf.replaceAll('\r\n', '\n')).toBe(after);
    expect(crlf.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('sets a field of the given item', () => {
    expect(set(steps('    - id: a\n    - id: b\n'), ['spec', 'steps', 1, 'x'], ['z'])).toBe(
      steps('    - id: a\n    - id: b\n      x:\n        - z\n'),
    );
  });
});

describe('setField in a document without a name', () => {
  it('adds the name', () => {
    const edit = setField('kind: Component\n', {
      document: 0,
      path: ['metadata', 'name'],
      value: 'orders',
    });
    expect(edit.ok && edit.value?.text).toBe('metadata:\n  name: orders\n');
  });
});
