import * as z from 'zod/mini';
import { severities } from '../../../model';
import { MAX_MEMBERS, MAX_TARGETS } from './fields';

/** Description of a tool for agents that don't know it. */
export interface ToolDescription {
  readonly title: string;
  /** Purpose, when to use the tool, and result. */
  readonly description: string;
  readonly output: z.ZodMiniType;
}

const text = (description: string) => z.string().check(z.describe(description));
const texts = (description: string) => z.array(z.string()).check(z.describe(description));
const count = (description: string) => z.int().check(z.describe(description));
const flag = (description: string) => z.boolean().check(z.describe(description));

/** File and line of a result. */
const placeFields = {
  file: z.optional(
    text(
      'Path relative to the workspace folder. Starts with the folder name in a multi-root workspace.',
    ),
  ),
  line: z.optional(count('Line in the file, 1-based.')),
};

const searchOutput = z.object({
  results: z
    .array(
      z.object({
        type: text('catalog, docs, apis, templates, people, or the type of a plugin.'),
        title: z.string(),
        path: z.optional(text('Parents of the result: site, page, and headings above.')),
        ref: z.optional(text('Ref of the entity that the result is or belongs to.')),
        owners: z.optional(z.array(z.string())),
        snippet: z.optional(text('Best matching part of the text.')),
        ...placeFields,
      }),
    )
    .check(z.describe('Best match first.')),
  total: count('Total number of results.'),
  ignored: texts('Query words that were ignored because no document has all words.'),
  isPartial: flag('Whether the index is still being built, so that results may be missing.'),
});

const relationGroup = z.object({
  type: text('Relation type, such as dependsOn, ownerOf or apiProvidedBy.'),
  total: z.int(),
  targets: texts(`Full refs, at most ${MAX_TARGETS}.`),
});

const entitySummary = z.object({
  ref: text('Full ref, kind:namespace/name, lower case.'),
  kind: z.string(),
  type: z.optional(text('spec.type')),
  title: z.string(),
  description: z.optional(z.string()),
  owners: z.array(z.string()),
  lifecycle: z.optional(z.string()),
  systems: texts('Refs of the entities that it is part of.'),
  tags: z.array(z.string()),
  relations: z.array(relationGroup),
  links: z.array(z.object({ title: z.string(), url: z.string() })),
  hasDocs: flag('Whether it has TechDocs. Use search_docs to search them.'),
  problems: count('Number of problems. Use validate to list them.'),
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
    .check(z.describe('Contact links: chat, issue tracker, on-call.')),
  members: z.array(person).check(z.describe(`Members of a group, at most ${MAX_MEMBERS}.`)),
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
      distance: count('Number of relations from the entity. 1 for a direct dependent.'),
      relation: z.string(),
      on: text('Ref of the other end of the relation.'),
      owners: z.array(z.string()),
      ...placeFields,
    }),
  ),
  total: z.int(),
  summary: text('Number of entities and owners.'),
  owners: z.array(
    z.object({
      owner: z.optional(text('Ref of the owner. Missing for entities without an owner.')),
      total: z.int(),
    }),
  ),
  isTruncated: flag('Whether the list is truncated.'),
});

const ownersOutput = z.object({
  answer: z
    .optional(
      z.object({
        owners: texts('Full refs, or CODEOWNERS handles that match no entity.'),
        reason: z.string(),
      }),
    )
    .check(
      z.describe('Owner of the file, with the reason. Other owners and sources are candidates.'),
    ),
  owners: z.array(owner).check(z.describe('Owners of the answer first.')),
  sources: z
    .array(
      z.object({
        type: z.enum(['entity', 'codeowners']),
        ref: z.optional(text('Ref of the entity that names the owners.')),
        owners: texts('Owners as the source names them.'),
        ...placeFields,
      }),
    )
    .check(z.describe('Sources that name an owner. The source of the answer comes first.')),
});

const validateOutput = z.object({
  entities: texts('Refs of the entities in the file. Empty for folders.'),
  isFile: z.boolean(),
  problems: z.array(
    z.object({
      severity: z.enum(severities),
      code: text('Problem code.'),
      message: z.string(),
      ref: z.optional(text('Ref of the entity with the problem.')),
      suggestions: z.optional(texts('Suggested replacements.')),
      column: z.optional(count('Column, 1-based, in UTF-16 code units.')),
      ...placeFields,
    }),
  ),
  counts: counts.check(z.describe('Number of problems by severity.')),
  isTruncated: flag('Whether the list is truncated.'),
});

export type SearchOutput = z.infer<typeof searchOutput>;
export type EntitySummary = z.infer<typeof entitySummary>;
export type Person = z.infer<typeof person>;
export type Owner = z.infer<typeof owner>;
export type DependentsOutput = z.infer<typeof dependentsOutput>;
export type OwnersOutput = z.infer<typeof ownersOutput>;
export type ValidateOutput = z.infer<typeof validateOutput>;

/** Descriptions of all tools by name. The editor reads them from the manifest. */
export const toolDescriptions: ReadonlyMap<string, ToolDescription> = new Map(
  Object.entries({
    find: {
      title: 'Search the developer portal',
      description:
        'Search the software catalog and docs of this workspace: components, APIs and their operations, systems, ' +
        'resources, teams, people, software templates, and documentation. Use this tool first to find an entity ref ' +
        'or a place in a file. Returns for each result: type, title, entity ref, owners, snippet, file and line ' +
        '(1-based).',
      output: searchOutput,
    },
    get_entity: {
      title: 'Get an entity',
      description:
        'Get one entity of the software catalog: kind, type, title, description, owners, lifecycle, system, tags, ' +
        'relations in both directions, links, and file and line (1-based) of its descriptor. Use this tool when you ' +
        'know the entity ref. Use find to look up refs.',
      output: entitySummary,
    },
    dependents: {
      title: 'Find dependents of an entity',
      description:
        'Find the entities that are affected if an entity fails: its dependents, the APIs that it provides and their ' +
        'consumers, and its parts, direct and indirect. Use this tool before a change to find the owners to notify. ' +
        'Returns for each entity: owners, the relation through which it is affected, and file and line (1-based) of ' +
        'its descriptor.',
      output: dependentsOutput,
    },
    owners: {
      title: 'Find owners of an entity or file',
      description:
        'Find the owners of an entity of the software catalog or of a file in the workspace. The owner of a file ' +
        'comes from the matching CODEOWNERS line or from the nearest descriptor. Use this tool to find reviewers and ' +
        'contacts. Returns the owners with the reason, then other candidates. Each owner has its email address, links ' +
        'and members; each source has file and line (1-based).',
      output: ownersOutput,
    },
    search_docs: {
      title: 'Search the documentation',
      description:
        'Search the TechDocs of this workspace by section. Use this tool for how-tos, architecture, runbooks and ' +
        'decisions. Returns for each section: heading, site and page, entity that the docs belong to, matching ' +
        'passage, and the Markdown file with the line (1-based) of the heading. Read on from that line.',
      output: searchOutput,
    },
    validate: {
      title: 'Validate descriptors',
      description:
        'Validate descriptors of the software catalog (catalog-info.yaml, template.yaml, API definitions) by the ' +
        'rules of Backstage, in one file, a folder, or the whole workspace. Use this tool after editing such a file. ' +
        'Returns for each problem: severity, code, message, file, line and column (1-based). Reads files as they are ' +
        'on disk or in the editor.',
      output: validateOutput,
    },
  }),
);
