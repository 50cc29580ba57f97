import {
  annotationHoverProvider,
  codeActionProvider,
  completionProvider,
  createStructureProvider,
  createStructureService,
  entityHoverProvider,
  entityLensProvider,
  type LanguageContext,
  type LanguageProvider,
  navigationProvider,
  refHintProvider,
  type StructureKind,
  structureOfTextProvider,
} from '../language';
import type { FetchText } from './fetchText';
import type { ServerSettings } from './serverSettings';

export interface FeaturesDeps {
  readonly context: LanguageContext;
  readonly settings: ServerSettings;
  /** URIs of the workspace folders. */
  readonly roots: () => readonly string[];
  readonly fetchText: FetchText;
}

/** What the server knows to do, in the order in which answers are put together. */
export function createFeatures({
  context,
  settings,
  roots,
  fetchText,
}: FeaturesDeps): readonly LanguageProvider[] {
  const structure = createStructureService({
    declaredKinds: () => declaredKinds(settings),
    readFile: async uri => {
      // A link may lead out of the workspace, though its path does not.
      const real = await context.files.realPath(uri);
      if (real !== uri) throw new Error(`${uri} is reached by a link and was not read`);
      return new TextDecoder().decode(await context.files.readFile(uri));
    },
    fetchText,
    workspaceFolders: roots,
    isTrusted: () => settings.current.isTrusted,
    allowedHosts: () => settings.current.schemaHosts,
    now: () => performance.now(),
  });
  settings.onDidChange(() => structure.declaredKindsChanged());
  return [
    completionProvider,
    entityHoverProvider,
    annotationHoverProvider,
    navigationProvider,
    structureOfTextProvider,
    entityLensProvider,
    refHintProvider,
    codeActionProvider,
    createStructureProvider({
      service: structure,
      isElsewhere: () => settings.current.isStructureElsewhere,
      state: () => settings.current,
    }),
  ];
}

/** The organisation's own kinds, with their schemas. */
export function declaredKinds({ current }: ServerSettings): readonly StructureKind[] {
  const { customKinds, kindSchemas } = current;
  return customKinds.map(({ kind, apiVersions, schema }) => ({
    kind,
    apiVersions,
    ...(schema !== undefined &&
      Object.hasOwn(kindSchemas, schema) && { schema: kindSchemas[schema] }),
  }));
}
