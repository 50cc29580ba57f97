import type { LinkTarget } from '../../../../api';
import type { TemplateForms, TemplatePages } from '../../../scaffolder/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface TemplateAnswersDeps {
  readonly templates: TemplatePages;
  readonly forms: TemplateForms;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
}

/** What the form of a Template asks for. */
export function templateAnswers({
  templates,
  forms,
  allow,
}: TemplateAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    getTemplate: async ({ template }, signal) => {
      const view = await templates.getPage(template, signal);
      allow([{ type: 'source', file: view.file }]);
      return view;
    },
    resolveTemplateForm: (request, signal) => templates.resolve(request, signal),
    clearTemplateForm: ({ template }, signal) => templates.forget(template, signal),
    getEntityChoices: ({ picker }) => forms.entityChoices(picker),
    getTagChoices: ({ picker }) => forms.tagChoices(picker),
    getForgeChoices: ({ lookup }, signal) => forms.forgeChoices(lookup, signal),
    previewTemplate: (request, signal) => templates.preview(request, signal),
    getLaunchOptions: request => templates.launchOptions(request),
    chooseLaunchFolder: async () => (await forms.chooseLaunchFolder()) ?? null,
    createFromTemplate: request => templates.create(request),
  });
}
