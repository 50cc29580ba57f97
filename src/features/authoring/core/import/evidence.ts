/** A file name pattern that reveals a folder's kind. */
export interface EvidenceKind {
  readonly type: string;
  /** Pattern of the base name. */
  readonly name: RegExp;
  /** The same as globs, for discovery. */
  readonly globs: readonly string[];
  /**
   * Whether the file makes its folder a candidate. Other files, such as a Dockerfile in `deploy/`, belong to the
   * nearest candidate above; if there is none, their own folder becomes one.
   */
  readonly isManifest: boolean;
}

const evidence =
  (isManifest: boolean) =>
  (type: string, name: RegExp, ...globs: readonly string[]): EvidenceKind => {
    return { type, name, globs, isManifest };
  };
const manifest = evidence(true);
const sign = evidence(false);

/** By precedence for names and types. */
export const evidenceKinds: readonly EvidenceKind[] = [
  manifest('npm', /^package\.json$/, '**/package.json'),
  manifest('go', /^go\.mod$/, '**/go.mod'),
  manifest('maven', /^pom\.xml$/, '**/pom.xml'),
  manifest('gradle', /^build\.gradle(\.kts)?$/, '**/build.{gradle,gradle.kts}'),
  manifest('cargo', /^Cargo\.toml$/, '**/Cargo.toml'),
  manifest(
    'python',
    /^(pyproject\.toml|setup\.py|setup\.cfg)$/,
    '**/{pyproject.toml,setup.py,setup.cfg}',
  ),
  manifest('dotnet', /\.(cs|fs|vb)proj$/, '**/*.{csproj,fsproj,vbproj}'),
  sign('docker', /^(Dockerfile|Containerfile)$/, '**/{Dockerfile,Containerfile}'),
  sign('helm', /^Chart\.ya?ml$/, '**/Chart.{yaml,yml}'),
  sign('mkdocs', /^mkdocs\.ya?ml$/, '**/mkdocs.{yaml,yml}'),
  sign(
    'openapi',
    /(openapi|swagger).*\.(ya?ml|json)$/i,
    '**/*{openapi,OpenAPI,OpenApi,openApi,swagger,Swagger}*.{yaml,yml,json}',
  ),
  sign(
    'asyncapi',
    /asyncapi.*\.(ya?ml|json)$/i,
    '**/*{asyncapi,AsyncAPI,AsyncApi}*.{yaml,yml,json}',
  ),
  sign(
    'graphql',
    /^(schema|.+\.schema)\.(graphql|gql)$|\.graphqls$/,
    '**/{schema,*.schema}.{graphql,gql}',
    '**/*.graphqls',
  ),
  sign('grpc', /\.proto$/, '**/*.proto'),
];

/** Types of evidence that are API definitions. */
export const apiTypes: ReadonlySet<string> = new Set(['openapi', 'asyncapi', 'graphql', 'grpc']);

export function evidenceOf(name: string): EvidenceKind | undefined {
  return evidenceKinds.find(kind => kind.name.test(name));
}

export const DESCRIPTOR_NAME = 'catalog-info.yaml';
export const DESCRIPTOR = /^catalog-info\.ya?ml$/i;

export const evidenceGlobs: readonly string[] = [
  ...evidenceKinds.flatMap(({ globs }) => globs),
  '**/catalog-info.{yaml,yml}',
];

/** Folders with third-party code and build output. */
export const foreignFolders: readonly string[] = [
  '**/{node_modules,bower_components,vendor,third_party,Pods,.venv,venv,site-packages}',
  '**/{.git,.hg,.svn,.terraform,.gradle,.tox,__pycache__}',
  '**/skeleton{,s}',
  // Names with template syntax aren't final.
  '**/*{{*',
];

/** Folders on the path that make a candidate unlikely. */
const UNLIKELY =
  /^(tests?|__tests__|e2e|spec|fixtures?|__fixtures__|testdata|testing|examples?|samples?|demos?|templates?|mocks?|__mocks__|benchmarks?|tools|scripts|dist|build|out|target)$/i;

export function isUnlikely(path: string): boolean {
  return path.split('/').some(name => UNLIKELY.test(name));
}
