import { ownValue } from '../../../../../base';
/**
 * Documentation of descriptor fields and of their absence: Markdown by path, with `[]` for list items. Written for
 * Callboard, with facts from Backstage's catalog and scaffolder.
 */
type FieldDocs = Readonly<Record<string, string>>;

const REFUSED = 'Without it Backstage refuses the entity.';

const byBackstage = (what: string): string =>
  `${what} Written by Backstage only: a descriptor that sets it is wrong, leave it out.`;

const common: FieldDocs = {
  apiVersion: `The version of the format that this entity is written in, \`backstage.io/v1alpha1\` for most kinds. ${REFUSED}`,
  kind: `What the entity is: its kind decides which fields \`spec\` has. Spelt with its capitals. ${REFUSED}`,
  metadata: `Name, texts, tags and links: what entities of all kinds have. ${REFUSED}`,
  'metadata.name': `The name in references and URLs: at most 63 letters and digits, with single \`-\`, \`_\` or \`.\` between them; unique for its kind and namespace, whatever the case. ${REFUSED}`,
  'metadata.namespace':
    'Groups names, so that two teams may use the same one: a DNS label in lower case. References without a namespace mean the one of the entity that they stand in. Without it: `default`.',
  'metadata.title':
    'The name that people see, free of the rules for names. Without it they see `metadata.name`.',
  'metadata.description':
    'What the entity is for, in a sentence. Without it lists and search results show the name alone.',
  'metadata.labels':
    'Values to tell entities apart by, in the manner of Kubernetes: keys and values are short texts of letters, digits, `-`, `_` and `.`. Without it nothing can be filtered by them.',
  'metadata.annotations':
    'Facts for plugins: where the documentation, the source or the builds are. Values are texts, so numbers and `true` need quotes. Without an annotation the plugin that reads it shows nothing for this entity.',
  'metadata.tags':
    'Words to find the entity by: lower case letters, digits, `:`, `+` and `#`, joined by single `-`. Without it the entity is found by name, title and description.',
  'metadata.tags[]': 'A word to find the entity by, in lower case.',
  'metadata.links':
    'Links to other places, such as dashboards, runbooks and chat channels. Without it the overview page shows none.',
  'metadata.links[].url': `Where the link leads, as an absolute URL. ${REFUSED}`,
  'metadata.links[].title': 'What the link is called. Without it people see the URL.',
  'metadata.links[].icon':
    'The key of an icon of your Backstage, such as `dashboard` or `docs`. Without it: a globe or a plain link icon.',
  'metadata.links[].type':
    'A word that sorts links, for plugins that show only some. Without it the link belongs to no sort.',
  'metadata.uid': byBackstage('A globally unique ID.'),
  'metadata.etag': byBackstage('Changes with every change of the entity.'),
  spec: `What only entities of this kind have. ${REFUSED}`,
  relations: byBackstage(
    'What other entities this one is related to, made of the fields of `spec`.',
  ),
  status: byBackstage('What went wrong while the entity was processed.'),
};

const owner = (what: string): string =>
  `Who is responsible for the ${what}: a reference to a Group, or to a User as \`user:name\`. A reference that finds nobody is kept and shown as missing. ${REFUSED}`;
const lifecycle = (what: string): string =>
  `How far the ${what} has come, as your organisation calls it: \`experimental\`, \`production\` and \`deprecated\` are usual. ${REFUSED}`;
const system = (what: string): string =>
  `The System that the ${what} is a part of. Without it the ${what} stands on its own and no system page lists it.`;

