import type { InstanceInputError, InstanceTask, InstanceTemplates } from '../../../../../api';
import { base64Of } from '../../../../../base';
import { parseEntityRef } from '../../../../../model';
import type { Clock } from '../../../../../platform/core/ports';
import {
  type BackstageConnection,
  type BackstageQuestion,
  SourceError,
} from '../../../../sources/core';
import { refPath } from '../..';
import {
  readActions,
  readErrorMessage,
  readForm,
  readInputErrors,
  readTask,
  readTaskId,
  readTasks,
  TASK_ID,
} from './templateAnswers';

/** Errors of the server about input values. */
class RefusedInputError extends SourceError implements InstanceInputError {
  readonly errors: InstanceInputError['errors'];

  constructor(errors: InstanceInputError['errors']) {
    const reasons = errors.map(({ path, message }) => [path, message].filter(Boolean).join(' '));
    super('invalid', `Backstage rejected the input: ${reasons.slice(0, 10).join('; ')}`, {
      status: 400,
      advice: 'Change it in the form. If the template has changed, reload its form.',
    });
    this.errors = errors;
  }
}

/** Converts a 400 answer to an error. */
function refusalOf(value: unknown): SourceError {
  const errors = readInputErrors(value);
  if (errors?.length) return new RefusedInputError(errors);
  const reason = readErrorMessage(value)?.slice(0, 2000) ?? 'no reason given';
  return new SourceError('invalid', `Backstage rejected the request: ${reason}`, { status: 400 });
}

/**
 * Converts a missing permission to an error for users: a known user needs permission, not another token.
 *
 * @param what - forbidden action, after "does not let you"
 */
function forPeople(error: unknown, what: string): unknown {
  if (!(error instanceof SourceError) || error.failure !== 'unauthorized') return error;
  const answered = error.cause instanceof SourceError ? error.cause : error;
  if (answered.status !== 403) return error;
  return new SourceError('unauthorized', `Backstage does not allow you to ${what}.`, {
    status: 403,
    cause: error,
    advice: 'Ask its administrator for the permission, or set a token that has it.',
  });
}

export interface InstanceTemplatesDeps {
  readonly session: BackstageConnection;
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  /** Milliseconds without an event before checking whether a proxy holds back the stream. */
  readonly silence?: number;
}

const ROOT = '/api/scaffolder/v2';
/** Maximum bytes of a dry run's result. */
const MAX_DRY_RUN = 128 * 1024 * 1024;
/** Default number of listed tasks. */
const PAGE = 20;
const MOST = 100;

/** Scaffolder API of a Backstage. */
export function createInstanceTemplates(deps: InstanceTemplatesDeps): InstanceTemplates {
  const { session } = deps;

  /** @param what - action that a known user may lack permission for */
  const ask = async (
    question: BackstageQuestion,
    what: string,
  ): Promise<{ readonly status: number; readonly value: unknown }> => {
    try {
      return await session.ask(question);
    } catch (error) {
      throw forPeople(error, what);
    }
  };

  const getTask = async (id: string, signal: AbortSignal): Promise<InstanceTask | undefined> => {
    const question = { signal, path: pathOf(id), answers: [404] };
    const { status, value } = await ask(question, 'see that task');
    return status === 404 ? undefined : (readTask(value) ?? unreadable());
  };

  return {
    async getForm(ref, options) {
      const { kind, namespace, name } = parseEntityRef(ref);
      const path = `${ROOT}/templates/${refPath(namespace, kind, name)}/parameter-schema`;
      const question = { ...options, path, answers: [400, 404] };
      const { status, value } = await ask(question, 'see its templates');
      if (status === 404) throw noTemplate(ref);
      if (status === 400) throw refusalOf(value);
      return readForm(value) ?? unreadable();
    },

    async getActions(options) {
      const question = { ...options, path: `${ROOT}/actions` };
      return readActions((await ask(question, 'see its actions')).value) ?? unreadable();
    },

    async start(ref, { values, secrets }, options) {
      const { status, value } = await ask(
        {
          ...options,
          method: 'POST',
          path: `${ROOT}/tasks`,
          answers: [400, 404],
          body: { templateRef: ref, values, secrets },
          secrets: Object.values(secrets),
        },
        'run its templates',
      );
      if (status === 404) throw noTemplate(ref);
      if (status === 400) throw refusalOf(value);
      return readTaskId(value) ?? unreadable();
    },

    getTask: (id, { signal }) => getTask(id, signal),

    async getTasks({ limit = PAGE, offset = 0, createdBy = [], status = [], ...options }) {
      const question: BackstageQuestion = {
        ...options,
        path: `${ROOT}/tasks`,
        query: [
          ['limit', String(Math.min(limit, MOST))],
          ['offset', String(offset)],
          ['order', 'desc:created_at'],
          ...createdBy.map(ref => ['createdBy', ref] as const),
          ...status.map(one => ['status', one] as const),
        ],
      };
      return readTasks((await ask(question, 'see its tasks')).value) ?? unreadable();
    },

    async follow(id, options) {
      pathOf(id);
      const { followTask } = await import('./followTask');
      try {
        return await followTask(id, options, { ...deps, getTask });
      } catch (error) {
        throw forPeople(error, 'see that task');
      }
    },

    async cancel(id, options) {
      const path = `${pathOf(id)}/cancel`;
      await ask({ ...options, method: 'POST', path }, 'cancel that task');
    },

    async retry(id, secrets, options) {
      const question: BackstageQuestion = {
        ...options,
        method: 'POST',
        path: `${pathOf(id)}/retry`,
        body: { secrets },
        secrets: Object.values(secrets),
        answers: [400, 409],
      };
      const { status, value } = await ask(question, 'run that task again');
      if (status >= 400) throw refusalOf(value);
    },

    async dryRun(template, { values, secrets }, { files = [], ...options }) {
      const directoryContents = files.map(({ path, content }) => ({
        path,
        base64Content: base64Of(content),
      }));
      const { status, value } = await ask(
        {
          ...options,
          method: 'POST',
          path: `${ROOT}/dry-run`,
          body: { template, values, secrets, directoryContents },
          secrets: Object.values(secrets),
          maxSize: MAX_DRY_RUN,
          answers: [400, 404, 409, 500],
        },
        'try templates',
      );
      if (status === 400) throw refusalOf(value);
      const { readDryRun } = await import('./dryRun');
      if (status < 400) return readDryRun(value) ?? unreadable();
      // A failed step is reported only as an error of the whole answer.
      const error = readErrorMessage(value) ?? unreadable();
      return { status: 'failed', steps: [], output: {}, files: [], error };
    },
  };
}

/** @throws TypeError for an invalid id, which could change the path */
function pathOf(id: string): string {
  if (!TASK_ID.test(id)) throw new TypeError(`"${id}" is not a task id`);
  return `${ROOT}/tasks/${encodeURIComponent(id)}`;
}

function noTemplate(ref: string): SourceError {
  return new SourceError(
    'missing',
    `Backstage has no template ${ref}, or you have no access to it.`,
    {
      status: 404,
      advice: 'Refresh the source to update the cached copy.',
    },
  );
}

function unreadable(): never {
  throw new SourceError('invalid', 'The answer is not from a Backstage scaffolder.', {
    advice: 'Callboard may not support its version.',
  });
}
