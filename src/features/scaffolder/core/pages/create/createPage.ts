import type { StarredEntitiesService, TemplateSummary } from '../../../../../api';
import { compareNaturally, groupBy } from '../../../../../base';
import { type GlanceDeps, type Glances, glancesAt } from '../../../../catalog/core/glances';
import type { TaskRow } from '../task/taskView';
import type { TemplateForms } from '../template/templatePages';

/** A template as a card. */
export interface TemplateCard extends Pick<
  TemplateSummary,
  'ref' | 'title' | 'description' | 'type' | 'tags' | 'isShipped'
> {
  /** Full ref of the owner; undefined for templates that ship with Callboard. */
  readonly owner?: string;
  /** Name of the Backstage that runs the template. */
  readonly instance?: string;
  /** Title of the plugin that the template belongs to. */
  readonly plugin?: string;
  readonly isStarred: boolean;
}

/** Templates of one type, or of one group of the app-config. */
export interface TemplateCategory {
  /** `spec.type`, as the first template spells it, or the title of the group. */
  readonly type: string;
  readonly templates: readonly TemplateCard[];
}

export interface CreatePageView {
  /** Ordered by type, or as in the app-config. Types that differ only in case are one category. */
  readonly categories: readonly TemplateCategory[];
  /** The latest runs, the newest first. */
  readonly tasks: readonly TaskRow[];
  /** Glances of the owners. */
  readonly glances: Glances;
}

export interface CreatePageDeps extends GlanceDeps {
  readonly forms: Pick<TemplateForms, 'getTemplates' | 'groupTemplates'>;
  readonly starred: StarredEntitiesService;
  readonly getTasks: () => Promise<{ readonly tasks: readonly TaskRow[] }>;
}

/** Maximum number of runs. The page of runs lists all. */
const MAX_TASKS = 5;

/** Builds the Create page: templates by category, and the latest runs. */
export async function getCreatePage(deps: CreatePageDeps): Promise<CreatePageView> {
  const templates = await deps.forms.getTemplates();
  // Without templates there are no runs, and in the browser not even a list of them.
  const { tasks } = templates.length ? await deps.getTasks() : { tasks: [] };
  const cards = templates.map(template => cardOf(template, deps.starred));
  const groups = templates.length ? ((await deps.forms.groupTemplates?.(templates)) ?? []) : [];
  return {
    categories: groups.length
      ? groups.map(({ title, refs }) => ({
          type: title,
          templates: cards.filter(({ ref }) => refs.includes(ref)),
        }))
      : categoriesByType(cards),
    tasks: tasks.slice(0, MAX_TASKS),
    glances: glancesAt(
      cards.flatMap(({ owner }) => owner ?? []),
      deps,
    ),
  };
}

function categoriesByType(cards: readonly TemplateCard[]): readonly TemplateCategory[] {
  return [...groupBy(cards, ({ type }) => type.toLowerCase()).values()]
    .map((group): TemplateCategory => ({ type: group[0]?.type ?? '', templates: group }))
    .sort((a, b) => compareNaturally(a.type, b.type));
}

function cardOf(
  { ref, title, description, type, tags, owner, isShipped, instance, plugin }: TemplateSummary,
  starred: StarredEntitiesService,
): TemplateCard {
  return {
    ref,
    title,
    description,
    type,
    tags,
    isShipped,
    ...(owner !== undefined && !isShipped && { owner }),
    ...(instance && { instance: instance.name }),
    ...(plugin !== undefined && { plugin }),
    isStarred: starred.has(ref),
  };
}