const component: FieldDocs = {
  'spec.type': `What the component is made as, such as \`service\`, \`website\` or \`library\`. Your organisation decides which words there are; Backstage may show each in its own way. ${REFUSED}`,
  'spec.lifecycle': lifecycle('component'),
  'spec.owner': owner('component'),
  'spec.system': system('component'),
  'spec.subcomponentOf':
    'The Component that this one is a part of. Without it the component is a whole of its own.',
  'spec.providesApis':
    'References to the APIs that the component offers. Without it the pages of the APIs do not say who provides them.',
  'spec.providesApis[]': 'A reference to an API that the component offers.',
  'spec.consumesApis':
    'References to the APIs that the component calls. Without it the owners of the APIs do not see who depends on them.',
  'spec.consumesApis[]': 'A reference to an API that the component calls.',
  'spec.dependsOn':
    'What the component needs to work: references with their kind, such as `resource:orders-db`. Without it graphs show no dependencies.',
  'spec.dependsOn[]': 'A reference with its kind, such as `component:name` or `resource:name`.',
  'spec.dependencyOf':
    'What needs this component: references with their kind. The other side of `dependsOn`. Without it only what others say counts.',
  'spec.dependencyOf[]': 'A reference with its kind, such as `component:name`.',
};

const api: FieldDocs = {
  'spec.type': `The language that the definition is written in: it decides how Backstage shows it. \`mcp-server\` has \`remotes\` in place of a definition. ${REFUSED}`,
  'spec.lifecycle': lifecycle('API'),
  'spec.owner': owner('API'),
  'spec.system': system('API'),
  'spec.definition': `The definition itself, as a block text, or \`$text: ./openapi.yaml\` to take it from a file. ${REFUSED}`,
  'spec.remotes': `Where the MCP server is reached; at least one place. ${REFUSED}`,
  'spec.remotes[].type': `How the place is talked to: \`streamable-http\`, \`sse\` or \`stdio\`. ${REFUSED}`,
  'spec.remotes[].url': `The URL of the place; for \`stdio\` it may be a command. ${REFUSED}`,
};

const resource: FieldDocs = {
  'spec.type': `What the resource is, such as \`database\` or \`s3-bucket\`. Your organisation decides which words there are. ${REFUSED}`,
  'spec.owner': owner('resource'),
  'spec.system': system('resource'),
  'spec.dependsOn':
    'What the resource needs: references with their kind, such as `resource:network`. Without it graphs show no dependencies.',
  'spec.dependsOn[]': 'A reference with its kind, such as `resource:name`.',
  'spec.dependencyOf':
    'What needs this resource: references with their kind. The other side of `dependsOn`. Without it only what others say counts.',
  'spec.dependencyOf[]': 'A reference with its kind, such as `component:name`.',
};

const systemKind: FieldDocs = {
  'spec.owner': owner('system'),
  'spec.domain':
    'The Domain that the system belongs to. Without it no domain page lists the system.',
  'spec.type':
    'What sort of system it is, such as `product` or `feature-set`. Without it systems are not told apart by type.',
};

const domain: FieldDocs = {
  'spec.owner': owner('domain'),
  'spec.subdomainOf': 'The Domain that this one is a part of. Without it the domain is at the top.',
  'spec.type':
    'What sort of domain it is, such as `product-group` or `bundle`. Without it domains are not told apart by type.',
};

const profile = (who: string): FieldDocs => ({
  'spec.profile': `How the ${who} is shown. Without it people see the name of the entity alone.`,
  'spec.profile.displayName': `The name of the ${who} that people see. Without it: \`metadata.title\` or the name.`,
  'spec.profile.email': `The address of the ${who}. Without it the page offers none.`,
  'spec.profile.picture': `The URL of a picture. Without it: initials.`,
});

const group: FieldDocs = {
  ...profile('group'),
  'spec.type': `What sort of group it is, such as \`team\`, \`business-unit\` or \`root\`. ${REFUSED}`,
  'spec.parent': 'The Group that this one is a part of. Without it the group is at the top.',
  'spec.children': `References to the Groups right below this one; \`[]\` where there are none, or where each names this one as its \`parent\`. ${REFUSED}`,
  'spec.children[]': 'A reference to a Group.',
  'spec.members':
    'References to the Users in the group, besides those that name it in `memberOf`. Without it only those count.',
  'spec.members[]': 'A reference to a User.',
};

