import { type FilterPredicate, readPredicate } from '../../../model/predicates';
import { readConfigFiles } from './appConfig';
import type { ConfigIssue, ReadConfigDeps } from './configFile';
import { configAt, configItems, type ConfigNode, configText } from './configNode';

/** A group of the page with all templates. */
export interface TemplateGroup {
  readonly title: string;
  readonly filter: FilterPredicate;
}

export interface TemplateGroups {
  /** In the order of the page; a template is in the groups that match it. */
  readonly groups: readonly TemplateGroup[];
  readonly issues: readonly ConfigIssue[];
}

const EXTENSIONS = 'app.extensions';
const PAGE = 'sub-page:scaffolder/templates';

/**
 * Reads the groups of templates that an app shows.
 *
 * Source: `groups` of `sub-page:scaffolder/templates` of `plugins/scaffolder` 1.37.
 *
 * @param uris - config files in the order of the backend's `--config` options
 */
export async function readTemplateGroups(
  uris: readonly string[],
  deps: ReadConfigDeps,
): Promise<TemplateGroups> {
  const { node, ...reading } = await readConfigFiles(uris, {
    ...deps,
    keys: ['app'],
    isOfInterest: key => key?.startsWith(EXTENSIONS) ?? true,
  });
  const issues = [...reading.issues];
  const groups: TemplateGroup[] = [];
  for (const item of configItems(configAt(node, EXTENSIONS))) {
    const page = item.type === 'map' ? item.entries.get(PAGE) : undefined;
    for (const group of configItems(configAt(page, 'config.groups'))) {
      const title = configText(configAt(group, 'title'));
      const filter = readPredicate(plainValue(configAt(group, 'filter')));
      if (title !== undefined && title !== '' && filter.ok) {
        groups.push({ title, filter: filter.value });
        continue;
      }
      const message = filter.ok
        ? 'A group of templates needs a title'
        : `Invalid filter of a group of templates: ${filter.error[0].message}`;
      issues.push({ code: 'app-config-invalid', message, place: group.place, key: EXTENSIONS });
    }
  }
  return { groups, issues };
}

/** Returns the value of a config without positions. */
function plainValue(node: ConfigNode | undefined): unknown {
  switch (node?.type) {
    case 'map':
      return Object.fromEntries(
        Array.from(node.entries, ([key, value]) => [key, plainValue(value)]),
      );
    case 'list':
      return node.items.map(plainValue);
    case 'scalar':
      return node.value;
    default:
      return undefined;
  }
}
