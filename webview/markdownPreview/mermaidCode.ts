/** Selects Mermaid code, unless VS Code or another extension renders it to other elements. */
export const MERMAID_CODE = 'pre > code.language-mermaid';