const user: FieldDocs = {
  ...profile('user'),
  'spec.memberOf': `References to the Groups that the user is directly in; \`[]\` where there are none. ${REFUSED}`,
  'spec.memberOf[]': 'A reference to a Group.',
};

const location: FieldDocs = {
  'spec.type':
    'How the targets are read: `url` or `file`. Without it: as this file itself has been read, which is what relative targets need.',
  'spec.target':
    'One place with more descriptors: a path relative to this file, or a URL; a pattern with `*` finds many. Without it only `targets` count.',
  'spec.targets': 'Places with more descriptors. Without it only `target` counts.',
  'spec.targets[]':
    'A path relative to this file, or a URL; a pattern with `*` finds many descriptors.',
  'spec.presence':
    'Whether a target has to exist: `required` or `optional`. Without it: `required`, and one that is missing is an error.',
};

const permissions = (path: string, what: string): FieldDocs => ({
  [`${path}.backstage:permissions`]: `What the permission policy decides by who may use the ${what}. Without it nothing of its own is asked.`,
  [`${path}.backstage:permissions.tags`]: `Words that a permission rule can ask for. Without it no rule by tags matches the ${what}.`,
  [`${path}.backstage:permissions.tags[]`]: 'A word that a permission rule can ask for.',
});

const condition = (what: string): string =>
  `An expression such as \`\${{ parameters.withDocs }}\`: where it gives \`false\`, nothing, \`0\` or an empty list, the ${what} is left out; the text \`'false'\` is not false. Without it: always there.`;

const decorators = (path: string): FieldDocs => ({
  [path]:
    'What the form does right before a task is made, such as asking for a token. Without it: nothing.',
  [`${path}[].id`]:
    'The ID of a form decorator that your Backstage has. Without it nothing is run.',
  [`${path}[].input`]: 'What the decorator is given. Without it: nothing.',
});

const template: FieldDocs = {
  'spec.type': `What the template makes, such as \`service\`, \`website\` or \`library\`: the page of templates is filtered by it. ${REFUSED}`,
  'spec.owner':
    'Who is responsible for the template: a reference to a Group or User. Without it nobody is, and the page says so.',
  'spec.lifecycle':
    'How far the template has come, as your organisation calls it. Without it nothing is said.',
  'spec.parameters':
    'What the form asks: a JSON schema, or a list of them for one page each. Without it the form asks nothing and goes to the review.',
  'spec.parameters[].when':
    "An expression that says whether the page is shown, such as `${{ parameters.kind === 'api' }}`. Without it: always.",
  ...permissions('spec.parameters', 'parameters'),
  ...permissions('spec.parameters[]', 'parameters'),
  'spec.secrets':
    'What secrets a task needs that is made through the API. Without it they are taken as they come.',
  'spec.secrets.schema': 'The JSON schema that the secrets have to fit. Without it any do.',
  'spec.presentation': 'Texts of the form that differ from the usual. Without it: the usual ones.',
  'spec.presentation.buttonLabels': 'The texts of the buttons. Without it: the usual ones.',
  'spec.presentation.buttonLabels.backButtonText':
    'The button that leads back a page. Without it: Back.',
  'spec.presentation.buttonLabels.createButtonText':
    'The button that starts the task. Without it: Create.',
  'spec.presentation.buttonLabels.reviewButtonText':
    'The button that leads to the review. Without it: Review.',
  'spec.EXPERIMENTAL_recovery':
    'What becomes of a task whose server stopped half-way. Without it the task fails.',
  'spec.EXPERIMENTAL_recovery.EXPERIMENTAL_strategy':
    '`startOver` runs the task again from its beginning. Without it: `none`, the task fails.',
  ...decorators('spec.formDecorators'),
  ...decorators('spec.EXPERIMENTAL_formDecorators'),
  'spec.steps': `What the task does, in this order. ${REFUSED}`,
  'spec.steps[].id':
    'The name by which later steps use what this one gives: `${{ steps.id.output.key }}`. Without it the step has a number for a name and its output is out of reach.',
  'spec.steps[].name':
    'What people read while the step runs. Without it they see the name of the action.',
  'spec.steps[].action': `The action that the step runs, such as \`fetch:template\`. ${REFUSED}`,
  'spec.steps[].input':
    'What the action is given; texts may hold `${{ expressions }}`. Without it: nothing, which most actions do not accept.',
  'spec.steps[].if': condition('step'),
  'spec.steps[].each':
    'A list or map: the step runs once for each entry, which is `each.value` (and `each.key`). Without it the step runs once.',
  ...permissions('spec.steps[]', 'step'),
  'spec.output':
    'What is shown once the task is done; texts may hold `${{ expressions }}`. Without it people see the log alone.',
  'spec.output.links': 'Links to what the task has made. Without it there are none.',
  'spec.output.links[].if': condition('link'),
  'spec.output.links[].url': 'Where the link leads. Without it `entityRef` has to say so.',
  'spec.output.links[].entityRef':
    'The entity that the link leads to, such as `${{ steps.register.output.entityRef }}`. Without it `url` has to say so.',
  'spec.output.links[].title': 'What the link is called. Without it people see where it leads.',
  'spec.output.links[].icon':
    'The key of an icon, such as `catalog`. Without it: a plain link icon.',
  'spec.output.text': 'Texts to read once the task is done. Without it there are none.',
  'spec.output.text[].if': condition('text'),
  'spec.output.text[].title': 'The heading of the text. Without it the text has none.',
  'spec.output.text[].icon': 'The key of an icon beside the title. Without it: a plain one.',
  'spec.output.text[].content': 'The text itself, as Markdown. Without it nothing is shown.',
};

