import type { LinkTarget } from '../../../../api';
import type { TemplateForms, TemplatePages } from '../../../scaffolder/core/pages';
import { portalRequests as requests } from '../../protocol';
import { portalRequestParams as checks } from '../../protocol/validation';
import { answering, type RequestAnswer } from './requestAnswer';

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
  return [
    answering(requests.getTemplate, checks.getTemplate, async ({ template }, signal) => {
      const view = await templates.getPage(template, signal);
      allow([{ type: 'source', file: view.file }]);
      return view;
    }),
    answering(requests.resolveTemplateForm, checks.resolveTemplateForm, (request, signal) =>
      templates.resolve(request, signal),
    ),
    answering(requests.clearTemplateForm, checks.clearTemplateForm, ({ template }, signal) =>
      templates.forget(template, signal),
    ),
    answering(requests.getEntityChoices, checks.getEntityChoices, ({ picker }) =>
      forms.entityChoices(picker),
    ),
    answering(requests.getTagChoices, checks.getTagChoices, ({ picker }) =>
      forms.tagChoices(picker),
    ),
    answering(requests.getForgeChoices, checks.getForgeChoices, ({ lookup }, signal) =>
      forms.forgeChoices(lookup, signal),
    ),
    answering(requests.previewTemplate, checks.previewTemplate, (request, signal) =>
      templates.preview(request, signal),
    ),
    answering(requests.getLaunchOptions, checks.getLaunchOptions, request =>
      templates.launchOptions(request),
    ),
    answering(
      requests.chooseLaunchFolder,
      checks.chooseLaunchFolder,
      async () => (await forms.chooseLaunchFolder()) ?? null,
    ),
    answering(requests.createFromTemplate, checks.createFromTemplate, request =>
      templates.create(request),
    ),
  ];
}
