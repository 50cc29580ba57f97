import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  InsertTextFormat,
  type LocationLink,
  type MarkupContent,
} from 'vscode-languageserver-types';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
  pathOf,
} from '../../../../support/languageWorkspace';
import { textAt } from '../../../../support/markedText';
import {
  afterTaking,
  aTemplate,
  templateItems,
  templateProvider,
} from '../../../../support/templates';

let workspace: LanguageWorkspace;
beforeAll(async () => {
  workspace = await openLanguageWorkspace({
    'template.yaml': aTemplate(),
    'skeleton/README.md': '# ${{ values.name }}\n',
    'skeleton/src/index.ts': '',
    'skeleton/catalog-info.yaml': '',
    'one.txt': '',
  });
});
afterAll(() => workspace.dispose());

function cursor(text: string): ReturnType<LanguageWorkspace['cursor']> {
  return workspace.cursor('template.yaml', text);
}

async function labels(text: string): Promise<readonly string[]> {
  return (await templateItems(cursor(text))).map(({ label }) => label);
}

const message = (text: string): string =>
  `    - id: log\n      action: debug:log\n      input:\n        message: ${text}\n`;

describe('expressions', () => {
  it.each<[what: string, text: string, ...expected: string[]]>([
    [
      'the parameters',
      aTemplate({ more: message('${{ parameters.<|> }}') }),
      'name',
      'repo',
      'token',
    ],
    [
      'a name in progress',
      aTemplate({ more: message('${{ parameters.na<|> }}') }),
      'name',
      'repo',
      'token',
    ],
    [
      'properties of parameters',
      aTemplate({ more: message('${{ parameters.repo.<|> }}') }),
      'host',
    ],
    [
      'steps that come before',
      aTemplate({ more: message('${{ steps.<|> }}') }),
      'fetch-base',
      'publish',
    ],
    [
      'all steps for the output',
      aTemplate({ output: '    text: ${{ steps.<|> }}\n' }),
      'fetch-base',
      'publish',
    ],
    ['no step in itself', aTemplate({ input: '          x: ${{ steps.<|> }}\n' })],
    ['the output', aTemplate({ more: message('${{ steps.publish.<|> }}') }), 'output'],
    [
      'keys in brackets',
      aTemplate({ more: message("${{ steps['<|>'] }}") }),
      'fetch-base',
      'publish',
    ],
    [
      'keys in open brackets',
      aTemplate({ more: message("${{ parameters['<|>") }),
      'name',
      'repo',
      'token',
    ],
    ['keys after a bracket', aTemplate({ more: message("${{ parameters['repo'].<|> }}") }), 'host'],
    ['secrets', aTemplate({ more: message('${{ secrets.<|> }}') }), 'token'],
    [
      'the item',
      aTemplate({
        more: message('x ${{ each.<|> }}').replace('      action', '      each: [1]\n      action'),
      }),
      'value',
      'key',
    ],
    ['the user', aTemplate({ more: message('${{ user.<|> }}') }), 'entity', 'ref'],
  ])('complete %s', async (_, text, ...expected) => {
    expect(await labels(text)).toEqual(expected);
  });

  it.each([
    ['plain', '${{ parameters.<|> }}'],
    ['in quotes', '"it\'s\\t\\"${{ parameters.<|> }}\\""'],
    ['in a block', '|\n          one\n          ${{ parameters.<|> }}'],
    ['folded', '>-\n          one\n          two ${{ parameters.<|> }}\n          three'],
    [
      'of several lines',
      '|\n          {% if parameters.name %}\n          ${{ 1 +\n          parameters.<|> }}{% endif %}',
    ],
  ])('complete parameters in text that is %s', async (_, text) => {
    const marked = aTemplate({ more: message(text) });
    const taken = await afterTaking(cursor(marked), 'name');
    expect(taken).toBe(marked.replace('<|>', 'name'));
  });

  it.each([
    ['${{ parameters.<|>', '${{ parameters.name }}'],
    ['${{ parameters.na<|>', '${{ parameters.name }}'],
    ['"${{ parameters.<|>"', '"${{ parameters.name }}"'],
    ['"${{ parameters.<|>', '"${{ parameters.name }}'],
    ['${{parameters.<|>', '${{parameters.name}}'],
    ["${{ parameters['<|>", "${{ parameters['name'] }}"],
    ['${{ parameters.<|> and more', '${{ parameters.name }} and more'],
    ['${{ parameters.<|> ${{ user.ref }}', '${{ parameters.name }} ${{ user.ref }}'],
    ['{% if parameters.<|>', '{% if parameters.name %}'],
    [
      '|\n          ${{ parameters.<|>\n          a }} b',
      '|\n          ${{ parameters.name }}\n          a }} b',
    ],
    ['${{ parameters.<|> | upper }}', '${{ parameters.name | upper }}'],
    ['${{ parameters.na<|>me}}', '${{ parameters.name}}'],
    ['${{ parameters.<|> }', '${{ parameters.name }'],
    [
      '|\n          ${{ 1 +\n          parameters.<|>\n          }}',
      '|\n          ${{ 1 +\n          parameters.name\n          }}',
    ],
  ])('get only missing closing delimiters: %s', async (text, expected) => {
    const taken = await afterTaking(cursor(aTemplate({ more: message(text) })), 'name');
    // In snippet syntax.
    const written = taken.replace('$0', '').replaceAll('\\}', '}');
    expect(written).toBe(aTemplate({ more: message(expected) }));
  });

  it('keep the cursor inside added delimiters', async () => {
    const [name] = await templateItems(cursor(aTemplate({ more: message('${{ parameters.<|>') })));
    expect(name).toMatchObject({
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { newText: 'name$0 \\}\\}' },
    });
  });

  it('complete first names depending on the place', async () => {
    const input = await labels(aTemplate({ more: message('${{ <|> }}') }));
    expect(input).toEqual(
      expect.arrayContaining(['parameters', 'steps', 'secrets', 'user', 'range']),
    );
    expect(input).not.toContain('each');
    expect(input).not.toContain('always');
    const condition = await labels(aTemplate({ more: '    - if: ${{ <|> }}\n' }));
    expect(condition).toContain('always');
    expect(condition).not.toContain('secrets');
    expect(await labels(aTemplate({ output: '    text: ${{ <|> }}\n' }))).not.toContain('secrets');
  });

  it('complete filters after a bar, tests after is, and operators after a value', async () => {
    const filters = await templateItems(
      cursor(aTemplate({ more: message('${{ parameters.name | <|> }}') })),
    );
    expect(filters.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['parseRepoUrl', 'upper']),
    );
    expect(
      await labels(aTemplate({ more: message('${{ parameters.name is not d<|> }}') })),
    ).toContain('defined');
    expect(await labels(aTemplate({ more: message('${{ parameters.name <|> }}') }))).toEqual([
      'if',
      'else',
      'and',
      'or',
      'is',
      'in',
      'not in',
    ]);
    expect(await labels(aTemplate({ more: message('{% f<|> %}') }))).toContain('for');
  });

  it('complete local names', async () => {
    const text = aTemplate({ more: message('"{% for item in parameters.name %}${{ <|> }}"') });
    expect((await labels(text))[0]).toBe('item');
  });

  it('complete nothing in strings and comments', async () => {
    for (const text of ["${{ 'a<|>' }}", '{# <|> #}', '${{ a[b].<|> }}']) {
      expect(await labels(aTemplate({ more: message(`"${text}"`) }))).toEqual([]);
    }
  });

  it('complete a step id that is not a name in brackets', async () => {
    const marked = aTemplate({ more: message('${{ steps.<|> }}') });
    expect(await afterTaking(cursor(marked), 'fetch-base')).toContain(
      "message: ${{ steps['fetch-base'] }}",
    );
    const quoted = aTemplate({ more: message("'${{ steps.fe<|> }}'") });
    expect(await afterTaking(cursor(quoted), 'fetch-base')).toContain('${{ steps["fetch-base"] }}');
    const open = aTemplate({ more: message("${{ steps['fe<|> }}") });
    expect(await afterTaking(cursor(open), 'fetch-base')).toContain("${{ steps['fetch-base'] }}");
    const closed = aTemplate({ more: message("${{ steps['fe<|>'].output }}") });
    expect(await afterTaking(cursor(closed), 'fetch-base')).toContain(
      "${{ steps['fetch-base'].output }}",
    );
  });

  it('complete outputs of the action', async () => {
    const text = aTemplate({ more: message('${{ steps.publish.output.<|> }}') });
    expect(await labels(text)).toEqual(expect.arrayContaining(['remoteUrl', 'repoContentsUrl']));
  });
});

