import { describe, expect, test } from 'vitest';
import { emptyForm, type FormField } from '../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

interface Case {
  readonly name: string;
  readonly schema: JsonObject | JsonObject[];
  readonly values?: JsonObject;
  readonly cleared?: readonly string[];
  readonly variants?: Readonly<Record<string, number>>;
}

function resolve({ schema, values = {}, cleared = [], variants = {} }: Omit<Case, 'name'>) {
  const state = { values, cleared, variants };
  return resolveForm({ parameters: schema, state, hosts: defaultRepoHosts });
}

/** A field in few words: `owner.name*: text = Ada`. */
function brief({ path, control, isRequired, value }: FormField): unknown {
  const name = `${path.join('.')}${isRequired ? '*' : ''}: ${control.type}`;
  switch (control.type) {
    case 'object':
      return { [name]: control.fields.map(brief) };
    case 'list':
      return { [name]: control.items.map(item => brief(item.field)) };
    case 'variants':
      return { [`${name} ${control.selected}`]: control.field ? [brief(control.field)] : [] };
    default:
      return value === undefined ? name : `${name} = ${JSON.stringify(value)}`;
  }
}

const fieldsOf = (given: Omit<Case, 'name'>): unknown =>
  resolve(given)
    .pages.map(page => page.fields.map(brief))
    .flat();

const text = { type: 'string' };
const options = {
  properties: { kind: { type: 'string', enum: ['service', 'library'] } },
};

