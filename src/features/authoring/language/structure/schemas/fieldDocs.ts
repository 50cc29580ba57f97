import { ownValue } from '../../../../../base';
/**
 * Documentation of descriptor fields and of their absence: Markdown by path, with `[]` for list items. Written for
 * Callboard, with facts from Backstage's catalog and scaffolder.
 */
type FieldDocs = Readonly<Record<string, string>>;

const REFUSED = 'Required.';

const byBackstage = (what: string): string =>
  `${what} Set by Backstage only; don't set it in a descriptor.`;

const common: FieldDocs = {
  apiVersion: `The version of the entity format, \`backstage.io/v1alpha1\` for most kinds. ${REFUSED}`,
  kind: `The kind of the entity, which determines the fields of \`spec\`. Case-sensitive. ${REFUSED}`,
  metadata: `Name, texts, tags and links, which entities of all kinds have. ${REFUSED}`,
  'metadata.name': `The name in references and URLs: at most 63 letters and digits, with single \`-\`, \`_\` or \`.\` between them. Must be unique for its kind and namespace, ignoring case. ${REFUSED}`,
  'metadata.namespace':
    'A scope for names, so that two teams can use the same name: a lowercase DNS label. References without a namespace mean the namespace of their own entity. Default: `default`.',
  'metadata.title': 'The display name, in free text. Default: `metadata.name`.',
  'metadata.description':
    'The purpose of the entity, in a sentence. If omitted, lists and search results show the name alone.',
  'metadata.labels':
    'Values to filter entities by, as in Kubernetes: keys and values are short texts of letters, digits, `-`, `_` and `.`. Default: none.',
  'metadata.annotations':
    'Data for plugins, such as the location of documentation, source or builds. Values are strings, so numbers and `true` need quotes. A plugin shows nothing for entities without its annotation.',
  'metadata.tags':
    'Words to find the entity by: lowercase letters, digits, `:`, `+` and `#`, joined by single `-`. If omitted, the entity is found by name, title and description.',
  'metadata.tags[]': 'A lowercase word to find the entity by.',
  'metadata.links':
    'Links to other places, such as dashboards, runbooks and chat channels. If omitted, the overview page shows none.',
  'metadata.links[].url': `The absolute URL of the link. ${REFUSED}`,
  'metadata.links[].title': 'The text of the link. Default: the URL.',
  'metadata.links[].icon':
    'The key of an icon of your Backstage, such as `dashboard` or `docs`. Default: a globe or a plain link icon.',
  'metadata.links[].type': 'A category, for plugins that show only some links. Default: none.',
  'metadata.uid': byBackstage('A globally unique ID.'),
  'metadata.etag': byBackstage('Changes with every change of the entity.'),
  spec: `Fields of this kind of entity. ${REFUSED}`,
  relations: byBackstage('Relations to other entities, derived from the fields of `spec`.'),
  status: byBackstage('Errors of processing the entity.'),
};

const owner = (what: string): string =>
  `The owner of the ${what}: a reference to a Group, or to a User as \`user:name\`. A reference to a missing entity is kept and shown as missing. ${REFUSED}`;
const lifecycle = (what: string): string =>
  `The lifecycle of the ${what}, in your organization's terms: usually \`experimental\`, \`production\` or \`deprecated\`. ${REFUSED}`;
const system = (what: string): string =>
  `The System that the ${what} is a part of. If omitted, no system page lists the ${what}.`;

const component: FieldDocs = {
  'spec.type': `The type of component, such as \`service\`, \`website\` or \`library\`. Your organization defines the types; Backstage can show each in its own way. ${REFUSED}`,
  'spec.lifecycle': lifecycle('component'),
  'spec.owner': owner('component'),
  'spec.system': system('component'),
  'spec.subcomponentOf':
    'The Component that this one is a part of. If omitted, the component is independent.',
  'spec.providesApis':
    "References to the APIs that the component offers. If omitted, the pages of the APIs don't show their providers.",
  'spec.providesApis[]': 'A reference to an API that the component offers.',
  'spec.consumesApis':
    "References to the APIs that the component calls. If omitted, the owners of the APIs don't see their consumers.",
  'spec.consumesApis[]': 'A reference to an API that the component calls.',
  'spec.dependsOn':
    'Dependencies of the component: references with their kind, such as `resource:orders-db`. If omitted, graphs show no dependencies.',
  'spec.dependsOn[]': 'A reference with its kind, such as `component:name` or `resource:name`.',
  'spec.dependencyOf':
    "Entities that depend on this component: references with their kind. The inverse of `dependsOn`, for dependents that don't declare it themselves. Default: none.",
  'spec.dependencyOf[]': 'A reference with its kind, such as `component:name`.',
};

