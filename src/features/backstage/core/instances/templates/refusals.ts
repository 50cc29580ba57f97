import type { InstanceInputError } from '../../../../../api';
import { SourceError } from '../../../../sources/core';
import { readErrorMessage, readInputErrors } from './templateAnswers';

/** What was filled in does not fit, as the server says. */
export class RefusedInputError extends SourceError implements InstanceInputError {
  readonly errors: InstanceInputError['errors'];

  constructor(errors: InstanceInputError['errors']) {
    const said = errors.map(({ path, message }) => [path, message].filter(Boolean).join(' '));
    super('invalid', `The Backstage refuses what is filled in: ${said.slice(0, 10).join('; ')}`, {
      status: 400,
      advice: 'Change it in the form. Where the template has changed, its form is another one now.',
    });
    this.errors = errors;
  }
}

/** Why the server says no to what was sent, from an answer of 400 or so. */
export function refusalOf(value: unknown): SourceError {
  const errors = readInputErrors(value);
  if (errors?.length) return new RefusedInputError(errors);
  const said = readErrorMessage(value)?.slice(0, 2000) ?? 'it does not say why';
  return new SourceError('invalid', `The Backstage refuses that: ${said}`, { status: 400 });
}

/**
 * The error for people: somebody who is known, and may not do that, needs no other token, but leave to do it.
 *
 * @param what - what may not be done, to go on with after "does not let you"
 */
export function forPeople(error: unknown, what: string): unknown {
  if (!(error instanceof SourceError) || error.failure !== 'unauthorized') return error;
  const answered = error.cause instanceof SourceError ? error.cause : error;
  if (answered.status !== 403) return error;
  return new SourceError('unauthorized', `The Backstage does not let you ${what}.`, {
    status: 403,
    cause: error,
    advice:
      'Who is let in by the token may not: ask those who run it for the permission, or set the token of somebody who may.',
  });
}
