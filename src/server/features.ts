import { dirnameUri, isWithin, translate } from '../base';
import {
  annotationHoverProvider,
  codeActionProvider,
  completionProvider,
  createStructureProvider,
  StructureService,
  entityHoverProvider,
  entityLensProvider,
  expressionFixProvider,
  type LanguageContext,
  type LanguageProvider,
  navigationProvider,
  refHintProvider,
  type StructureKind,
  structureOfTextProvider,
} from '../features/authoring/language';
import { pluginFileProvider } from '../features/plugins/language';
import {
  type ActionRegistry,
  actionsOfRelease,
  combinedActions,
  declaredActions,
  documentedActions,
  knownActions,
} from '../features/templates/core';
import {
  createSkeletonProvider,
  createTemplateFixProvider,
  createTemplateProvider,
  SkeletonUses,
} from '../features/templates/language';
import { readWithin } from '../platform/core/files';
import type { ServerSettings } from './serverSettings';
import type { FetchText } from './texts/openTexts';

export interface FeaturesDeps {
  readonly context: LanguageContext;
  readonly settings: ServerSettings;
  /** URIs of the workspace folders. */
  readonly roots: () => readonly string[];
  readonly fetchText: FetchText;
  /** Set if the client leaves problems of app-config.yaml files to the server. */
  readonly appConfigProvider: LanguageProvider | undefined;
  /** Set if the client leaves problems of documentation to the server. */
  readonly docsProvider?: LanguageProvider | undefined;
}

export interface Features {
  /** The language providers, in the order in which their answers are merged. */
  readonly providers: readonly LanguageProvider[];
  readonly skeletons: SkeletonUses;
  /**
   * Called with changed files and folders (URIs).
   *
   * @returns whether open texts have to be checked again
   */
  filesChanged(uris: readonly string[]): boolean;
}

export function createFeatures({
  context,
  settings,
  roots,
  fetchText,
  appConfigProvider,
  docsProvider,
}: FeaturesDeps): Features {
  const structure = new StructureService({
    declaredKinds: () => declaredKinds(settings),
    release: () => settings.current.model.release,
    readFile: uri => readSchema(uri, { context, roots: roots() }),
    fetchText,
    workspaceFolders: roots,
    isTrusted: () => settings.current.isTrusted,
    allowedHosts: () => settings.current.schemaHosts,
    now: () => performance.now(),
  });
  settings.onDidChange(() => structure.declaredKindsChanged());
  const actions = templateActions(settings);
  const skeletons = new SkeletonUses(actions);
  const providers = [
    completionProvider,
    entityHoverProvider,
    annotationHoverProvider,
    navigationProvider,
    structureOfTextProvider,
    entityLensProvider,
    refHintProvider,
    expressionFixProvider,
    createTemplateFixProvider({ actions }),
    codeActionProvider,
    createTemplateProvider({ actions }),
    createSkeletonProvider(skeletons),
    createStructureProvider({
      service: structure,
      isDelegated: () => settings.current.isStructureDelegated,
      state: () => settings.current,
    }),
    pluginFileProvider,
    ...(appConfigProvider ? [appConfigProvider] : []),
    ...(docsProvider ? [docsProvider] : []),
  ];
  return {
    providers,
    skeletons,
    filesChanged: uris => uris.filter(uri => structure.schemaChanged(uri)).length > 0,
  };
}

/** In bytes, which allows more than the maximum number of characters in a schema. */
const LARGEST_SCHEMA = 16_000_000;

/** Reads a schema; checks the real path, because a link may lead out of the workspace. */
async function readSchema(
  uri: string,
  { context, roots }: { readonly context: LanguageContext; readonly roots: readonly string[] },
): Promise<string> {
  const boundary = roots.find(root => isWithin(root, uri)) ?? dirnameUri(uri);
  const read = await readWithin(context.files, { uri, boundary, maxSize: LARGEST_SCHEMA });
  switch (read.type) {
    case 'text':
      return read.text;
    case 'missing':
      throw new Error(translate("the file doesn't exist"));
    case 'outside':
      throw new Error(translate('a symbolic link leads out of the workspace'));
    case 'failed':
      throw new Error(read.message);
  }
}

/** Returns Backstage's actions, those of plugins, and those that the settings declare, which can change. */
function templateActions(settings: ServerSettings): () => ActionRegistry {
  let actions: ActionRegistry | undefined;
  settings.onDidChange(() => (actions = undefined));
  return () => {
    const { scaffolderActions, contributedActions, model } = settings.current;
    return (actions ??= combinedActions([
      actionsOfRelease(documentedActions, model.release),
      knownActions(contributedActions),
      knownActions(model.actions),
      declaredActions(scaffolderActions),
    ]));
  };
}

/** Returns the organization's own kinds with their schemas. */
export function declaredKinds({ current }: ServerSettings): readonly StructureKind[] {
  const { customKinds, model } = current;
  const { schemas, kinds } = model;
  const ofSettings = customKinds.map(({ kind, apiVersions, schema }) => ({
    kind,
    apiVersions,
    ...(schema !== undefined && Object.hasOwn(schemas, schema) && { schema: schemas[schema] }),
  }));
  return [...ofSettings, ...kinds];
}
