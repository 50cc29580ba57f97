import type { Connection } from 'vscode-languageserver';
import { findInSources, foundInSource } from '../../features/authoring/protocol';
import { cancellable } from '../requests/abortSignal';
import type { FindInSources } from './namesElsewhere';

/** Asks the sources of a client that has them: Callboard's own editor part. */
export function findInClientSources(connection: Connection): FindInSources {
  let questions = 0;
  return async (query, { signal, onAnswer }) => {
    const answers = `callboard-found-${++questions}`;
    const listening = connection.onProgress(foundInSource, answers, onAnswer);
    try {
      await cancellable(signal, token =>
        connection.sendRequest(findInSources, { ...query, answers }, token),
      );
    } finally {
      listening.dispose();
    }
  };
}
