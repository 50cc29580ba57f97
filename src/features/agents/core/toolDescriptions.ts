import * as z from 'zod/mini';
import { severities } from '../../../model';
import { MAX_MEMBERS, MAX_TARGETS } from './fields';

/** A tool as it is described to agents that don't know it from elsewhere. */
export interface ToolDescription {
  readonly title: string;
  /** For models: what it is for, when to use it, and what comes back. */
  readonly description: string;
  readonly output: z.ZodMiniType;
}

const text = (description: string) => z.string().check(z.describe(description));
const texts = (description: string) => z.array(z.string()).check(z.describe(description));
const count = (description: string) => z.int().check(z.describe(description));
const flag = (description: string) => z.boolean().check(z.describe(description));

/** Where something is written. */
const placeFields = {
  file: z.optional(
    text('Path below the workspace folder; begins with its name where there are several.'),
  ),
  line: z.optional(count('Line in the file, counted from 1.')),
};

const searchOutput = z.object({
  results: z
    .array(
      z.object({
        type: text('catalog, docs, apis, templates, people, or of a plugin.'),
        title: z.string(),
        path: z.optional(text('What it is part of: the site, the page, the headings above.')),
        ref: z.optional(text('The entity that it is or belongs to.')),
        owners: z.optional(z.array(z.string())),
        snippet: z.optional(text('The part of its text that matches best.')),
        ...placeFields,
      }),
    )
    .check(z.describe('The best first.')),
  total: count('How many there are in all.'),
  ignored: texts(
    'Words of the query that were ignored, as nothing has all words: no result has to have them.',
  ),
  isPartial: flag('Whether there may be more, as the index is still being made.'),
});

const relationGroup = z.object({
  type: text('As the entity has it: dependsOn, ownerOf, apiProvidedBy.'),
  total: z.int(),
  targets: texts(`Full refs; the first ${MAX_TARGETS}.`),
});

const entitySummary = z.object({
  ref: text('Full ref, kind:namespace/name, in lower case.'),
  kind: z.string(),
  type: z.optional(text('spec.type')),
  title: z.string(),
  description: z.optional(z.string()),
  owners: z.array(z.string()),
  lifecycle: z.optional(z.string()),
  systems: texts('What it is part of.'),
  tags: z.array(z.string()),
  relations: z.array(relationGroup),
  links: z.array(z.object({ title: z.string(), url: z.string() })),
  hasDocs: flag('Whether it has TechDocs, which search_docs finds.'),
  problems: count('How many problems it has, which validate tells.'),
  ...placeFields,
});

const person = z.object({
  ref: z.string(),
  title: z.optional(z.string()),
  email: z.optional(z.string()),
});

const owner = z.extend(person, {
  isInCatalog: z.boolean(),
  links: z
    .array(z.object({ title: z.string(), url: z.string() }))
    .check(z.describe('Ways to reach it: chat, issue tracker, on-call.')),
  members: z.array(person).check(z.describe(`Of a group; the first ${MAX_MEMBERS}.`)),
  totalMembers: z.int(),
  ...placeFields,
});

const counts = z.object({ error: z.int(), warning: z.int(), info: z.int(), hint: z.int() });

const dependentsOutput = z.object({
  ref: z.string(),
  dependents: z.array(
    z.object({
      ref: z.string(),
      title: z.optional(z.string()),
      distance: count('1: a direct dependent.'),
      relation: z.string(),
      on: text('The other end of that relation.'),
      owners: z.array(z.string()),
      ...placeFields,
    }),
  ),
  total: z.int(),
  summary: text('Numbers of entities and owners.'),
  owners: z.array(
    z.object({
      owner: z.optional(text('Missing for entities without an owner.')),
      total: z.int(),
    }),
  ),
  isTruncated: flag('Whether there are more than are listed.'),
});

