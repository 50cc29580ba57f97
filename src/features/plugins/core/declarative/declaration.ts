import * as z from 'zod/mini';
import type { JsonValue } from '../../../../model';
import { type FilterPredicate, readPredicate } from '../../../../model/predicates';
import { nearNames } from '../../../../platform/core';
import { ACTIVATION_EVENT } from '../activation';
import { parseDataPath } from './dataPath';
import { parseTextTemplate } from './textTemplate';

/*
 * The schema of a declarative plugin, which is data only. It checks files, and the language server
 * and package.json complete and explain with it.
 */

const described = (description: string) => z.meta({ description });

const text = (description: string, example?: string) =>
  z
    .string({ error: 'must be text' })
    .check(
      z.minLength(1, { error: 'must not be empty' }),
      z.meta({ description, ...(example !== undefined && { examples: [example] }) }),
    );

/** Adds what is wrong with a text by a parser's answer. */
const parsedBy = (parse: (text: string) => { readonly ok: boolean; readonly error?: unknown }) =>
  z.check<string>(payload => {
    if (typeof payload.value !== 'string') return;
    const result = parse(payload.value);
    if (result.ok) return;
    const { value: input, issues } = payload;
    issues.push({ code: 'custom', message: String(result.error), input, path: [] });
  });

const template = (description: string, example?: string) =>
  text(description, example).check(parsedBy(parseTextTemplate));

function oneOf<const T extends string>(values: readonly T[], description: string) {
  return z
    .enum(values, { error: `must be one of: ${values.join(', ')}` })
    .check(described(description));
}

const flag = (description: string) =>
  z.boolean({ error: 'must be true or false' }).check(described(description));
const amount = (description: string) =>
  z.number({ error: 'must be a number' }).check(described(description));

function list<T extends z.core.$ZodType>(item: T, description: string) {
  return z
    .array(item, { error: 'must be a list' })
    .check(z.maxLength(200, { error: 'can have at most 200 items' }), described(description));
}

/** An object that has no other keys. */
function record<T extends z.core.$ZodLooseShape>(fields: T, description?: string) {
  const known = Object.keys(fields);
  const shape = z.strictObject(fields, {
    error(issue) {
      if (issue.code !== 'unrecognized_keys') return 'must be an object';
      const [key = ''] = issue.keys as readonly string[];
      const [near] = nearNames(key, known);
      return near === undefined
        ? `Unknown key "${key}". Known: ${known.join(', ')}`
        : `Unknown key "${key}". Did you mean "${near}"?`;
    },
  });
  return description === undefined ? shape : shape.check(described(description));
}

const when = z.optional(
  z
    .custom<FilterPredicate>(() => true)
    .check(
      z.check(payload => {
        const { value: input, issues } = payload;
        const read = readPredicate(input);
        for (const { message, path } of read.ok ? [] : read.error) {
          issues.push({ code: 'custom', message, input, path: [...path] });
        }
      }),
      z.meta({
        type: 'object',
        description:
          'Entities that it is for, as a filter predicate of Backstage. Default: all entities.',
        examples: [{ kind: 'Component', 'spec.type': { $in: ['service', 'website'] } }],
      }),
    ),
);

const id = z.string({ error: 'must be text' }).check(
  z.regex(/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/i, {
    error: 'must be letters and digits, joined by "." or "-", such as "acme.slo"',
  }),
  described('Id, unique in the plugin.'),
);

const icon = z.optional(text('Name of a codicon.', 'book'));
const order = z.optional(amount('Sort key. Default: 100.'));

const path = text('Path to a value: a JSON pointer or a JSONPath without wildcards.', '$.coverage') //
  .check(parsedBy(parseDataPath));

const fromFile = record(
  {
    path,
    default: z.optional(z.json()).check(described('Value if the file has none.')),
  },
  'A value of the file in `from`.',
);

const value = z
  .union([z.string(), z.number(), z.boolean(), fromFile], {
    error: 'must be text, a number, or {"path": …} for a value of the file in "from"',
  })
  .check(
    z.check<unknown>(payload => {
      const { value: input, issues } = payload;
      if (typeof input !== 'string') return;
      const parsed = parseTextTemplate(input);
      if (!parsed.ok) issues.push({ code: 'custom', message: parsed.error, input, path: [] });
    }),
    described(
      'A text, in which `{{metadata.name}}` is a field of the entity, or a value of the file.',
    ),
  );

const tones = ['none', 'info', 'good', 'warning', 'bad'] as const;
const tone = z.optional(
  z
    .union(
      [
        z.enum(tones),
        z.strictObject({ good: z.number(), warning: z.number() }),
        z.record(z.string(), z.enum(tones)),
      ],
      {
        error: `must be one of ${tones.join(', ')}, limits such as {"good": 80, "warning": 50}, or a tone for each value`,
      },
    )
    .check(
      described(
        'Color: a tone; limits, where the higher is better if `good` is higher than `warning`; or a tone for each value.',
      ),
    ),
);

