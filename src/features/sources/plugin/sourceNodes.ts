/** An action on what a row reports. */
export type SourceRemedy = 'signIn' | 'setToken' | 'retry' | 'openSettings' | 'allowKinds';

/** A row of the Sources view. */
export type SourceNode =
  | { readonly type: 'source'; readonly id: string; readonly sourceId: string }
  /** What went wrong, what the advice on that is, or which entities aren't allowed. */
  | {
      readonly type: 'failure' | 'advice' | 'notAllowed';
      readonly id: string;
      readonly sourceId: string;
    }
  | {
      readonly type: 'remedy';
      readonly id: string;
      readonly sourceId: string;
      readonly remedy: SourceRemedy;
    };

/** What a row looks like now. */
export interface SourceRow {
  readonly label: string;
  readonly description: string | undefined;
  /** The name of a codicon. */
  readonly icon: string;
  /** A colour of VS Code's by its name. */
  readonly iconColor: string | undefined;
  /** Plain text. */
  readonly tooltip: string;
  readonly isFolder: boolean;
  readonly contextValue: string;
  readonly accessibilityLabel: string;
}
