/** What the preview makes of code in Mermaid, unless VS Code or another extension draws it: they make other elements. */
export const MERMAID_CODE = 'pre > code.language-mermaid';
