import { type Extensions, listOptions } from '../config';
import { blockMathRule } from '../inline/math';
import { hasTabSlugs } from '../tree/tabIds';
import type { BlockRule } from './blockParser';
import { admonitionRule, detailsRule, tabsRule } from './containers';
import { hashHeaderRule, horizontalRuleRule, setextHeaderRule } from './headers';
import { definitionListRule, indentRule, listRules } from './lists';
import { codeRule, emptyRule, markdownInHtmlRule, paragraphRule, quoteRule } from './paragraphs';
import { abbreviationRule, footnoteRule, referenceRule } from './references';
import { tableRule } from './tables';

/** Returns block rules by descending priority, as in Python-Markdown's registry. */
export function blockRules(extensions: Extensions): BlockRule[] {
  const lists = listOptions(extensions);
  const { ordered, unordered } = listRules(lists);
  const trulySane = extensions.has('mdx_truly_sane_lists');
  const indent = trulySane ? lists.nestedIndent : 4;
  const on = (extension: string, rule: () => BlockRule): BlockRule[] =>
    extensions.has(extension) ? [rule()] : [];
  return [
    ...on('admonition', () => admonitionRule),
    ...on('pymdownx.details', () => detailsRule),
    ...on('pymdownx.tabbed', () =>
      tabsRule({
        alternate: extensions.flag('pymdownx.tabbed', 'alternate_style', false),
        hasSlugs: hasTabSlugs(extensions.option('pymdownx.tabbed', 'slugify')),
      }),
    ),
    ...on('md_in_html', () => markdownInHtmlRule),
    emptyRule,
    indentRule({ indent, items: ['li'], lists: ['ul', 'ol'], newItem: 'li' }),
    ...on('def_list', () =>
      indentRule({ indent, items: ['dd', 'li'], lists: ['dl', 'ol', 'ul'], newItem: 'dd' }),
    ),
    codeRule,
    ...on('pymdownx.arithmatex', () => blockMathRule(extensions)),
    ...on('tables', () =>
      tableRule({ useAttribute: extensions.flag('tables', 'use_align_attribute', false) }),
    ),
    hashHeaderRule,
    setextHeaderRule,
    horizontalRuleRule,
    ordered,
    unordered,
    ...on('def_list', () => definitionListRule({ indent })),
    quoteRule,
    ...on('footnotes', () => footnoteRule),
    ...on('abbr', () => abbreviationRule),
    referenceRule,
    paragraphRule,
  ];
}