describe('steps', () => {
  it('have an incomplete list with too many expressions', async () => {
    const steps = Array.from({ length: 90 }, (_, index) =>
      [
        `    - id: publish${index}`,
        '      action: publish:github',
        '      input: { repoUrl: a }',
        '',
      ].join('\n'),
    );
    const listed = async (typed: string) => {
      const more = `${steps.join('')}${message(`${typed}<|>`)}`;
      return (await templateProvider.complete?.(cursor(aTemplate({ more })))) ?? { items: [] };
    };
    expect(await listed('')).toMatchObject({ isIncomplete: true });
    const { items, ...rest } = await listed('publish89.output.remoteUrl');
    expect(rest).toEqual({ isIncomplete: false });
    expect(items.map(({ label }) => label)).toEqual(['${{ steps.publish89.output.remoteUrl }}']);
  });

  it('complete actions', async () => {
    const items = await templateItems(cursor(aTemplate({ more: '    - action: fetch:te<|>\n' })));
    const [item] = items;
    expect(item?.label).toBe('fetch:template');
    expect((item?.documentation as MarkupContent).value).toContain('`url` `string` (required)');
  });

  it('complete missing inputs, required ones first', async () => {
    const text = aTemplate({
      more: '    - action: fetch:plain:file\n      input:\n        targetPath: a\n        <|>\n',
    });
    expect(await labels(text)).toEqual(['url', 'token']);
  });

  it.each([
    ['a text', 'fetch:template', '<|>', 'url', 'url: $0'],
    ['an object', 'fetch:template', '<|>', 'values', 'values:\n          $0'],
    [
      'a list',
      'fetch:template',
      '<|>',
      'copyWithoutTemplating',
      'copyWithoutTemplating:\n          - $0',
    ],
    ['in brackets', 'fetch:template', '{ <|> }', 'values', 'values: {$0}'],
    ['a key with a value', 'fetch:template', 'ur<|>: ./a', 'url', 'url: ./a'],
  ])('complete an input that is %s', async (_, action, input, label, expected) => {
    const place = input.startsWith('{') ? ` ${input}` : `\n        ${input}`;
    const marked = aTemplate({ more: `    - action: ${action}\n      input:${place}\n` });
    const taken = await afterTaking(cursor(marked), label);
    expect(taken).toBe(marked.replace(/ur<\|>: \.\/a|<\|>/, () => expected));
    expect(() => parse(taken.replace('$0', '')) as unknown).not.toThrow();
  });

  it('complete values', async () => {
    const values = (key: string): Promise<readonly string[]> =>
      labels(
        aTemplate({ more: `    - action: publish:github\n      input:\n        ${key}: <|>\n` }),
      );
    expect((await values('repoVisibility')).slice(0, 3).sort()).toEqual([
      'internal',
      'private',
      'public',
    ]);
    expect((await values('deleteBranchOnMerge')).slice(0, 2)).toEqual(['true', 'false']);
    expect(await values('description')).toContain('${{ parameters.name }}');
  });

  it('complete expressions whose type may match', async () => {
    const values = (key: string): Promise<readonly string[]> =>
      labels(
        aTemplate({
          ask: '        isOpen: { type: boolean }\n        any: {}\n',
          more: `    - action: publish:github\n      input:\n        ${key}: <|>\n`,
        }),
      );
    const flags = await values('deleteBranchOnMerge');
    expect(flags).toEqual(
      expect.arrayContaining(['${{ parameters.isOpen }}', '${{ parameters.any }}']),
    );
    expect(flags).not.toContain('${{ parameters.name }}');
    const texts = await values('description');
    expect(texts).not.toContain('${{ parameters.isOpen }}');
    expect(texts).not.toContain('${{ parameters.repo }}');
  });

  it('complete keys that start a list item', async () => {
    const files = (item: string): string =>
      aTemplate({
        more: `    - action: fs:rename\n      input:\n        files:\n          - ${item}\n`,
      });
    expect(await labels(files('<|>'))).toEqual(['from', 'to', 'overwrite']);
    const taken = await afterTaking(cursor(files('fr<|>')), 'from');
    expect(taken).toBe(files('from: $0'));
  });

  it('complete an expression as a value', async () => {
    const taken = async (value: string): Promise<unknown> => {
      const marked = aTemplate({ more: `    - action: debug:log\n      input: ${value}\n` });
      const text = await afterTaking(cursor(marked), '${{ parameters.name }}');
      return (parse(text) as { spec: { steps: { input: unknown }[] } }).spec.steps[2]?.input;
    };
    const expected = { message: '${{ parameters.name }}' };
    expect(await taken('\n        message: <|>')).toEqual(expected);
    expect(await taken('\n        message: "<|>"')).toEqual(expected);
    expect(await taken('{ message: <|> }')).toEqual(expected);
  });
});