describe('fields', () => {
  const node = {
    type: 'object',
    properties: { name: text, child: { $ref: '#/definitions/node' } },
  };
  const cases: readonly (Case & { readonly fields: unknown })[] = [
    {
      name: 'a page without fields',
      schema: {},
      fields: [],
    },
    {
      name: 'scalars',
      schema: {
        required: ['name'],
        properties: { name: text, size: { type: 'integer' }, isPublic: { type: 'boolean' } },
      },
      fields: ['name*: text', 'size: number', 'isPublic: flag'],
    },
    {
      name: 'a type or null',
      schema: { properties: { name: { type: ['null', 'string'] } } },
      fields: ['name: text'],
    },
    {
      name: 'options in both notations',
      schema: {
        properties: {
          ...options.properties,
          tier: { type: 'string', oneOf: [{ const: 'gold', title: 'Gold' }, { const: 'tin' }] },
          tags: { type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] } },
        },
      },
      fields: ['kind: choice', 'tier: choice = "gold"', 'tags: choices = []'],
    },
    {
      name: 'in the order of the schema',
      schema: {
        'ui:order': ['c', '*', 'a'],
        properties: { a: text, b: text, c: text, d: text },
      },
      fields: ['c: text', 'b: text', 'd: text', 'a: text'],
    },
    {
      name: 'fields missing in the order at the end',
      schema: { 'ui:order': ['b', 'gone'], properties: { a: text, b: text } },
      fields: ['b: text', 'a: text'],
    },
    {
      name: 'an object within another one',
      schema: {
        properties: {
          owner: {
            type: 'object',
            required: ['mail'],
            properties: { mail: text, address: { type: 'object', properties: { city: text } } },
          },
        },
      },
      values: { owner: { address: { city: 'Bern' } } },
      fields: [
        {
          'owner: object': [
            'owner.mail*: text',
            { 'owner.address: object': ['owner.address.city: text = "Bern"'] },
          ],
        },
      ],
    },
    {
      name: 'items of a list',
      schema: {
        properties: {
          links: { type: 'array', items: { type: 'object', properties: { url: text } } },
        },
      },
      values: { links: [{ url: 'a' }, {}] },
      fields: [
        {
          'links: list': [
            { 'links.0: object': ['links.0.url: text = "a"'] },
            { 'links.1: object': ['links.1.url: text'] },
          ],
        },
      ],
    },
    {
      name: 'one after another',
      schema: { properties: { pair: { type: 'array', items: [text, { type: 'number' }] } } },
      fields: [{ 'pair: list': ['pair.0: text', 'pair.1: number'] }],
    },
    {
      name: 'a reference with additional keywords',
      schema: {
        definitions: { port: { type: 'integer', default: 80 } },
        properties: { port: { $ref: '#/definitions/port', default: 8080 } },
      },
      fields: ['port: number = 8080'],
    },
    {
      name: 'a broken reference',
      schema: {
        properties: { port: { $ref: '#/definitions/gone' }, far: { $ref: 'https://a.example' } },
      },
      fields: ['port: json', 'far: json'],
    },
    {
      name: 'a reference to itself',
      schema: {
        definitions: { loop: { $ref: '#/definitions/loop' } },
        properties: { a: { $ref: '#/definitions/loop' } },
      },
      fields: ['a: json'],
    },
    {
      name: 'a field that depends on another one',
      schema: {
        properties: { isPublic: { type: 'boolean' } },
        dependencies: { isPublic: { properties: { licence: text }, required: ['licence'] } },
      },
      values: { isPublic: true },
      fields: ['isPublic: flag = true', 'licence*: text'],
    },
    {
      name: 'a field that another one makes required',
      schema: { properties: { card: text, address: text }, dependencies: { card: ['address'] } },
      values: { card: '1' },
      fields: ['card: text = "1"', 'address*: text'],
    },
    {
      name: 'fields that depend on the selected option',
      schema: {
        properties: options.properties,
        dependencies: {
          kind: {
            oneOf: [
              { properties: { kind: { enum: ['service'] }, port: { type: 'integer' } } },
              {
                properties: { kind: { enum: ['library'] }, registry: text },
                required: ['registry'],
              },
            ],
          },
        },
      },
      values: { kind: 'library' },
      fields: ['kind: choice = "library"', 'registry*: text'],
    },
    {
      name: 'a field that depends on one that depends on another one',
      schema: {
        properties: { a: text },
        dependencies: { b: { properties: { c: text } }, a: { properties: { b: text } } },
      },
      values: { a: '1', b: '2' },
      fields: ['a: text = "1"', 'b: text = "2"', 'c: text'],
    },
    {
      name: 'fields of allOf',
      schema: {
        properties: { a: text },
        allOf: [
          { properties: { b: text }, required: ['b'] },
          { properties: { a: { title: 'A' } } },
        ],
      },
      fields: ['a: text', 'b*: text'],
    },
    {
      name: 'fields on a condition',
      schema: {
        properties: { size: { type: 'integer' } },
        if: { properties: { size: { minimum: 10 } }, required: ['size'] },
        then: { properties: { reason: text }, required: ['reason'] },
        else: { properties: { note: text } },
      },
      values: { size: 12 },
      fields: ['size: number = 12', 'reason*: text'],
    },
    {
      name: 'fields on the other condition',
      schema: {
        properties: { size: { type: 'integer' } },
        if: { properties: { size: { minimum: 10 } }, required: ['size'] },
        then: { properties: { reason: text } },
        else: { properties: { note: text } },
      },
      values: { size: 2 },
      fields: ['size: number = 2', 'note: text'],
    },
    {
      name: 'the variant that matches the values',
      schema: {
        properties: {
          store: {
            type: 'object',
            oneOf: [
              { title: 'Disk', properties: { path: text }, required: ['path'] },
              { title: 'Bucket', properties: { bucket: text } },
            ],
          },
        },
      },
      values: { store: { bucket: 'b' } },
      fields: [
        {
          'store: object': [
            { 'store: variants 1': [{ 'store: object': ['store.bucket: text = "b"'] }] },
          ],
        },
      ],
    },
    {
      name: 'the selected variant without values of another one',
      schema: {
        properties: {
          store: {
            type: 'object',
            properties: { name: text },
            anyOf: [
              { properties: { path: text } },
              { properties: { size: { type: 'number', default: 3 } } },
            ],
          },
        },
      },
      values: { store: { name: 'n', path: '/' } },
      variants: { '/store|0': 1 },
      fields: [
        {
          'store: object': [
            'store.name: text = "n"',
            { 'store: variants 1': [{ 'store: object': ['store.size: number = 3'] }] },
          ],
        },
      ],
    },
    {
      name: 'a variant of a page',
      schema: {
        properties: { a: text },
        oneOf: [{ properties: { b: text } }, { properties: { c: text } }],
      },
      values: { c: '1' },
      fields: ['a: text', { ': variants 1': [{ ': object': ['c: text = "1"'] }] }],
    },
    {
      name: 'a text or a list',
      schema: { properties: { who: { oneOf: [text, { type: 'array', items: text }] } } },
      values: { who: ['a'] },
      fields: [{ 'who: variants 1': [{ 'who: list': ['who.0: text = "a"'] }] }],
    },
    {
      name: 'additional properties',
      schema: {
        properties: { env: { type: 'object', additionalProperties: { type: 'integer' } } },
      },
      values: { env: { PORT: 80 } },
      fields: [{ 'env: object': ['env.PORT: number = 80'] }],
    },
    {
      name: 'unsupported schemas',
      schema: {
        properties: { any: {}, list: { type: 'array', items: text }, map: { type: 'object' } },
      },
      values: { any: [1], list: 'no list', map: 7 },
      fields: ['any: json = [1]', 'list: json = "no list"', 'map: json = 7'],
    },
    {
      name: 'hidden ones, and those of unknown kinds',
      schema: {
        properties: {
          id: { type: 'string', 'ui:widget': 'hidden', default: 'x' },
          cost: { type: 'object', properties: { a: text }, 'ui:field': 'CostPicker' },
          name: { type: 'string', 'ui:field': 'FancyName' },
        },
      },
      values: { cost: { a: '1' } },
      fields: ['id: hidden = "x"', 'cost: json = {"a":"1"}', 'name: text'],
    },
    {
      name: 'without those that need a feature flag',
      schema: { properties: { a: text, b: { ...text, 'ui:backstage': { featureFlag: 'beta' } } } },
      fields: ['a: text'],
    },
    {
      name: 'circular schemas, one level deeper than the values',
      schema: {
        definitions: { node },
        properties: { tree: { type: 'array', items: { $ref: '#/definitions/node' } } },
      },
      values: { tree: [] },
      fields: [{ 'tree: list': [] }],
    },
  ];
  test.each(cases)('$name', ({ fields, ...given }) => {
    expect(fieldsOf(given)).toEqual(fields);
  });
});