const api: FieldDocs = {
  'spec.type': `The format of the definition, which determines how Backstage shows it. \`mcp-server\` has \`remotes\` instead of a definition. ${REFUSED}`,
  'spec.lifecycle': lifecycle('API'),
  'spec.owner': owner('API'),
  'spec.system': system('API'),
  'spec.definition': `The definition as a block of text, or \`$text: ./openapi.yaml\` to read it from a file. ${REFUSED}`,
  'spec.remotes': `The endpoints of the MCP server; at least one. ${REFUSED}`,
  'spec.remotes[].type': `The transport of the endpoint: \`streamable-http\`, \`sse\` or \`stdio\`. ${REFUSED}`,
  'spec.remotes[].url': `The URL of the endpoint; for \`stdio\`, it can be a command. ${REFUSED}`,
};

const resource: FieldDocs = {
  'spec.type': `The type of resource, such as \`database\` or \`s3-bucket\`. Your organization defines the types. ${REFUSED}`,
  'spec.owner': owner('resource'),
  'spec.system': system('resource'),
  'spec.dependsOn':
    'Dependencies of the resource: references with their kind, such as `resource:network`. If omitted, graphs show no dependencies.',
  'spec.dependsOn[]': 'A reference with its kind, such as `resource:name`.',
  'spec.dependencyOf':
    "Entities that depend on this resource: references with their kind. The inverse of `dependsOn`, for dependents that don't declare it themselves. Default: none.",
  'spec.dependencyOf[]': 'A reference with its kind, such as `component:name`.',
};

const systemKind: FieldDocs = {
  'spec.owner': owner('system'),
  'spec.domain':
    'The Domain that the system belongs to. If omitted, no domain page lists the system.',
  'spec.type': 'The type of system, such as `product` or `feature-set`. Default: none.',
};

const domain: FieldDocs = {
  'spec.owner': owner('domain'),
  'spec.subdomainOf':
    'The Domain that this one is a part of. If omitted, the domain is at the top.',
  'spec.type': 'The type of domain, such as `product-group` or `bundle`. Default: none.',
};

const profile = (who: string): FieldDocs => ({
  'spec.profile': `The profile of the ${who}. If omitted, only the name of the entity is shown.`,
  'spec.profile.displayName': `The display name of the ${who}. Default: \`metadata.title\` or the name.`,
  'spec.profile.email': `The email address of the ${who}. Default: none.`,
  'spec.profile.picture': `The URL of a picture. Default: initials.`,
});

const group: FieldDocs = {
  ...profile('group'),
  'spec.type': `The type of group, such as \`team\`, \`business-unit\` or \`root\`. ${REFUSED}`,
  'spec.parent': 'The Group that this one is a part of. If omitted, the group is at the top.',
  'spec.children': `References to the direct child Groups; \`[]\` if there are none, or if each names this one as its \`parent\`. ${REFUSED}`,
  'spec.children[]': 'A reference to a Group.',
  'spec.members':
    'References to members of the group, in addition to Users that name it in `memberOf`. Default: only those Users.',
  'spec.members[]': 'A reference to a User.',
};

const user: FieldDocs = {
  ...profile('user'),
  'spec.memberOf': `References to the Groups that the user is a direct member of; \`[]\` if there are none. ${REFUSED}`,
  'spec.memberOf[]': 'A reference to a Group.',
};

