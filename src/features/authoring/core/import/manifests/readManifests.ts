import { parse } from 'smol-toml';
import { basenameUri, isRecord, ownValue, textsIn } from '../../../../../base';
import { parseYaml } from '../../../../../platform/core/yaml';
import { readXml } from './xml';

type ComponentType = 'service' | 'website' | 'library' | 'documentation';

/** Facts of a component from its manifest. Untrusted texts, as written. */
export interface ManifestFacts {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly homepage?: string | undefined;
  /** The language first, then frameworks. */
  readonly tags: readonly string[];
  /** Undefined if the manifest alone doesn't tell. */
  readonly type?: ComponentType | undefined;
}

/** Reads a manifest. May throw for text that can't be parsed; the file then has no facts. */
type ReadManifest = (text: string, fileName: string) => ManifestFacts;

/** A framework, recognized by a dependency of its users. */
interface Framework {
  readonly dependency: RegExp;
  readonly tag: string;
  readonly type?: ComponentType;
}

/** Returns the tags of the used frameworks and the type by the first of them that has one. */
function frameworkFacts(
  dependencies: readonly string[],
  frameworks: readonly Framework[],
): { tags: readonly string[]; type: ComponentType | undefined } {
  const used = frameworks.filter(({ dependency }) =>
    dependencies.some(name => dependency.test(name)),
  );
  return {
    tags: [...new Set(used.map(({ tag }) => tag))],
    type: used.find(({ type }) => type !== undefined)?.type,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

const npmFrameworks: readonly Framework[] = [
  { dependency: /^next$/, tag: 'nextjs', type: 'website' },
  { dependency: /^nuxt3?$/, tag: 'nuxt', type: 'website' },
  { dependency: /^gatsby$/, tag: 'gatsby', type: 'website' },
  { dependency: /^astro$/, tag: 'astro', type: 'website' },
  { dependency: /^@sveltejs\/kit$/, tag: 'sveltekit', type: 'website' },
  { dependency: /^@angular\/platform-browser$/, tag: 'angular', type: 'website' },
  { dependency: /^react-dom$/, tag: 'react', type: 'website' },
  { dependency: /^vue$/, tag: 'vue', type: 'website' },
  { dependency: /^svelte$/, tag: 'svelte', type: 'website' },
  { dependency: /^@nestjs\/core$/, tag: 'nestjs', type: 'service' },
  { dependency: /^express$/, tag: 'express', type: 'service' },
  { dependency: /^fastify$/, tag: 'fastify', type: 'service' },
  { dependency: /^koa$/, tag: 'koa', type: 'service' },
  { dependency: /^hono$/, tag: 'hono', type: 'service' },
  { dependency: /^@hapi\/hapi$/, tag: 'hapi', type: 'service' },
];

/** Reads a `package.json`. */
const readNpm: ReadManifest = content => {
  const manifest = record(JSON.parse(content));
  const production = Object.keys(record(manifest['dependencies']));
  const development = Object.keys(record(manifest['devDependencies']));
  // A library lists its framework as a peer dependency, which doesn't make it a website.
  const peers = Object.keys(record(manifest['peerDependencies']));
  const { tags, type } = frameworkFacts(production, npmFrameworks);
  const peerTags = frameworkFacts(peers, npmFrameworks).tags;
  const language = [...production, ...development].includes('typescript')
    ? 'typescript'
    : 'javascript';
  const isPublished =
    manifest['private'] !== true &&
    ['main', 'module', 'exports', 'types', 'bin'].some(key => manifest[key] !== undefined);
  return {
    name: text(manifest['name']),
    description: text(manifest['description']),
    version: text(manifest['version']),
    homepage: text(manifest['homepage']),
    tags: [language, ...tags, ...peerTags],
    type: peers.length > 0 || isPublished ? 'library' : type,
  };
};

const serverMarks: readonly (readonly [RegExp, string])[] = [
  [/spring-?boot/i, 'spring-boot'],
  [/io\.quarkus/, 'quarkus'],
  [/io\.micronaut/, 'micronaut'],
  [/io\.ktor/, 'ktor'],
  [/io\.dropwizard/, 'dropwizard'],
];

/** Reads a `pom.xml`. */
const readMaven: ReadManifest = content => {
  const { texts } = readXml(content);
  const field = (name: string): string | undefined => {
    const value = texts.get(`project/${name}`);
    // Maven properties aren't resolved.
    return value?.includes('${') ? undefined : text(value);
  };
  return {
    name: field('artifactId'),
    description: field('description'),
    version: field('version'),
    homepage: field('url'),
    ...languageFacts(content, /kotlin-maven-plugin/),
  };
};

/** Reads a `build.gradle` or `build.gradle.kts`: code, which is searched and never run. */
const readGradle: ReadManifest = content => {
  const facts = languageFacts(content, /kotlin\(["']|org\.jetbrains\.kotlin/);
  const isLibrary = /["'`]?java-library["'`]?|com\.android\.library/.test(content);
  const isApplication = /\bid[ \t]*\(?["']application["']|^[ \t]*application$/m.test(content);
  return {
    description: text(
      /^[ \t]*description[ \t]*=[ \t]*["']([^"'\n]{1,500})["']/m.exec(content)?.[1],
    ),
    version: text(/^[ \t]*version[ \t]*=[ \t]*["']([^"'\n]{1,100})["']/m.exec(content)?.[1]),
    tags: facts.tags,
    type: facts.type ?? (isLibrary ? 'library' : isApplication ? 'service' : undefined),
  };
};

function languageFacts(
  content: string,
  kotlin: RegExp,
): { tags: readonly string[]; type: ComponentType | undefined } {
  const frameworks = serverMarks.flatMap(([mark, tag]) => (mark.test(content) ? [tag] : []));
  return {
    tags: [kotlin.test(content) ? 'kotlin' : 'java', ...frameworks],
    type: frameworks.length ? 'service' : undefined,
  };
}

const rustFrameworks: readonly Framework[] = [
  { dependency: /^axum$/, tag: 'axum', type: 'service' },
  { dependency: /^actix-web$/, tag: 'actix', type: 'service' },
  { dependency: /^rocket$/, tag: 'rocket', type: 'service' },
  { dependency: /^warp$/, tag: 'warp', type: 'service' },
  { dependency: /^tonic$/, tag: 'grpc', type: 'service' },
  { dependency: /^(leptos|yew|dioxus)$/, tag: 'wasm', type: 'website' },
];

/** Reads a `Cargo.toml`; doesn't look up values inherited from the workspace. */
const readCargo: ReadManifest = content => {
  const manifest = record(parse(content));
  const crate = record(manifest['package']);
  const { tags, type } = frameworkFacts(
    Object.keys(record(manifest['dependencies'])),
    rustFrameworks,
  );
  return {
    name: text(crate['name']),
    description: text(crate['description']),
    version: text(crate['version']),
    homepage: text(crate['homepage']),
    tags: ['rust', ...tags],
    type: type ?? (manifest['lib'] === undefined ? undefined : 'library'),
  };
};

const pythonFrameworks: readonly Framework[] = [
  { dependency: /^django\b/i, tag: 'django', type: 'service' },
  { dependency: /^fastapi\b/i, tag: 'fastapi', type: 'service' },
  { dependency: /^flask\b/i, tag: 'flask', type: 'service' },
  { dependency: /^(aiohttp|starlette|tornado|sanic)\b/i, tag: 'web', type: 'service' },
  { dependency: /^grpcio\b/i, tag: 'grpc', type: 'service' },
];

/** Reads `pyproject.toml`, `setup.cfg` or `setup.py`; the last is code, which is searched and never run. */
const readPython: ReadManifest = (content, fileName) => {
  if (fileName !== 'pyproject.toml') return readSetup(content);
  const manifest = record(parse(content));
  const project = record(manifest['project']);
  const poetry = record(record(manifest['tool'])['poetry']);
  const listed = project['dependencies'];
  const { tags, type } = frameworkFacts(
    [...textsIn(listed), ...Object.keys(record(poetry['dependencies']))],
    pythonFrameworks,
  );
  return {
    name: text(project['name']) ?? text(poetry['name']),
    description: text(project['description']) ?? text(poetry['description']),
    version: text(project['version']) ?? text(poetry['version']),
    homepage: text(record(project['urls'])['Homepage']) ?? text(poetry['homepage']),
    tags: ['python', ...tags],
    type,
  };
};

function readSetup(content: string): ReturnType<ReadManifest> {
  const field = (name: string): string | undefined =>
    new RegExp(
      `(?:^|[\\s(,])${name}[ \\t]*=[ \\t]*(?:(["'])([^"'\\n]{1,500})\\1|([^"'\\n(]{1,500})$)`,
      'm',
    )
      .exec(content)
      ?.slice(2)
      .find(part => part !== undefined)
      ?.trim();
  const words = content.match(/[A-Za-z][\w-]{0,100}/g) ?? [];
  const { tags, type } = frameworkFacts(words, pythonFrameworks);
  return {
    name: field('name'),
    description: field('description'),
    version: field('version'),
    tags: ['python', ...tags],
    type,
  };
}

const goFrameworks: readonly Framework[] = [
  { dependency: /^github\.com\/gin-gonic\/gin$/, tag: 'gin', type: 'service' },
  { dependency: /^github\.com\/labstack\/echo/, tag: 'echo', type: 'service' },
  { dependency: /^github\.com\/gofiber\/fiber/, tag: 'fiber', type: 'service' },
  { dependency: /^github\.com\/go-chi\/chi/, tag: 'chi', type: 'service' },
  { dependency: /^google\.golang\.org\/grpc$/, tag: 'grpc', type: 'service' },
];

/** Reads a `go.mod`: the name is the last segment of the module path that isn't a major version. */
const readGo: ReadManifest = content => {
  const path = /^module[ \t]+["']?([^\s"']{1,500})/m.exec(content)?.[1];
  const required = content.match(/^(?:require[ \t]+|[ \t]+)[\w./~-]{1,300}(?=[ \t]+v\d)/gm) ?? [];
  const { tags, type } = frameworkFacts(
    required.map(line => line.replace(/^(?:require)?\s+/, '')),
    goFrameworks,
  );
  const names = path?.split('/').filter(name => !/^v\d+$/.test(name)) ?? [];
  return { name: names.at(-1), tags: ['go', ...tags], type };
};

/** Reads a .NET project file, whose name is the name of its output. */
const readDotnet: ReadManifest = (content, fileName) => {
  const { attributes, texts } = readXml(content);
  const field = (name: string): string | undefined => {
    const value = texts.get(`Project/PropertyGroup/${name}`);
    return value?.includes('$(') ? undefined : text(value);
  };
  const sdk = attributes.get('Sdk') ?? '';
  const isTool = /^(exe|winexe)$/i.test(field('OutputType') ?? '');
  return {
    name: field('AssemblyName') ?? fileName.replace(/\.\w+proj$/, ''),
    description: field('Description'),
    version: field('Version'),
    tags: ['dotnet', ...(fileName.endsWith('.fsproj') ? ['fsharp'] : [])],
    type: /BlazorWebAssembly/.test(sdk)
      ? 'website'
      : /\.(Web|Worker)$/.test(sdk)
        ? 'service'
        : isTool
          ? undefined
          : 'library',
  };
};

/** Reads a Helm `Chart.yaml`. */
const readHelm: ReadManifest = content => {
  const chart = record(parseYaml(content));
  return {
    name: text(chart['name']),
    description: text(chart['description']),
    homepage: text(chart['home']),
    tags: ['helm'],
  };
};

/** Searches `mkdocs.yml` by pattern, because its custom tags prevent parsing. */
const readMkdocs: ReadManifest = content => ({
  name: text(/^site_name:[ \t]*["']?([^"'\n#]{1,200})/m.exec(content)?.[1]?.trim()),
  description: text(/^site_description:[ \t]*["']?([^"'\n]{1,500})/m.exec(content)?.[1]?.trim()),
  tags: [],
  type: 'documentation',
});

const readDockerfile: ReadManifest = () => ({ tags: [], type: 'service' });

/** Readers by type of evidence; a Dockerfile makes a component of unknown type a service. */
const readers: Readonly<Record<string, ReadManifest>> = {
  npm: readNpm,
  go: readGo,
  maven: readMaven,
  gradle: readGradle,
  cargo: readCargo,
  python: readPython,
  dotnet: readDotnet,
  docker: readDockerfile,
  helm: readHelm,
  mkdocs: readMkdocs,
};

/** Merges the manifests of a folder; for each field, the first that has a value wins. */
export function readManifests(
  files: readonly { readonly type: string; readonly uri: string; readonly text: string }[],
): ManifestFacts {
  const all = files.flatMap(({ type, uri, text: content }): ManifestFacts[] => {
    const read = ownValue(readers, type);
    if (!read) return [];
    try {
      return [read(content.replace(/^\uFEFF/, ''), basenameUri(uri))];
    } catch {
      // A broken manifest is ignored: other tools report it.
      return [];
    }
  });
  const first = <K extends keyof ManifestFacts>(key: K): ManifestFacts[K] | undefined =>
    all.find(facts => facts[key] !== undefined)?.[key];
  return {
    name: first('name'),
    description: first('description'),
    version: first('version'),
    homepage: first('homepage'),
    tags: [...new Set(all.flatMap(({ tags }) => tags))],
    type: typeOf(
      all,
      files.some(({ type }) => type === 'docker'),
    ),
  };
}

/** Docs beside software belong to it; a container without other facts is a service. */
function typeOf(all: readonly ManifestFacts[], isContainer: boolean): ComponentType | undefined {
  const types = all.flatMap(({ type }) => type ?? []);
  const software = types.filter(type => type !== 'documentation');
  if (software[0] === 'library' && isContainer) return 'service';
  return software[0] ?? types[0];
}