describe('defaults', () => {
  const cases: readonly (Case & { readonly filled: JsonObject })[] = [
    {
      name: 'of fields, and of fields within others',
      schema: {
        properties: {
          name: { type: 'string', default: 'shop' },
          limits: { type: 'object', properties: { cpu: { type: 'number', default: 2 } } },
        },
      },
      filled: { name: 'shop', limits: { cpu: 2 } },
    },
    {
      name: 'not replacing a value, even an empty one',
      schema: {
        properties: { a: { type: 'string', default: 'x' }, b: { type: 'boolean', default: true } },
      },
      values: { a: '', b: false },
      filled: { a: '', b: false },
    },
    {
      name: 'not for a field that the user has cleared',
      schema: {
        properties: { a: { type: 'string', default: 'x' }, b: { type: 'string', default: 'y' } },
      },
      cleared: ['/a'],
      filled: { b: 'y' },
    },
    {
      name: 'of an object only for fields without their own',
      schema: {
        properties: {
          o: {
            type: 'object',
            default: { a: 'outer', b: 'outer' },
            properties: { a: { ...text, default: 'inner' }, b: text },
          },
        },
      },
      filled: { o: { a: 'inner', b: 'outer' } },
    },
    {
      name: 'lists with the required number of items',
      schema: {
        properties: {
          tags: { type: 'array', items: text },
          pair: {
            type: 'array',
            minItems: 2,
            items: { type: 'object', properties: { a: { type: 'number', default: 1 } } },
          },
          some: { type: 'array', items: text, default: ['x'] },
        },
      },
      filled: { tags: [], pair: [{ a: 1 }, { a: 1 }], some: ['x'] },
    },
    {
      name: 'of items that were added',
      schema: {
        properties: {
          links: {
            type: 'array',
            items: { type: 'object', properties: { type: { ...text, default: 'web' } } },
          },
        },
      },
      values: { links: [{}, { type: 'git' }] },
      filled: { links: [{ type: 'web' }, { type: 'git' }] },
    },
    {
      name: 'constants',
      schema: { properties: { version: { const: 2 } } },
      filled: { version: 2 },
    },
    {
      name: 'in place of a value that is not an option',
      schema: { properties: { kind: { type: 'string', enum: ['a', 'b'], default: 'b' } } },
      values: { kind: 'gone' },
      filled: { kind: 'b' },
    },
    {
      name: 'of fields that another default adds',
      schema: {
        properties: { kind: { type: 'string', enum: ['a', 'b'], default: 'a' } },
        dependencies: {
          kind: {
            oneOf: [
              { properties: { kind: { enum: ['a'] }, port: { type: 'integer', default: 80 } } },
            ],
          },
        },
      },
      filled: { kind: 'a', port: 80 },
    },
    {
      name: 'values of hidden fields are kept, as in Backstage',
      schema: {
        properties: { isPublic: { type: 'boolean' } },
        if: { properties: { isPublic: { const: true } } },
        then: { properties: { licence: text } },
      },
      values: { isPublic: false, licence: 'MIT' },
      filled: { isPublic: false, licence: 'MIT' },
    },
  ];
  test.each(cases)('$name', ({ filled, ...given }) => {
    expect(resolve(given).state.values).toEqual(filled);
  });

  test('of later pages are not filled in yet', () => {
    const schema: JsonObject[] = [
      { properties: { a: { ...text, default: '1' } } },
      { properties: { b: { ...text, default: '2' } } },
    ];
    const request = { parameters: schema, state: emptyForm, hosts: defaultRepoHosts };
    expect(resolveForm({ ...request, reached: 1 }).state.values).toEqual({ a: '1' });
    expect(resolveForm(request).state.values).toEqual({ a: '1', b: '2' });
  });
});

