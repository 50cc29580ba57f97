import {
  type CatalogService,
  DisposableStore,
  type Entity,
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  type Event,
  isRecord,
  type LoadedTemplate,
  ownerRefs,
  refOf,
  type SearchCollator,
  type SearchDocument,
  shortOwnerRef,
  templateIcon,
  type TemplateSummary,
  type Translate,
} from '../../../../api';

export interface TemplatesCollatorDeps {
  readonly catalog: CatalogService;
  /** Source of the Templates that ship with Callboard or are of plugins. */
  readonly scaffolder?: {
    readonly onDidChange?: Event<void>;
    getTemplates(): Promise<readonly Pick<TemplateSummary, 'ref' | 'isShipped' | 'plugin'>[]>;
    loadTemplate(ref: string): Promise<SearchedTemplateFile | undefined>;
  };
  readonly translate: Translate;
}

type SearchedTemplateFile = Omit<LoadedTemplate, 'actions'>;

/** Maximum length of the indexed text. */
const MAX_TEXT = 8000;

/**
 * Search collator of software templates in the catalog, of plugins, and those that ship with Callboard. Each is a
 * source of its own.
 */
export function createTemplatesCollator({
  catalog,
  scaffolder,
  translate,
}: TemplatesCollatorDeps): SearchCollator {
  return {
    id: 'templates',
    title: translate('Templates'),
    icon: 'wand',
    onDidChange(listener) {
      const store = new DisposableStore();
      store.add(
        catalog.onDidChange(({ entityRefs }) => {
          const sources = new Set([...entityRefs].filter(isTemplate));
          if (sources.size > 0) listener({ sources });
        }),
      );
      const others = scaffolder?.onDidChange?.(() => listener({ sources: undefined }));
      if (others) store.add(others);
      return store;
    },
    async getSources(signal) {
      signal.throwIfAborted();
      const templates = (await scaffolder?.getTemplates()) ?? [];
      signal.throwIfAborted();
      const others = templates
        .filter(({ isShipped, plugin }) => isShipped || plugin !== undefined)
        .map(({ ref }) => ref);
      const own = catalog.getEntityRefs().filter(isTemplate);
      return [...new Set([...own, ...others])].map(id => ({ id }));
    },
    collate(ref) {
      const entity = isTemplate(ref) ? catalog.getEntityByRef(ref) : undefined;
      if (entity) return [documentOfEntity(entity)];
      return (
        scaffolder?.loadTemplate(ref).then(found => (found ? [documentOfFile(found)] : [])) ?? []
      );
    },
    locate({ ref, location }) {
      const source = ref === undefined ? undefined : catalog.getEntitySource(ref);
      return source ? { file: source.file, range: source.nameRange } : location;
    },
  };
}

function isTemplate(ref: string): boolean {
  return ref.startsWith('template:');
}

function documentOfEntity(entity: Entity): SearchDocument {
  return documentOf({
    ref: refOf(entity),
    title: entityTitle(entity),
    description: entityDescription(entity),
    type: entityType(entity) ?? '',
    tags: entityTags(entity),
    owners: ownerRefs(entity),
    lifecycle: entityLifecycle(entity) ?? '',
    spec: entity.spec,
  });
}

/** Document of a template outside the catalog. Omits its owner, which may not be in the catalog either. */
function documentOfFile({ file, entity, ...summary }: SearchedTemplateFile): SearchDocument {
  const document = documentOf({ ...summary, owners: [], lifecycle: '', spec: entity['spec'] });
  return { ...document, location: { file } };
}

interface SearchedTemplate extends Pick<
  LoadedTemplate,
  'ref' | 'title' | 'description' | 'type' | 'tags'
> {
  /** Full refs. */
  readonly owners: readonly string[];
  readonly lifecycle: string;
  readonly spec: unknown;
}

function documentOf(template: SearchedTemplate): SearchDocument {
  const { ref, title, description, owners } = template;
  const type = lower([template.type]);
  const lifecycle = lower([template.lifecycle]);
  const tag = lower(template.tags);
  const { words, texts } = templateWords(template.spec);
  return {
    id: 'template',
    title,
    names: [ref.slice(ref.indexOf('/') + 1)],
    keywords: ['template', ...type, ...lifecycle, ...tag, ...owners.map(shortOwnerRef), ...words],
    text: [description, ...texts].filter(Boolean).join('\n').slice(0, MAX_TEXT),
    ref,
    isEntity: true,
    facets: { kind: ['template'], type, lifecycle, owner: owners, tag },
    target: { type: 'page', page: { page: 'template', template: ref } },
    icon: templateIcon(template.type),
  };
}

function lower(values: readonly string[]): readonly string[] {
  return values.filter(Boolean).map(value => value.toLowerCase());
}

/** Searchable words of a Template. */
interface TemplateWords {
  /** Names and values of parameters, and actions. */
  readonly words: readonly string[];
  /** Texts of the form, and names of steps. */
  readonly texts: readonly string[];
}

/** Limits for untrusted Templates. The rest is not indexed. */
const MAX_SCHEMAS = 2000;
const MAX_DEPTH = 32;
const MAX_WORDS = 200;
const MAX_WORD = 100;

/** Keywords of a JSON schema with text for people. */
const TEXTS = ['title', 'description', 'ui:help', 'ui:description', 'ui:placeholder'];
/** Keywords that contain a schema or a list of schemas. */
const SCHEMAS = ['items', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];
/** Keywords that contain schemas by name. */
const MAPS = ['properties', 'dependencies', 'dependentSchemas'];

/** @param spec - of a Template, possibly invalid */
function templateWords(spec: unknown): TemplateWords {
  const words = new Set<string>();
  const texts: string[] = [];
  if (!isRecord(spec)) return { words: [], texts };
  const seen = new Set<unknown>();
  let room = MAX_TEXT;
  const addTexts = (values: readonly unknown[]): void => {
    for (const value of values) {
      if (typeof value !== 'string' || room <= 0) continue;
      const text = value.trim().slice(0, room);
      if (text !== '') texts.push(text);
      room -= text.length;
    }
  };
  const addWords = (values: readonly unknown[]): void => {
    for (const value of values) {
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const word = String(value);
      if (words.size < MAX_WORDS && word !== '' && word.length <= MAX_WORD) words.add(word);
    }
  };
  const visit = (schema: unknown, depth: number): void => {
    if (Array.isArray(schema)) for (const one of schema) visit(one, depth + 1);
    // Visits schemas that aliases repeat only once.
    if (!isRecord(schema) || seen.has(schema) || seen.size >= MAX_SCHEMAS) return;
    if (depth > MAX_DEPTH) return;
    seen.add(schema);
    addTexts(TEXTS.map(key => schema[key]));
    addWords(listOf(schema['enum']));
    addTexts(listOf(schema['enumNames']));
    for (const key of SCHEMAS) visit(schema[key], depth + 1);
    for (const key of MAPS) {
      const schemas = schema[key];
      if (!isRecord(schemas)) continue;
      addWords(Object.keys(schemas));
      for (const one of Object.values(schemas)) visit(one, depth + 1);
    }
  };
  visit(spec['parameters'], 0);
  for (const step of listOf(spec['steps'])) {
    if (!isRecord(step)) continue;
    addTexts([step['name']]);
    addWords([step['action']]);
  }
  return { words: [...words], texts };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_SCHEMAS) : [];
}