const location: FieldDocs = {
  'spec.type':
    "The type of the targets: `url` or `file`. Default: the type of this file's own location, which relative targets need.",
  'spec.target':
    'A location of more descriptors: a path relative to this file, or a URL, optionally with `*` as a wildcard. If omitted, only `targets` are read.',
  'spec.targets': 'Locations of more descriptors. If omitted, only `target` is read.',
  'spec.targets[]': 'A path relative to this file, or a URL, optionally with `*` as a wildcard.',
  'spec.presence':
    'Whether a target has to exist: `required` or `optional`. Default: `required`, which reports a missing target as an error.',
};

const permissions = (path: string, what: string): FieldDocs => ({
  [`${path}.backstage:permissions`]: `Data for the permission policy that decides who may use the ${what}. Default: none.`,
  [`${path}.backstage:permissions.tags`]: `Tags for permission rules. If omitted, no rule by tag matches the ${what}.`,
  [`${path}.backstage:permissions.tags[]`]: 'A tag for permission rules.',
});

const condition = (what: string): string =>
  `An expression such as \`\${{ parameters.withDocs }}\`. If it results in \`false\`, nothing, \`0\` or an empty list, the ${what} is skipped; the text \`'false'\` isn't false. Default: always included.`;

const decorators = (path: string): FieldDocs => ({
  [path]:
    'Decorators that the form runs before it creates a task, for example to request a token. Default: none.',
  [`${path}[].id`]: 'The id of a form decorator in your Backstage. If omitted, nothing runs.',
  [`${path}[].input`]: 'The input of the decorator. Default: none.',
});

const template: FieldDocs = {
  'spec.type': `The type of the template's output, such as \`service\`, \`website\` or \`library\`. The templates page can filter by it. ${REFUSED}`,
  'spec.owner':
    'The owner of the template: a reference to a Group or User. If omitted, the page shows no owner.',
  'spec.lifecycle': "The lifecycle of the template, in your organization's terms. Default: none.",
  'spec.parameters':
    'The fields of the form: a JSON schema, or a list with a schema per page. If omitted, the form has no fields and starts with the review.',
  'spec.parameters[].when':
    "An expression that controls whether the page is shown, such as `${{ parameters.kind === 'api' }}`. Default: always.",
  ...permissions('spec.parameters', 'parameters'),
  ...permissions('spec.parameters[]', 'parameters'),
  'spec.secrets':
    "The secrets of a task that is created through the API. If omitted, secrets aren't validated.",
  'spec.secrets.schema': 'The JSON schema of the secrets. If omitted, any secrets are valid.',
  'spec.presentation': 'Custom texts of the form. Default: the standard texts.',
  'spec.presentation.buttonLabels': 'Custom texts of the buttons. Default: the standard texts.',
  'spec.presentation.buttonLabels.backButtonText':
    'The text of the button that returns to the previous page. Default: Back.',
  'spec.presentation.buttonLabels.createButtonText':
    'The text of the button that starts the task. Default: Create.',
  'spec.presentation.buttonLabels.reviewButtonText':
    'The text of the button that opens the review. Default: Review.',
  'spec.EXPERIMENTAL_recovery':
    'The recovery of a task whose server stopped in the middle. If omitted, the task fails.',
  'spec.EXPERIMENTAL_recovery.EXPERIMENTAL_strategy':
    '`startOver` restarts the task from the beginning. Default: `none`, the task fails.',
  ...decorators('spec.formDecorators'),
  ...decorators('spec.EXPERIMENTAL_formDecorators'),
  'spec.steps': `The steps of the task, in order. ${REFUSED}`,
  'spec.steps[].id':
    "The id by which later steps use the output of this step: `${{ steps.id.output.key }}`. If omitted, later steps can't use the output.",
  'spec.steps[].name': 'The displayed name of the running step. Default: the name of the action.',
  'spec.steps[].action': `The action to run, such as \`fetch:template\`. ${REFUSED}`,
  'spec.steps[].input':
    'The input of the action; texts can contain `${{ expressions }}`. Most actions require some input. Default: none.',
  'spec.steps[].if': condition('step'),
  'spec.steps[].each':
    'A list or map: the step runs once for each entry, which is `each.value` (and `each.key`). If omitted, the step runs once.',
  ...permissions('spec.steps[]', 'step'),
  'spec.output':
    'The output of the finished task; texts can contain `${{ expressions }}`. If omitted, only the log is shown.',
  'spec.output.links': 'Links to the results of the task. Default: none.',
  'spec.output.links[].if': condition('link'),
  'spec.output.links[].url': 'The URL of the link. Required without `entityRef`.',
  'spec.output.links[].entityRef':
    'The target entity of the link, such as `${{ steps.register.output.entityRef }}`. Required without `url`.',
  'spec.output.links[].title': 'The text of the link. Default: its target.',
  'spec.output.links[].icon': 'The key of an icon, such as `catalog`. Default: a plain link icon.',
  'spec.output.text': 'Texts to show when the task is done. Default: none.',
  'spec.output.text[].if': condition('text'),
  'spec.output.text[].title': 'The heading of the text. Default: none.',
  'spec.output.text[].icon': 'The key of an icon beside the title. Default: a plain one.',
  'spec.output.text[].content': 'The text, as Markdown. Default: none.',
};

