import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decoyProject } from './organizationDecoys';
import { Author, nameOf, type Plan, Random } from './organizationTexts';

/*
 * Generates an organization for benchmarks: all kinds with relations, some of them dangling; 1 to 100
 * documents per file; large definitions; comments, several styles, CRLF; and the other files of a real
 * workspace. The same options give the same files.
 */

export interface OrganizationOptions {
  /** Number of valid entities. */
  readonly entities: number;
  /** Approximate number of other files. Default: ten per entity. */
  readonly decoys?: number;
  readonly seed?: number;
}

export interface Organization {
  readonly folder: string;
  readonly entities: number;
  /** Files with descriptors. */
  readonly files: number;
  readonly bytes: number;
  /** Number of other files, and of all folders. */
  readonly otherFiles: number;
  readonly folders: number;
}

/** Version of the generator, so that an organization of an older version isn't reused. */
const VERSION = 1;

/** Returns an organization, from an earlier run if possible. It is in the folder for temporary files. */
export function cachedOrganization(options: OrganizationOptions): Organization {
  const { entities, decoys, seed } = withDefaults(options);
  const name = `callboard-organization-${VERSION}-${entities}-${decoys}-${seed}`;
  const folder = join(tmpdir(), name);
  const summary = `${folder}.json`;
  if (existsSync(summary) && existsSync(folder)) {
    return JSON.parse(readFileSync(summary, 'utf8')) as Organization;
  }
  const draft = `${folder}.${process.pid}`;
  rmSync(folder, { recursive: true, force: true });
  const organization = { ...generateOrganization(draft, options), folder };
  renameSync(draft, folder);
  writeFileSync(summary, JSON.stringify(organization));
  return organization;
}

/** Writes an organization into a folder, and creates the folder if needed. */
export function generateOrganization(folder: string, options: OrganizationOptions): Organization {
  const { entities, decoys, seed } = withDefaults(options);
  const writer = new Writer(folder);
  const descriptors = writeDescriptors(writer, entities, new Random(seed));
  const random = new Random(seed + 1);
  while (writer.others < decoys) {
    const project = random.pick(descriptors);
    for (const [path, text] of decoyProject(random, writer.others)) {
      if (writer.others < decoys) writer.writeOther(join(project, path), text);
    }
  }
  return {
    folder,
    entities,
    files: writer.descriptors,
    bytes: writer.bytes,
    otherFiles: writer.others,
    folders: writer.folders,
  };
}

function withDefaults({
  entities,
  decoys = entities * 10,
  seed = 1,
}: OrganizationOptions): Required<OrganizationOptions> {
  return { entities, decoys, seed };
}

class Writer {
  descriptors = 0;
  others = 0;
  bytes = 0;
  #root: string;
  #folders = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  get folders(): number {
    return this.#folders.size;
  }

  writeDescriptor(path: string, text: string): void {
    this.descriptors++;
    this.bytes += Buffer.byteLength(text);
    this.#write(path, text);
  }

  writeOther(path: string, text: string): void {
    this.others++;
    this.#write(path, text);
  }

  #write(path: string, text: string): void {
    const file = join(this.#root, path);
    this.#makeFolder(dirname(file));
    writeFileSync(file, text);
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    if (folder !== this.#root) this.#makeFolder(dirname(folder));
    mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
  }
}

/** Entities of each kind per thousand. The rest are Components. */
const SHARES = {
  apis: 200,
  resources: 120,
  systems: 40,
  domains: 8,
  groups: 40,
  users: 120,
  templates: 10,
} as const;