describe('pages', () => {
  const schema: JsonObject[] = [
    { title: 'What', properties: { isService: { type: 'boolean', default: false } } },
    {
      title: 'Service',
      description: 'How it **runs**',
      when: '${{ parameters.isService }}',
      required: ['host'],
      properties: { port: { type: 'integer', default: 80 }, host: text },
    },
    { properties: { owner: text } },
  ];
  const shown = (values: JsonObject): readonly unknown[] => {
    const { pages, submitted, state } = resolve({ schema, values });
    const errors = pages.flatMap(page => page.errors.map(({ path }) => path.join('.')));
    return [pages.map(page => page.isVisible), state.values, submitted, errors];
  };

  test('that are hidden have no values and no errors', () => {
    expect(shown({ host: 'h' })).toEqual([
      [true, false, true],
      { isService: false, host: 'h' },
      { isService: false },
      [],
    ]);
  });

  test('are shown depending on earlier values', () => {
    const values = { isService: true, port: 80 };
    expect(shown({ isService: true })).toEqual([[true, true, true], values, values, ['host']]);
  });

  test("have the title of the schema, or Backstage's default", () => {
    expect(resolve({ schema }).pages.map(({ title, description }) => [title, description])).toEqual(
      [
        ['What', undefined],
        ['Service', 'How it **runs**'],
        ['Please enter the following information', undefined],
      ],
    );
  });

  test.each([undefined, null, [], 'nonsense', [7]])('are empty for %j', parameters => {
    const request = {
      parameters: parameters as JsonValue,
      state: emptyForm,
      hosts: defaultRepoHosts,
    };
    expect(resolveForm(request).pages.flatMap(page => page.fields)).toEqual([]);
  });
});