const aiList = (field: string, what: string, without: string): FieldDocs => ({
  [`spec.${field}`]: `${what} ${without}`.trim(),
  [`spec.${field}[]`]: what,
});

const aiResource: FieldDocs = {
  'spec.type': `The type of resource: \`skill\`, \`rule\`, \`plugin\` or \`marketplace\` have additional fields. ${REFUSED}`,
  'spec.lifecycle': lifecycle('resource'),
  'spec.owner': owner('resource'),
  'spec.system': system('resource'),
  ...aiList('disciplines', 'Engineering disciplines that it is for.', 'Default: all.'),
  ...aiList('categories', 'Words that describe the skill. Default: none.', ''),
  ...aiList('agents', 'Coding tools that support the skill.', 'Default: any.'),
  ...aiList(
    'dependsOn',
    'References to AiResources that the skill needs.',
    'If omitted, graphs show no dependencies.',
  ),
  'spec.allowedTools':
    'Tools that the skill can use without confirmation, separated by spaces, such as `Read Edit`. If omitted, the coding tool decides.',
  'spec.license': 'An SPDX identifier, or the terms. If omitted, no terms are stated.',
  'spec.compatibility':
    'Requirements of the skill, such as `Python 3.11+`, in at most 500 characters. Default: none.',
  'spec.category': `The topic of the rule, such as \`security\`, \`architecture\` or \`style\`. ${REFUSED}`,
  'spec.rationale': `The reason for the rule. ${REFUSED}`,
  'spec.skills': `References to the skills in the plugin. ${REFUSED}`,
  'spec.skills[]': 'A reference to an AiResource of type `skill`.',
  'spec.plugins': `References to the plugins that the marketplace offers. ${REFUSED}`,
  'spec.plugins[]': 'A reference to an AiResource of type `plugin`.',
  'spec.version': 'The version of the resource. Default: none.',
};

const byKind: Readonly<Record<string, FieldDocs>> = {
  API: api,
  AiResource: aiResource,
  Component: component,
  Domain: domain,
  Group: group,
  Location: location,
  Resource: resource,
  System: systemKind,
  Template: template,
  User: user,
};

/** A sentence about each kind, shown where a kind is chosen. */
export const kindDocs: FieldDocs = {
  API: 'An interface that components offer and call, with its definition.',
  AiResource: 'A resource for AI coding tools: a skill, a rule, a plugin or a marketplace.',
  Component: 'A piece of software, usually built from one source: a service, a website, a library.',
  Domain: 'A part of the business, with systems that share its terms.',
  Group: 'A team or another unit of the organization.',
  Location: 'Refers to other files with descriptors.',
  Resource: 'What components need to run: a database, a bucket, a cluster.',
  System: 'Components, APIs and resources that work together for one purpose.',
  Template: 'A golden path: a form, and steps that use its values.',
  User: 'A person.',
};

/**
 * Returns the documentation of a field as Markdown.
 *
 * @param kind - a built-in one; any other has only the common fields
 * @param path - such as `metadata.links[].url`
 */
export function fieldDoc(kind: string, path: string): string | undefined {
  const own = ownValue(byKind, kind);
  return [own, common].find(docs => docs !== undefined && Object.hasOwn(docs, path))?.[path];
}