describe('forms', () => {
  const ask = (text: string): string => aTemplate({ ask: `        owner:\n          ${text}\n` });
  it('complete fields, widgets and options', async () => {
    expect(await labels(ask('ui:<|>'))).toEqual(expect.arrayContaining(['ui:field', 'ui:widget']));
    expect(await labels(ask('ui:field: Own<|>'))).toEqual([
      'OwnerPicker',
      'OwnedEntityPicker',
      'RepoOwnerPicker',
    ]);
    expect(await labels(ask('ui:autofocus: <|>'))).toEqual(['true', 'false']);
    expect(
      await labels(ask('ui:field: RepoUrlPicker\n          ui:options:\n            <|>')),
    ).toContain('allowedHosts');
  });

  it('complete options by their type', async () => {
    const options = (text: string): string =>
      ask(`ui:field: RepoUrlPicker\n          ui:options:\n            ${text}`);
    const taken = (text: string, label: string): Promise<string> =>
      afterTaking(cursor(options(text)), label);
    expect(await taken('<|>', 'requestUserCredentials')).toBe(
      options('requestUserCredentials:\n              $0'),
    );
    expect(await taken('<|>', 'allowedHosts')).toBe(options('allowedHosts:\n              - $0'));
    expect(await labels(options('requestUserCredentials:\n              <|>'))).toEqual([
      'secretsKey',
      'additionalScopes',
    ]);
    const picker = 'ui:field: EntityPicker\n          ui:options:\n            ';
    expect(await labels(ask(`${picker}autoSelect: <|>`))).toEqual(['true', 'false']);
  });

  it('complete nothing among names of parameters', async () => {
    expect(await labels(aTemplate({ ask: '        <|>\n' }))).toEqual([]);
  });
});