function planOf(entities: number, random: Random): { plan: Plan; locations: number } {
  const names = (share: number): string[] =>
    Array.from({ length: Math.max(1, Math.round((entities * share) / 1000)) }, (_, index) =>
      nameOf(random, index),
    );
  const lists = {
    apis: names(SHARES.apis),
    resources: names(SHARES.resources),
    systems: names(SHARES.systems),
    domains: names(SHARES.domains),
    groups: names(SHARES.groups).map(name => name.toLowerCase()),
    users: names(SHARES.users).map(name => name.toLowerCase()),
    templates: names(SHARES.templates),
  };
  const locations = lists.domains.length + 1;
  const others = Object.values(lists).reduce((sum, { length }) => sum + length, locations);
  const components = Array.from({ length: Math.max(0, entities - others) }, (_, index) =>
    nameOf(random, index),
  );
  return { plan: { ...lists, components }, locations };
}

const NAMES = ['catalog-info.yaml', 'catalog-info.yaml', 'catalog-info.yaml', 'catalog-info.yml'];
const OTHER_NAMES = ['component.yaml', 'backstage.yaml', 'service.yml', '.backstage/catalog.yaml'];

/** @returns the folders of the projects */
function writeDescriptors(writer: Writer, entities: number, random: Random): readonly string[] {
  const { plan } = planOf(entities, random);
  const projects: string[] = [];
  const author = (): Author => new Author(random, plan);
  const write = (path: string, documents: readonly string[]): void => {
    const separator = random.chance(0.1) ? '---\n' : '';
    const text = `${separator}${documents.join('---\n')}`;
    writer.writeDescriptor(path, random.chance(0.03) ? text.replaceAll('\n', '\r\n') : text);
  };

  // Users and groups: 100 per file, as in an export.
  inBatches(plan.users, 100, (users, index) => {
    const hand = author();
    write(
      `org/users-${index}.yaml`,
      users.map(user => hand.user(user)),
    );
  });
  inBatches(plan.groups, 25, (groups, index) => {
    const hand = author();
    const parent = plan.groups[index - 1];
    write(
      `org/groups-${index}.yaml`,
      groups.map(group => hand.group(group, parent)),
    );
  });
  for (const name of plan.templates) {
    const folder = `templates/${name}`;
    write(`${folder}/template.yaml`, [author().template(name)]);
    projects.push(folder);
  }

  // A project contains a Component, and often its API and its Resource.
  const pending = {
    apis: [...plan.apis],
    resources: [...plan.resources],
    systems: [...plan.systems],
  };
  const byDomain = plan.domains.map((): string[] => []);
  for (const [index, component] of plan.components.entries()) {
    const hand = author();
    const isLast = index === plan.components.length - 1;
    const documents = [hand.component(component)];
    const share = (1 / (plan.components.length - index)) * 1.02;
    const take = (names: string[], write: (name: string) => string): void => {
      let count = isLast ? names.length : Math.floor(names.length * share + random.next());
      for (; count > 0; count--) {
        const name = names.pop();
        if (name !== undefined) documents.push(write(name));
      }
    };
    take(pending.apis, name => hand.api(name));
    take(pending.resources, name => hand.resource(name));
    take(pending.systems, name => hand.system(name));
    const domain = index % plan.domains.length;
    const folder = `domains/${plan.domains[domain]}/${component}`;
    const path = `${folder}/${random.chance(0.85) ? random.pick(NAMES) : random.pick(OTHER_NAMES)}`;
    write(path, documents);
    projects.push(folder);
    if (random.chance(0.2)) byDomain[domain]?.push(path);
  }
  for (const [index, name] of plan.domains.entries()) {
    const base = `domains/${name}/`;
    const targets = (byDomain[index] ?? []).map(path => `./${path.slice(base.length)}`);
    write(`domains/${name}/catalog-info.yaml`, [
      author().domain(name),
      author().location(`domain-${name}`, targets.length ? targets : ['./*/catalog-info.yaml']),
    ]);
  }
  write('all.yaml', [author().location('all', ['./domains/*/catalog-info.yaml', './org/*.yaml'])]);
  return projects;
}

function inBatches<T>(
  items: readonly T[],
  size: number,
  run: (batch: readonly T[], index: number) => void,
): void {
  for (let start = 0; start < items.length; start += size) {
    run(items.slice(start, start + size), start / size);
  }
}