const url = template(
  'Web address. `{{metadata.name}}` is a field of the entity, encoded for URLs. Hidden if the field is missing.',
  'https://run.acme.dev/{{metadata.name}}',
);
const optionalUrl = z.optional(url);
const empty = z.optional(text('Text if there is nothing to show.'));
const description = z.optional(value);

const statuses = ['ok', 'warning', 'error', 'running', 'pending', 'unknown'] as const;

const metrics = record({
  type: z.literal('metrics'),
  metrics: list(
    record({
      label: text('Label.'),
      value,
      unit: z.optional(text('Unit after the value.', '%')),
      tone,
      description,
      url: optionalUrl,
    }),
    'Numbers or short texts.',
  ),
  empty,
});

const rating = record({
  type: z.literal('rating'),
  ratings: list(
    record({ label: text('Label.'), grade: value, tone, description, url: optionalUrl }),
    'Grades of at most three characters.',
  ),
  empty,
});

const status = record({
  type: z.literal('status'),
  items: list(
    record({
      label: text('Label.'),
      status: z
        .union([z.enum(statuses), fromFile], {
          error: `must be one of ${statuses.join(', ')}, or {"path": …}`,
        })
        .check(described('State, or the value of the file that has it.')),
      text: z.optional(value),
      description,
      url: optionalUrl,
    }),
    'States of things.',
  ),
  empty,
});

const fields = record({
  type: z.literal('fields'),
  fields: list(record({ label: text('Label.'), value, url: optionalUrl }), 'Labeled values.'),
});

const links = record({
  type: z.literal('links'),
  links: list(record({ title: template('Title.'), url, icon, description }), 'Links.'),
  empty,
});

const table = record({
  type: z.literal('table'),
  rows: record({ path }, 'The list of the file that has the rows.'),
  columns: list(
    record({
      title: text('Title.'),
      path: z.optional(path).check(described('Path in the row. Default: the row itself.')),
      align: z.optional(oneOf(['start', 'end'], 'Alignment. Default: start.')),
    }),
    'Columns.',
  ),
  empty,
});

const plainText = record({ type: z.literal('text'), text: value });
const markdown = record({ type: z.literal('markdown'), text: value });

const entities = record({
  type: z.literal('entities'),
  when,
  columns: z.optional(
    list(
      oneOf(
        [
          'kind',
          'problems',
          'type',
          'lifecycle',
          'owner',
          'system',
          'description',
          'tags',
          'namespace',
        ],
        'A column.',
      ),
      'Columns after the name. Default: type, lifecycle and description.',
    ),
  ),
  empty,
});

const content = z
  .discriminatedUnion(
    'type',
    [metrics, rating, status, fields, links, table, plainText, markdown, entities],
    {
      error: ({ code }) =>
        code === 'invalid_union'
          ? 'must be metrics, rating, status, fields, links, table, text, markdown or entities'
          : 'must be an object with a type',
    },
  )
  .check(described('Content of the card.'));

const from = z.optional(
  record(
    {
      file: text(
        'JSON, YAML or TOML file in the folder of the entity or below it; for home cards, in the folder of the plugin.',
        'sonar.json',
      ).check(
        z.refine<string>(isInside, {
          error: 'must be a relative path without "..", such as "sonar.json"',
        }),
      ),
    },
    'The file that values of the card are from.',
  ),
);

const glob = text('Path or glob, relative to the folder of the plugin.', 'runbooks/**/*.md').check(
  z.refine<string>(isInside, { error: 'must be a relative path or glob without ".."' }),
);
const globs = (description: string) => z.optional(list(glob, description));

const frame = {
  id,
  title: text('Title.'),
  icon,
  width: z.optional(oneOf(['third', 'half', 'twoThirds', 'full'], 'Width. Default: half.')),
  order,
  from,
  content,
};

const by = z
  .union([text('Dotted path of a field of the entity.', 'spec.type'), fromFile], {
    error:
      'must be the path of a field, such as "spec.type", or {"path": …} for a value of the file',
  })
  .check(described('Field of the entity, or value of the file in `from`.'));