async function hovered(text: string): Promise<string> {
  const hover = await templateProvider.hover?.(cursor(text));
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}

describe('hover', () => {
  it.each([
    ['parameter', '${{ parameters.na<|>me }}', 'What it is called'],
    ['property of a parameter', '${{ parameters.repo.ho<|>st }}', '`github.com`, `gitlab.com`'],
    ['step', "${{ steps['fetch<|>-base'] }}", '`fetch:template`'],
    ['output', '${{ steps.publish.output.remo<|>teUrl }}', 'Output of `publish:github`'],
    ['filter', '${{ parameters.name | upp<|>er }}', 'Converts text to uppercase'],
    ['test', '${{ parameters.name is def<|>ined }}', 'Whether the value is defined'],
    ['root', '${{ us<|>er.ref }}', 'The user who started the template'],
  ])('describes a %s', async (_, expression, expected) => {
    expect(await hovered(aTemplate({ more: message(expression) }))).toContain(expected);
  });

  it('describes actions, inputs and fields', async () => {
    const text = aTemplate();
    expect(await hovered(text.replace('fetch:template', 'fetch:<|>template'))).toContain(
      'Example:',
    );
    expect(await hovered(text.replace('url: ./', 'u<|>rl: ./'))).toContain(
      '`url`** — `string` · required',
    );
    expect(await hovered(text.replace('Secret', 'Sec<|>ret'))).toContain('`secrets`');
    expect(await hovered(text.replace('ui:field', 'ui:<|>field'))).toContain('ui:field');
  });

  it('escapes texts of a Template', async () => {
    const text = aTemplate({ more: message('${{ parameters.na<|>me }}') });
    const value = await hovered(text.replace('What it is called', '[x](command:evil) <b>'));
    expect(value).not.toContain('](command:evil)');
    expect(value).not.toContain('<b>');
  });

  it('is empty for unknown names', async () => {
    expect(await hovered(aTemplate({ more: message('${{ parameters.no<|>ne }}') }))).toBe('');
    expect(await hovered(aTemplate({ more: message('${{ na<|>me }}') }))).toBe('');
  });
});

