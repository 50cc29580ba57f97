import type { TaskPages } from '../../../scaffolder/core/pages';
import { portalRequests as requests } from '../../protocol';
import { portalRequestParams as checks } from '../../protocol/validation';
import { answering, type RequestAnswer } from './requestAnswer';

/** What the pages of runs of Templates ask for. */
export function taskAnswers({ tasks }: { readonly tasks: TaskPages }): readonly RequestAnswer[] {
  return [
    answering(requests.getTasks, checks.getTasks, () => tasks.getTasks()),
    answering(requests.getTask, checks.getTask, request => tasks.getTask(request)),
    answering(requests.actOnTask, checks.actOnTask, request => tasks.act(request)),
    answering(requests.showTaskFile, checks.showTaskFile, request => tasks.showFile(request)),
    answering(requests.reuseTask, checks.reuseTask, (request, signal) =>
      tasks.reuse(request, signal),
    ),
    answering(requests.clearTasks, checks.clearTasks, () => tasks.clear()),
  ];
}