const ownersOutput = z.object({
  answer: z
    .optional(
      z.object({
        owners: texts('Full refs; names of CODEOWNERS that the catalog does not know.'),
        reason: z.string(),
      }),
    )
    .check(z.describe('Of a file: who owns it, and why. All else are other candidates.')),
  owners: z.array(owner).check(z.describe('Those of the answer first.')),
  sources: z
    .array(
      z.object({
        type: z.enum(['entity', 'codeowners']),
        ref: z.optional(text('The entity whose owner it is.')),
        owners: texts('As it names them.'),
        ...placeFields,
      }),
    )
    .check(z.describe('What says who owns it; what the answer is from first.')),
});

const validateOutput = z.object({
  entities: texts('The entities that the file holds; none for folders.'),
  isFile: z.boolean(),
  problems: z.array(
    z.object({
      severity: z.enum(severities),
      code: text('Stable name of the rule.'),
      message: z.string(),
      ref: z.optional(text('The entity that it is a problem of.')),
      suggestions: z.optional(texts('What may have been meant instead.')),
      column: z.optional(count('Counted from 1, in UTF-16 code units.')),
      ...placeFields,
    }),
  ),
  counts: counts.check(z.describe('All problems, by severity.')),
  isTruncated: flag('Whether there are more than are listed.'),
});

export type SearchOutput = z.infer<typeof searchOutput>;
export type EntitySummary = z.infer<typeof entitySummary>;
export type Person = z.infer<typeof person>;
export type Owner = z.infer<typeof owner>;
export type DependentsOutput = z.infer<typeof dependentsOutput>;
export type OwnersOutput = z.infer<typeof ownersOutput>;
export type ValidateOutput = z.infer<typeof validateOutput>;

/** Descriptions of all tools, by their names. The editor has them from the manifest. */
export const toolDescriptions: ReadonlyMap<string, ToolDescription> = new Map(
  Object.entries({
    find: {
      title: 'Search the developer portal',
      description:
        'Searches the software catalog of this workspace: components, APIs and their operations, systems, resources, ' +
        'teams and people, software templates, and documentation. Use it first, to get from words to an entity ref or ' +
        'to a place in a file. Each result has its type, title, entity ref, owners, a snippet, and file and line ' +
        '(counted from 1).',
      output: searchOutput,
    },
    get_entity: {
      title: 'Get an entity',
      description:
        'Tells what the software catalog knows of one entity: kind, type, title, description, owners, lifecycle, ' +
        'system, tags, relations in both directions, links, and the file and line (counted from 1) of its descriptor. ' +
        'Use it when you know the ref; find leads to refs.',
      output: entitySummary,
    },
    dependents: {
      title: 'Find what depends on an entity',
      description:
        'Finds what is affected if an entity stops: entities that depend on it, the APIs that it provides and their ' +
        'consumers, and its parts, direct and indirect. Use it before a change, to find the owners to tell. Each has ' +
        'its owners, the relation through which it is affected, and the file and line (counted from 1) of its descriptor.',
      output: dependentsOutput,
    },
    owners: {
      title: 'Find who owns something',
      description:
        'Tells who owns an entity of the software catalog, or a file of the workspace: for files by the line of ' +
        'CODEOWNERS that matches and by the nearest descriptor around them. The answer comes first, with its reason, then ' +
        'other candidates. Use it to know whom to ask or to have review a change. Each owner comes with its e-mail ' +
        'address, links and members, and what says so with file and line (counted from 1).',
      output: ownersOutput,
    },
    search_docs: {
      title: 'Search the documentation',
      description:
        'Searches the TechDocs of this workspace, section by section. Use it for how-to, architecture, runbooks and ' +
        'decisions. Each result is a section: its heading, the site and page it is on, the entity that the docs belong ' +
        'to, the passage that matches, and the Markdown file with the line of the heading (counted from 1), from which ' +
        'to read on.',
      output: searchOutput,
    },
    validate: {
      title: 'Validate descriptors',
      description:
        'Tells what is wrong with the descriptors of the software catalog (catalog-info.yaml, template.yaml, API ' +
        'definitions), as a Backstage would: of one file, of a folder, or of the whole workspace. Use it after editing ' +
        'such a file. Each problem has a severity, a code, a message, and file, line and column (counted from 1). Files ' +
        'are read as they are on disk, or in the editor.',
      output: validateOutput,
    },
  }),
);