/** Schema of a declarative plugin. */
export const pluginSchema = record(
  {
    apiVersion: z
      .literal(1, { error: 'must be 1' })
      .check(described('Version of the plugin API: 1.')),
    id: z.string({ error: 'must be text' }).check(
      z.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, {
        error: 'must be lowercase words joined by "-", such as "acme-tools"',
      }),
      described('Id of the plugin, unique among all plugins.'),
    ),
    title: text('Name of the plugin as shown to users.'),
    main: z
      .optional(
        glob.check(
          described('Module that exports the plugin, without vscode, relative to package.json.'),
        ),
      )
      .check(described('Module that exports the plugin, without vscode.')),
    model: globs('Layers of the catalog model.'),
    checks: globs('Checks of scorecards. Reserved: read, but not run yet.'),
    links: z.optional(
      list(record({ title: template('Title.'), url, icon, when }), 'Links on pages of entities.'),
    ),
    cards: z.optional(
      list(
        record({ ...frame, tab: z.optional(text('Id of the tab. Default: overview.')), when }),
        'Cards on pages of entities.',
      ),
    ),
    homeCards: z.optional(list(record(frame), 'Cards on the home page.')),
    tabs: z.optional(
      list(
        record({ id, title: text('Title.'), icon, order, when }),
        'Tabs on pages of entities. A tab without cards is hidden.',
      ),
    ),
    columns: z.optional(
      list(
        record({ id, title: text('Title.'), when, from, value, tone }),
        'Columns of tables of entities.',
      ),
    ),
    groupings: z.optional(
      list(
        record({
          id,
          title: text('Name of the grouping.'),
          when,
          from,
          by,
          none: z.optional(text('Group of entities without a value. Default: None.')),
        }),
        'Ways to group the Catalog view.',
      ),
    ),
    decorations: z.optional(
      list(
        record({
          id,
          when,
          from,
          badge: z.optional(value),
          tooltip: z.optional(value),
          tone,
        }),
        'Decorations of entities in the Catalog view.',
      ),
    ),
    templates: globs('Software templates.'),
    skills: globs('Skills of agents.'),
    actions: z.optional(
      list(
        record({
          id: text('Id of the action.', 'acme:ticket'),
          description: z.optional(text('Description.')),
          schema: z.optional(glob).check(described('JSON schema of the input, as a file.')),
        }),
        'Actions of software templates that a code plugin or a Backstage runs.',
      ),
    ),
    search: z.optional(
      list(
        record({
          id: z
            .string({ error: 'must be text' })
            .check(
              z.regex(/^[a-z][a-z0-9]*$/, { error: 'must be one lowercase word' }),
              described('Type of the documents: one lowercase word, used in `in:` filters.'),
            ),
          title: text('Name of the type as shown to users.'),
          icon,
          files: glob,
        }),
        'Text files as documents of the search.',
      ),
    ),
    commands: z.optional(
      list(
        record({
          command: text(
            'Id of a command of the editor. It gets the ref of the entity.',
            'acme.page',
          ),
          title: text('Title.'),
          icon,
          when,
          group: z.optional(text('Group in menus.')),
        }),
        'Commands on entities.',
      ),
    ),
    activation: z.optional(
      list(
        text('Event.', 'onEntityKind:cluster').check(
          z.regex(ACTIVATION_EVENT, {
            error: 'must be onEntityKind:KIND or onAction:ID, such as "onEntityKind:cluster"',
          }),
        ),
        'Events that start the code of the plugin: onEntityKind:KIND, when there is such an entity, or onAction:ID, when a Template uses the action. Default: when the catalog is read.',
      ),
    ),
    capabilities: z.optional(
      record(
        {
          network: z.optional(list(text('Host.'), 'Hosts that the plugin contacts.')),
          edits: z.optional(flag('Whether the plugin edits files.')),
          run: z.optional(list(text('Program.'), 'Programs that the plugin starts.')),
          secrets: z.optional(flag('Whether the plugin stores secrets.')),
          sources: z.optional(flag('Whether the plugin reads sources of others.')),
        },
        'What the code of the plugin asks for.',
      ),
    ),
  },
  'A plugin without code.',
);

/** A declarative plugin. */
export type PluginDeclaration = z.infer<typeof pluginSchema>;
export type DeclaredCard = NonNullable<PluginDeclaration['cards']>[number];
export type DeclaredHomeCard = NonNullable<PluginDeclaration['homeCards']>[number];
export type DeclaredContent = DeclaredCard['content'];
export type DeclaredGrouping = NonNullable<PluginDeclaration['groupings']>[number];
export type DeclaredSearch = NonNullable<PluginDeclaration['search']>[number];
export type DeclaredValue = string | number | boolean | ValueInFile;
export type DeclaredTone = z.infer<typeof tone>;

/** A value of a data file. */
export interface ValueInFile {
  readonly path: string;
  readonly default?: JsonValue | undefined;
}

/** Whether a path or glob stays in its folder. */
function isInside(file: string): boolean {
  return !/^[/\\~]|^[a-z]:|\\/i.test(file) && !file.split('/').includes('..');
}