async function targets(text: string): Promise<readonly string[]> {
  const request = cursor(text);
  const links: readonly LocationLink[] = (await templateProvider.definition?.(request)) ?? [];
  return links.map(({ targetUri, targetSelectionRange: range }) =>
    pathOf(targetUri) === 'template.yaml'
      ? `${range.start.line + 1}: ${textAt(request.text.text, range)}`
      : pathOf(targetUri),
  );
}

describe('definition', () => {
  it.each([
    ['of a parameter', '${{ parameters.na<|>me }}', '11: name'],
    ['of a property', '${{ parameters.repo.ho<|>st }}', '18: host'],
    ['of a step', "${{ steps['fetch<|>-base'].output }}", '23: fetch-base'],
    ['of an output', '${{ steps.publish.output.remo<|>teUrl }}', '30: publish'],
    ['of a secret', '${{ secrets.tok<|>en }}', '19: token'],
  ])('%s is its declaration', async (_, expression, expected) => {
    expect(await targets(aTemplate({ more: message(expression) }))).toEqual([expected]);
  });

  it('of a local name is its assignment', async () => {
    const text = aTemplate({ more: message('"{% set a = 1 %}${{ <|>a }}"') });
    expect(await targets(text)).toEqual(['37: a']);
  });

  it("of a step's url are the files there", async () => {
    expect(await targets(aTemplate().replace('./skeleton', './ske<|>leton'))).toEqual([
      'skeleton/README.md',
      'skeleton/catalog-info.yaml',
      'skeleton/src/index.ts',
    ]);
    expect(await targets(aTemplate().replace('./skeleton', './one<|>.txt'))).toEqual(['one.txt']);
    for (const url of ['./none<|>', '../..<|>', 'https://a.example<|>/b']) {
      expect(await targets(aTemplate().replace('./skeleton', url))).toEqual([]);
    }
  });
});

describe('references', () => {
  async function references(text: string): Promise<readonly string[]> {
    const request = cursor(text);
    const found =
      (await templateProvider.references?.({ ...request, includeDeclaration: true })) ?? [];
    const highlights = (await templateProvider.highlights?.(request)) ?? [];
    expect(highlights.map(({ range }) => range)).toEqual(found.map(({ range }) => range));
    return found.map(({ range }) => `${range.start.line + 1}: ${textAt(request.text.text, range)}`);
  }

  it('of a parameter are found from its declaration and its uses', async () => {
    const expected = ['9: name', '11: name', '29: name'];
    expect(await references(aTemplate().replace('parameters.name', 'parameters.na<|>me'))).toEqual(
      expected,
    );
    expect(await references(aTemplate().replace('        name:', '        na<|>me:'))).toEqual(
      expected,
    );
    expect(await references(aTemplate().replace('[name]', '[na<|>me]'))).toEqual(expected);
  });

  it('of a step are found from its declaration and its uses', async () => {
    const expected = ['30: publish', '36: publish'];
    expect(await references(aTemplate().replace('id: publish', 'id: pub<|>lish'))).toEqual(
      expected,
    );
    expect(await references(aTemplate().replace('steps.publish', 'steps.pub<|>lish'))).toEqual(
      expected,
    );
  });
});

describe('tokens', () => {
  it('have the types of names in expressions', async () => {
    const text = aTemplate({
      more: message('"{% if a is defined %}${{ parameters.x.y | upper(1, k=\'t\') }}{% endif %}"'),
    });
    const { text: opened, ...request } = workspace.open('template.yaml', text);
    const tokens = (await templateProvider.semanticTokens?.({ ...request, text: opened })) ?? [];
    const line = text.slice(0, text.indexOf('"{%')).length;
    const shown = tokens
      .filter(({ start, type }) => start > line && type !== 'operator')
      .map(({ start, end, type }) => `${text.slice(start, end)}: ${type}`);
    expect(shown.slice(0, 12)).toEqual([
      'if: keyword',
      'a: variable',
      'is: keyword',
      'defined: function',
      'parameters: variable',
      'x: parameter',
      'y: property',
      'upper: function',
      '1: number',
      'k: parameter',
      "'t': string",
      'endif: keyword',
    ]);
  });
});

it('a file that a step fetches is a link', async () => {
  const text = aTemplate().replace('./skeleton', './one.txt');
  const links = (await templateProvider.links?.(workspace.open('template.yaml', text))) ?? [];
  expect(links.map(({ target }) => pathOf(target ?? ''))).toEqual(['one.txt']);
});
