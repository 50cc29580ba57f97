export { codeText, escapeMarkdown, linkTarget } from '../../base';
