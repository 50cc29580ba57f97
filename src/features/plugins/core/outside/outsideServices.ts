import type {
  NetworkService,
  ProgramOutput,
  ProgramsService,
  SecretsService,
} from '../../../../api';
import { unansweredMessage } from '../../../../platform/core';
import type { HttpClient, ProgramRunner, SecretStore } from '../../../../platform/core/ports';

const SECOND = 1000;
const MAX_SIZE = 10 * 1024 * 1024;
/** Prefix of the keys of secrets, apart from those of Callboard. */
const SECRET_PREFIX = 'plugins.secret:';

/** Network for plugins, which the facade of each restricts to its hosts. */
export function createNetworkService(openHttp: () => Promise<HttpClient>): NetworkService {
  return {
    async fetch(url, { method = 'GET', headers = {}, body, timeout = 30 * SECOND, signal } = {}) {
      const limits = { timeout: Math.min(timeout, 120 * SECOND), maxSize: MAX_SIZE };
      const http = await openHttp();
      const result = await http.send({ method, url, headers, body, signal, ...limits });
      if (result.type !== 'answered') {
        throw new Error(`${unansweredMessage(new URL(url).host, result, limits)}.`);
      }
      const { status, headers: answered, body: content } = result;
      return { status, headers: answered, body: content };
    },
  };
}

/** Programs for plugins, which the facade of each restricts to its own. */
export function createProgramsService(deps: {
  /** Undefined where there are no processes. */
  readonly programs: ProgramRunner | undefined;
  readonly isTrusted: () => boolean;
}): ProgramsService {
  return {
    async run(program, { args = [], input = '', timeout = 30 * SECOND, signal } = {}) {
      if (!deps.programs) throw new Error("Programs can't run in the browser.");
      if (!deps.isTrusted()) throw new Error('Programs run only in trusted workspaces.');
      const result = await deps.programs.run(program, {
        args,
        input,
        environment: {},
        timeout: Math.min(timeout, 600 * SECOND),
        maxOutput: MAX_SIZE,
        signal,
      });
      if (result.type === 'ended') {
        const { code, output, errors } = result;
        return { code, output, errors } satisfies ProgramOutput;
      }
      const reasons = {
        missing: "doesn't exist",
        timeout: 'took too long',
        excess: 'wrote too much',
      };
      throw new Error(`The program "${program}" ${reasons[result.type]}.`);
    },
  };
}

/** Secrets for plugins, which the facade of each gives keys of its own. */
export function createSecretsService(
  secrets: Pick<SecretStore, 'get' | 'set' | 'delete'>,
): SecretsService {
  return {
    get: key => secrets.get(SECRET_PREFIX + key),
    set: (key, value) =>
      value === undefined
        ? secrets.delete(SECRET_PREFIX + key)
        : secrets.set(SECRET_PREFIX + key, value),
  };
}
