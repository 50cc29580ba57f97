export {
  iconOf,
  ownerOf,
  presentTemplate,
  type TemplateNode,
  type TemplatePresentation,
  templateRows,
} from './templateRows';
export { orderTemplates, type TemplateChoice } from './templateChoices';
