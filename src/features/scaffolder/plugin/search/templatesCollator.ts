import type {
  CatalogService,
  Entity,
  LoadedTemplate,
  SearchCollator,
  SearchDocument,
  TemplateSummary,
} from '../../../../api';
import type { Translate } from '../../../../base';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  ownerRefs,
  refOf,
  shortOwnerRef,
} from '../../../../model/presentation';
import { iconOf } from '../templateRows';
import { templateWords } from './templateWords';

export interface TemplatesCollatorDeps {
  readonly catalog: CatalogService;
  /** Brings the Templates that come with Callboard. */
  readonly scaffolder?: {
    getTemplates(): Promise<readonly Pick<TemplateSummary, 'ref' | 'isShipped'>[]>;
    loadTemplate(ref: string): Promise<SearchedTemplateFile | undefined>;
  };
  readonly translate: Translate;
}

type SearchedTemplateFile = Omit<LoadedTemplate, 'actions'>;

/** What goes on is not searched. */
const MAX_TEXT = 8000;

/** Software templates, each of which is a source of its own: those of the catalog, and those that come with Callboard. */
export function createTemplatesCollator({
  catalog,
  scaffolder,
  translate,
}: TemplatesCollatorDeps): SearchCollator {
  return {
    id: 'templates',
    title: translate('Templates'),
    icon: 'wand',
    onDidChange: listener =>
      catalog.onDidChange(({ entityRefs }) => {
        const sources = new Set([...entityRefs].filter(isTemplate));
        if (sources.size > 0) listener({ sources });
      }),
    async getSources(signal) {
      signal.throwIfAborted();
      const templates = (await scaffolder?.getTemplates()) ?? [];
      signal.throwIfAborted();
      const shipped = templates.filter(({ isShipped }) => isShipped).map(({ ref }) => ref);
      const own = catalog.getEntityRefs().filter(isTemplate);
      return [...new Set([...own, ...shipped])].map(id => ({ id }));
    },
    collate(ref) {
      const entity = isTemplate(ref) ? catalog.getEntityByRef(ref) : undefined;
      if (entity) return [documentOfEntity(entity)];
      return (
        scaffolder?.loadTemplate(ref).then(found => (found ? [documentOfShipped(found)] : [])) ?? []
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

/** Who owns what comes with Callboard is nobody that anyone knows here. */
function documentOfShipped({ file, entity, ...summary }: SearchedTemplateFile): SearchDocument {
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
    icon: iconOf(template.type),
  };
}

function lower(values: readonly string[]): readonly string[] {
  return values.filter(Boolean).map(value => value.toLowerCase());
}