describe('field', () => {
  test('has all properties of its schema and UI options', () => {
    const schema: JsonObject = {
      properties: {
        about: {
          type: 'string',
          title: 'About',
          description: 'What it does',
          default: 'd',
          'ui:widget': 'textarea',
          'ui:autofocus': true,
          'ui:placeholder': 'It …',
          'ui:help': 'Be brief',
          'ui:title': 'About it',
          'ui:options': { rows: 7, description: 'In **one** sentence' },
          'ui:emptyValue': '',
          'ui:readonly': true,
          maxLength: 80,
        },
      },
    };
    expect(resolve({ schema }).pages[0]?.fields).toEqual([
      {
        path: ['about'],
        title: 'About it',
        isTitleHidden: false,
        description: 'In **one** sentence',
        help: 'Be brief',
        placeholder: 'It …',
        isRequired: false,
        isReadonly: true,
        isFocused: true,
        value: 'd',
        emptyValue: '',
        control: {
          type: 'text',
          style: 'area',
          rows: 7,
          minLength: undefined,
          maxLength: 80,
          examples: [],
        },
        unknownField: undefined,
        isAdditional: false,
        review: { name: undefined, isShown: true, mask: undefined, isExploded: true },
      },
    ]);
  });

  const controls: readonly (readonly [string, JsonObject, unknown])[] = [
    [
      'a radio of a flag',
      { type: 'boolean', 'ui:widget': 'radio' },
      { type: 'flag', style: 'radio' },
    ],
    [
      'a flag with custom labels',
      { type: 'boolean', enum: [true, false], enumNames: ['On', 'Off'] },
      { labels: { yes: 'On', no: 'Off' } },
    ],
    [
      'options with names, one of them disabled',
      { type: 'number', enum: [1, 2], enumNames: ['One', 'Two'], 'ui:enumDisabled': [2] },
      {
        type: 'choice',
        style: 'select',
        options: [
          { value: 1, label: 'One', description: undefined, isDisabled: false },
          { value: 2, label: 'Two', description: undefined, isDisabled: true },
        ],
      },
    ],
    [
      'check boxes',
      { type: 'array', uniqueItems: true, items: { enum: ['a'] }, 'ui:widget': 'checkboxes' },
      { type: 'choices', style: 'checkboxes' },
    ],
    [
      'a password',
      { type: 'string', 'ui:widget': 'password' },
      { type: 'text', style: 'password' },
    ],
    ['a format', { type: 'string', format: 'uri' }, { type: 'text', style: 'url' }],
    [
      'numbers in bounds',
      { type: 'integer', minimum: 1, maximum: 9, multipleOf: 2, 'ui:widget': 'updown' },
      { type: 'number', style: 'updown', isInteger: true, minimum: 1, maximum: 9, step: 2 },
    ],
    [
      'a list without adding and reordering',
      {
        type: 'array',
        maxItems: 1,
        default: ['x'],
        items: text,
        'ui:options': { orderable: false },
      },
      { type: 'list', newItem: undefined, isOrderable: false },
    ],
    [
      'a list with additional items',
      { type: 'array', items: { default: 'n', ...text } },
      { newItem: { value: 'n' } },
    ],
  ];
  test.each(controls)('%s', (_, schema, control) => {
    const [field] = resolve({ schema: { properties: { x: schema } } }).pages[0]?.fields ?? [];
    expect(field?.control).toMatchObject(control as object);
  });

  test('is shown in the review as in Backstage', () => {
    const schema: JsonObject = {
      properties: {
        key: { ...text, 'ui:field': 'Secret' },
        pin: { ...text, 'ui:widget': 'password' },
        id: { ...text, 'ui:backstage': { review: { show: false } } },
        code: { ...text, 'ui:backstage': { review: { mask: '<code>', name: 'The code' } } },
      },
    };
    const fields = resolve({ schema }).pages[0]?.fields ?? [];
    expect(fields.map(({ review }) => [review.isShown, review.mask, review.name])).toEqual([
      [true, '******', undefined],
      [true, '******', undefined],
      [false, undefined, undefined],
      [true, '<code>', 'The code'],
    ]);
  });
});

describe('hostile forms', () => {
  test('are rejected with too many fields', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => {
        const next = { $ref: `#/definitions/d${index + 1}` };
        return [`d${index}`, { type: 'object', properties: { a: next, b: next } }];
      }),
    );
    const schema = { definitions, properties: { x: { $ref: '#/definitions/d0' } } };
    expect(() => resolve({ schema })).toThrow('The form has too many fields');
  });

  test('end at references to themselves', () => {
    const node = {
      type: 'object',
      properties: { name: text, child: { $ref: '#/definitions/node' } },
    };
    const schema = { definitions: { node }, properties: { tree: { $ref: '#/definitions/node' } } };
    expect(JSON.stringify(resolve({ schema }).pages).match(/"json"/g)).toHaveLength(1);
  });

  test('with names that every object has only set values', () => {
    const schema = JSON.parse(
      '{ "properties": { "__proto__": { "type": "string", "default": "x" }, "constructor": { "type": "string" } } }',
    ) as JsonObject;
    const { state, pages } = resolve({ schema });
    expect(Object.entries(state.values)).toEqual([['__proto__', 'x']]);
    expect(pages[0]?.fields.map(field => field.path)).toEqual([['__proto__'], ['constructor']]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

test('values that are nested too deep are rejected', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as JsonValue;
  expect(() => resolve({ schema: {}, values: { a: deep } })).toThrow(
    'The values nest deeper than 200 levels',
  );
});
