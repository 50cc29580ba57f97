/** What Python-Markdown and its extensions write, as `article.css` styles it. Types of notes are any that it knows. */
const known: ReadonlySet<string> = new Set(
  `
  admonition admonition-title inline end
  note info todo seealso abstract summary tldr tip hint important success check done question help faq
  warning caution attention danger error failure fail missing bug example quote cite
  tabbed-set tabbed-alternate tabbed-labels tabbed-content tabbed-block
  task-list task-list-item task-list-control task-list-indicator
  highlight highlighttable code linenos linenodiv filename hll mermaid
  footnote footnote-ref footnote-backref headerlink toclink toc toctitle
  critic ins del mark comment break block arithmatex MathJax_Preview emojione twemoji
  `.split(/\s+/),
);

/** Whether docs may have a class: those that only the app has are its own. */
export function isDocsClass(name: string): boolean {
  return known.has(name) || /^(?:hljs|language|align)-[\w+#.-]+$/.test(name);
}
