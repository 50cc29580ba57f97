import type { ImportCandidate, ImportEvidence } from '../../../../api';
import { basenameUri, dirnameUri, isWithin, joinUri, relativePath } from '../../../../base';
import { isValidUrl } from '../../../../model';
import { TECHDOCS_REF } from '../../../../model/presentation';
import { type Repository, webAddresses } from '../../../catalog/core/shared';
import { type FoundApi, findApis, folderNameOf } from './apis';
import type { ApiFields, ComponentFields } from './descriptorText';
import { DESCRIPTOR_NAME } from './evidence';
import { readManifests } from './manifests/readManifests';
import { type FreeNames, toEntityName, toTag } from './names';
import { firstParagraph, toDescription, toLine } from './prose';

/** Context of a draft, for one folder. */
export interface DraftContext {
  /** Returns undefined if the file can't be read or exceeds the limit, in bytes. */
  read(uri: string, limit: number): Promise<string | undefined>;
  /** Returns the names of the files in a folder; none if it can't be read. */
  list(folder: string): Promise<readonly string[]>;
  readonly maxDefinitionSize: number;
  readonly repository: Repository | undefined;
  /** The value of `spec.owner`; undefined if it is unknown. */
  readonly owner: string | undefined;
  /** The value of `spec.system`; undefined unless exactly one system is described above the folder. */
  readonly system: string | undefined;
  readonly lifecycle: string | undefined;
}

/** Unused names, assigned folder by folder. */
export interface DraftNames {
  readonly components: FreeNames;
  readonly apis: FreeNames;
}

export interface DraftedFields {
  readonly fields: ComponentFields;
  readonly notes: readonly string[];
}

const MAX_MANIFEST = 256 * 1024;
const MAX_TAGS = 10;
/** The placeholder for an unknown owner, as in many catalogs. */
const NOBODY = 'unknown';

/**
 * Derives the fields of a descriptor from a folder. Several folders can be read at a time; the returned function then
 * assigns the names in order.
 */
export async function draftFolder(
  { folder, evidence }: ImportCandidate,
  context: DraftContext,
): Promise<(free: DraftNames) => DraftedFields> {
  const names = await context.list(folder);
  const manifests = await readAll(folder, evidence, context);
  const facts = readManifests(manifests);
  const readme = names.find(name => /^readme(\.(md|markdown|txt|rst))?$/i.test(name));
  const readmeText =
    readme === undefined
      ? undefined
      : await context.read(joinUri(folder, readme), MAX_MANIFEST * 4);
  const { apis: found, notes } = await findApis(folder, evidence, uri =>
    context.read(uri, context.maxDefinitionSize),
  );

  const lifecycle = context.lifecycle ?? lifecycleOf(facts.version);
  const owner = context.owner ?? NOBODY;
  const shared = { lifecycle, owner, system: context.system };
  const hasDocs =
    evidence.some(({ type, uri }) => type === 'mkdocs' && dirnameUri(uri) === folder) ||
    (names.includes('docs') && (await context.list(joinUri(folder, 'docs'))).includes('index.md'));
  const description =
    (readmeText && firstParagraph(readmeText)) || toDescription(facts.description);
  const isTypeScript = names.includes('tsconfig.json');
  const tags = facts.tags.map(tag => (isTypeScript && tag === 'javascript' ? 'typescript' : tag));
  const wishes = nameWishes(folder, facts.name, context.repository);
  const fields = {
    description,
    annotations: [
      ...projectSlug(context.repository),
      ...(hasDocs ? [{ key: TECHDOCS_REF, value: 'dir:.' }] : []),
    ],
    tags: [...new Set(tags.flatMap(tag => toTag(tag) ?? []))].slice(0, MAX_TAGS),
    links: [...repositoryLink(folder, context.repository), ...homepageLink(facts.homepage)],
    type: facts.type ?? defaultType(names, evidence, found.length > 0),
    ...shared,
    hasNoOwner: context.owner === undefined,
  };
  return free => {
    const name = free.components.take(wishes);
    const apis = found.map(api => ({ ...shared, ...apiFields(api, name, free.apis) }));
    return { fields: { name, title: titleOf(facts.name, name), ...fields, apis }, notes };
  };
}

async function readAll(
  folder: string,
  evidence: readonly ImportEvidence[],
  context: DraftContext,
): Promise<readonly { type: string; uri: string; text: string }[]> {
  const texts: { type: string; uri: string; text: string }[] = [];
  for (const { type, uri } of evidence) {
    // The shallowest file of a type decides; deeper ones add nothing.
    if (type === 'git' || texts.some(other => other.type === type)) continue;
    if (dirnameUri(uri) !== folder && type !== 'docker') continue;
    const text = await context.read(uri, MAX_MANIFEST);
    if (text !== undefined) texts.push({ type, uri, text });
  }
  return texts;
}

