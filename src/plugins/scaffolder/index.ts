export {
  iconOf,
  ownerOf,
  presentTemplate,
  type TemplateNode,
  type TemplatePresentation,
  templateRows,
} from './templateRows';
export { templatesCard } from './templatesCard';
export { orderTemplates, type TemplateChoice } from './templateChoices';
