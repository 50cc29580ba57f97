import { readRepoUrl } from '../../../../../model/forms';
import type { FormField, ResolvedForm } from '../formField';
import { textOf } from '../schemas/jsonParts';

/** A secret that a form wants, which lets in to a host as the user. */
export interface RequestedSecret {
  /** By which steps know it. */
  readonly name: string;
  readonly host: string;
}

/**
 * What a form's fields want by `requestUserCredentials`, for what is filled in; of several of a name, the first.
 *
 * Source: `RepoUrlPicker`, `RepoBranchPicker` and `RepoOwnerPicker` of `@backstage/plugin-scaffolder` 1.41.
 */
export function requestedSecrets({ pages, submitted }: ResolvedForm): readonly RequestedSecret[] {
  const wanted = new Map<string, RequestedSecret>();
  const repository = readRepoUrl(textOf(submitted['repoUrl']) ?? '');
  const look = ({ control, value }: FormField): void => {
    if (control.type === 'object') control.fields.forEach(look);
    if (control.type === 'list') control.items.forEach(({ field }) => look(field));
    if (control.type === 'variants' && control.field) look(control.field);
    if (control.type !== 'repoUrl' && control.type !== 'text') return;
    const { secretsKey: name } = control;
    if (name === undefined || wanted.has(name)) return;
    const host =
      control.type === 'repoUrl'
        ? readRepoUrl(textOf(value) ?? '').host
        : (control.host ?? repository.host);
    if (host !== '') wanted.set(name, { name, host });
  };
  for (const { isVisible, fields } of pages) if (isVisible) fields.forEach(look);
  return [...wanted.values()];
}