const aiList = (field: string, what: string, without: string): FieldDocs => ({
  [`spec.${field}`]: `${what} ${without}`,
  [`spec.${field}[]`]: what,
});

const aiResource: FieldDocs = {
  'spec.type': `What the resource is: \`skill\`, \`rule\`, \`plugin\` or \`marketplace\` have fields of their own. ${REFUSED}`,
  'spec.lifecycle': lifecycle('resource'),
  'spec.owner': owner('resource'),
  'spec.system': system('resource'),
  ...aiList('disciplines', 'Fields of engineering that it is for.', 'Without it: for all.'),
  ...aiList(
    'categories',
    'Words that describe the skill.',
    'Without it there are none to filter by.',
  ),
  ...aiList('agents', 'Coding tools that the skill is made for.', 'Without it: for any.'),
  ...aiList(
    'dependsOn',
    'References to AiResources that the skill needs.',
    'Without it graphs show no dependencies.',
  ),
  'spec.allowedTools':
    'The tools that the skill may use without being asked, separated by blanks, such as `Read Edit`. Without it the tool decides.',
  'spec.license': 'An SPDX identifier, or the terms. Without it no terms are stated.',
  'spec.compatibility':
    'What the skill needs around it, such as `Python 3.11+`, in at most 500 characters. Without it nothing is required.',
  'spec.category': `What the rule is about, such as \`security\`, \`architecture\` or \`style\`. ${REFUSED}`,
  'spec.rationale': `Why the rule is there. ${REFUSED}`,
  'spec.skills': `References to the skills that the plugin brings. ${REFUSED}`,
  'spec.skills[]': 'A reference to an AiResource of type `skill`.',
  'spec.plugins': `References to the plugins that the marketplace offers. ${REFUSED}`,
  'spec.plugins[]': 'A reference to an AiResource of type `plugin`.',
  'spec.version': 'The version of what is described. Without it none is shown.',
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
  AiResource: 'What AI coding tools are given: a skill, a rule, a plugin or a marketplace.',
  Component: 'A piece of software, usually built from one source: a service, a website, a library.',
  Domain: 'A part of the business with systems that share its terms.',
  Group: 'A team or another unit of the organisation.',
  Location: 'Refers to other files with descriptors.',
  Resource: 'What components need to run: a database, a bucket, a cluster.',
  System: 'Components, APIs and resources that work together for one purpose.',
  Template: 'A golden path: a form, and the steps that make something of what it asks.',
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
