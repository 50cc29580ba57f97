/**
 * Where that goes what a Template publishes: the folder that it is written into becomes a repository; the repository
 * that this lies in gets a branch; a repository elsewhere is pushed to; or the host is asked that the Template names.
 */
export type PublishPlace =
  | { readonly type: 'folder' }
  | {
      readonly type: 'branch';
      /** URI of the top of the repository. */
      readonly repository: string;
      readonly branch: string;
    }
  | {
      readonly type: 'remote';
      /** As {@link readRemoteUrl} takes it. */
      readonly url: string;
    }
  | { readonly type: 'forge' };

/** What publishing has changed, in the order in which it has. */
export type Published =
  | {
      readonly type: 'repository';
      /** URI of a folder that is a repository now. */
      readonly folder: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'branch';
      /** URI of the top of the repository, where the branch is checked out now. */
      readonly repository: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'push';
      readonly remote: string;
      readonly branch: string;
      readonly commit: string;
    }
  | {
      readonly type: 'location';
      /** URI of the file of a Location that leads to another file now. */
      readonly file: string;
      readonly location: string;
      /** URI. */
      readonly target: string;
    };

/** Of those actions of Backstage's that put a Template's files somewhere: what there is to be done. */
export function publishKind(action: string): 'repository' | 'change' | undefined {
  if (!/^publish:/.test(action)) return undefined;
  return /:(?:pull-request|merge-request|review)$/.test(action) ? 'change' : 'repository';
}

/** Something was pushed before what failed: what is here stays as it is there. */
export class PartlyPublishedError extends Error {
  readonly published: readonly Published[];

  constructor(message: string, published: readonly Published[], options: ErrorOptions) {
    const out = published.flatMap(one =>
      one.type === 'push' ? [`${one.branch} of ${one.remote}`] : [],
    );
    super(`${message}. What is out stays: ${out.join(', ')}`, options);
    this.published = published;
  }
}
