import type { TaskPages } from '../../../scaffolder/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

/** What the pages of runs of Templates ask for. */
export function taskAnswers({ tasks }: { readonly tasks: TaskPages }): readonly RequestAnswer[] {
  return answersOf({
    getTasks: () => tasks.getTasks(),
    getTask: request => tasks.getTask(request),
    actOnTask: request => tasks.act(request),
    showTaskFile: request => tasks.showFile(request),
    reuseTask: (request, signal) => tasks.reuse(request, signal),
    clearTasks: () => tasks.clear(),
  });
}