/** A component that is built into something runnable is a service, any other a library. */
function defaultType(
  names: readonly string[],
  evidence: readonly ImportEvidence[],
  providesApis: boolean,
): string {
  const runs = names.some(name => /^(main\.go|cmd|Procfile|manage\.py)$/.test(name));
  if (runs || providesApis || evidence.some(({ type }) => type === 'helm')) return 'service';
  return 'library';
}

/** Returns the lifecycle: experimental for versions below 1.0, otherwise production, as without a version. */
function lifecycleOf(version: string | undefined): string {
  return version !== undefined && /^v?0\.\d/.test(version) ? 'experimental' : 'production';
}

function nameWishes(
  folder: string,
  written: string | undefined,
  repository: Repository | undefined,
): readonly string[] {
  const [, scope, bare] = /^@([^/]+)\/(.+)$/.exec(written ?? '') ?? [];
  const own = basenameUri(folder);
  const repositoryName = repository?.remote?.webUrl.split('/').at(-1);
  const isRepository = repository?.root === folder;
  const base = bare ?? written ?? (isRepository ? (repositoryName ?? own) : own);
  const parent = basenameUri(dirnameUri(folder));
  const wishes = [base, scope && `${scope}-${base}`, own, parent && `${parent}-${base}`];
  const names = wishes.flatMap(wish => (wish && toEntityName(wish.slice(0, 500))) || []);
  return names.length ? [...new Set(names)] : ['component'];
}

/** Returns the original name if the entity name can't represent it. */
function titleOf(written: string | undefined, name: string): string | undefined {
  const title = toLine((written ?? '').slice(0, 200));
  const isPlain = title === '' || title === name || title.startsWith('@');
  return isPlain || toEntityName(title) === title ? undefined : title;
}

function apiFields(
  api: FoundApi,
  component: string,
  names: FreeNames,
): Pick<ApiFields, 'name' | 'title' | 'description' | 'type' | 'definition'> {
  const isGeneric = (name: string): boolean =>
    /^(openapi|swagger|asyncapi|schema|api|spec|index)$/i.test(name);
  const specific = api.names.filter(name => !isGeneric(name));
  const place = folderNameOf(api.definition);
  const wishes = [
    ...specific,
    `${component}-api`,
    ...(place === undefined ? [] : [`${component}-${place}`]),
    `${component}-${api.type}`,
  ];
  const name = names.take(wishes.flatMap(wish => toEntityName(wish) ?? []));
  return {
    name,
    title: api.title === name ? undefined : api.title,
    description: api.description,
    type: api.type,
    definition: api.definition,
  };
}

/** Annotations by which Backstage's plugins find the project on these hosts. */
const slugAnnotations: readonly { readonly host: RegExp; readonly key: string }[] = [
  { host: /^github\.com$/, key: 'github.com/project-slug' },
  { host: /^gitlab\.com$/, key: 'gitlab.com/project-slug' },
];

function projectSlug(
  repository: Repository | undefined,
): readonly { key: string; value: string }[] {
  const [, host = '', path = ''] =
    /^https:\/\/([^/]+)\/(.+)$/.exec(repository?.remote?.webUrl ?? '') ?? [];
  const annotation = slugAnnotations.find(slug => slug.host.test(host));
  return annotation ? [{ key: annotation.key, value: path }] : [];
}

function repositoryLink(
  folder: string,
  repository: Repository | undefined,
): ComponentFields['links'] {
  if (!repository?.remote) return [];
  const file = joinUri(folder, DESCRIPTOR_NAME);
  const page = webAddresses(repository, file)?.sourceLocation.replace(/^url:/, '');
  const url = folder === repository.root ? repository.remote.webUrl : page;
  return url !== undefined && isValidUrl(url) ? [{ url, title: 'Repository', icon: 'code' }] : [];
}

function homepageLink(homepage: string | undefined): ComponentFields['links'] {
  const url = toLine(homepage ?? '');
  const isPage = url.length < 2000 && /^https?:\/\//i.test(url) && isValidUrl(url);
  return isPage ? [{ url, title: 'Homepage', icon: 'web' }] : [];
}

/**
 * Returns the only System in the nearest folder above that describes any.
 *
 * @param systems - by folder, as in `spec.system`
 */
export function systemAbove(
  folder: string,
  root: string,
  systems: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  for (let current = folder; isWithin(root, current); current = dirnameUri(current)) {
    const refs = systems.get(current);
    if (refs) return refs.length === 1 ? refs[0] : undefined;
    if (relativePath(root, current) === '') break;
  }
  return undefined;
}
