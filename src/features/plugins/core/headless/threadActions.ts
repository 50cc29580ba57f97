import type { ScaffolderAction, ScaffolderActionContext, TaskWorkspace } from '../../../../api';
import type { JsonValue } from '../../../../model';

/** An action of templates. */
export type ActionRow = Pick<ScaffolderAction, 'id' | 'description' | 'schema' | 'supportsDryRun'>;

/** A file or folder of a task. */
export interface WorkspaceRow {
  /** Relative to the workspace. Folders are before their contents. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly content: Uint8Array | undefined;
  readonly isExecutable: boolean;
}

/** Parameters to run an action. */
export interface ActionCall {
  readonly id: string;
  readonly context: Pick<
    ScaffolderActionContext,
    'input' | 'secrets' | 'step' | 'task' | 'templateInfo' | 'user' | 'isDryRun'
  >;
  /** Path of the workspace in messages. */
  readonly path: string;
  readonly rows: readonly WorkspaceRow[];
}

/** Something that an action told its task. */
export type ActionEvent =
  | { readonly type: 'info' | 'warn' | 'error' | 'skip'; readonly text: string }
  | { readonly type: 'output'; readonly name: string; readonly value: JsonValue };

/** Result of an action. */
export interface ActionAnswer {
  readonly events: readonly ActionEvent[];
  /** The workspace afterwards. */
  readonly rows: readonly WorkspaceRow[];
  /** The error that it threw. */
  readonly error: { readonly name: string; readonly message: string } | undefined;
}

/** Maximum number of events of an action. */
const MAX_EVENTS = 10_000;

/**
 * Creates an action that runs in the thread of its plugin, on a copy of the workspace.
 *
 * @param run - runs it in the thread; its answer is unchecked
 */
export function createThreadAction(
  { id, description, schema, supportsDryRun }: ActionRow,
  run: (call: ActionCall, signal: AbortSignal) => Promise<ActionAnswer>,
): ScaffolderAction {
  return {
    id,
    ...(description !== undefined && { description }),
    ...(schema && { schema }),
    supportsDryRun: supportsDryRun ?? false,
    async handler({ workspace, logger, output, skip, signal, ...context }) {
      const { input, secrets, step, task, templateInfo, user, isDryRun } = context;
      const before = workspaceRows(workspace);
      const call: ActionCall = {
        id,
        context: { input, secrets, step, task, templateInfo, user, isDryRun },
        path: workspace.path,
        rows: before,
      };
      const { events, rows, error } = await run(call, signal);
      for (const event of events.slice(0, MAX_EVENTS)) {
        if (event.type === 'output') output(String(event.name), event.value);
        else if (event.type === 'skip') skip(String(event.text));
        else logger[event.type](String(event.text));
      }
      if (error) throw Object.assign(new Error(error.message), { name: error.name });
      applyRows(workspace, { before, after: rows });
    },
  };
}

/** Returns all files and folders of a workspace. */
export function workspaceRows(workspace: TaskWorkspace): readonly WorkspaceRow[] {
  return [...workspace.entries()].map(({ path, isDirectory }) => ({
    path,
    content: isDirectory ? undefined : workspace.readFile(path),
    isExecutable: !isDirectory && workspace.isExecutable(path),
  }));
}

/** Gives a workspace the files and folders of another. @throws as {@link TaskWorkspace} does */
export function applyRows(
  workspace: TaskWorkspace,
  { before, after }: { before: readonly WorkspaceRow[]; after: readonly WorkspaceRow[] },
): void {
  const next = new Map(after.map(row => [row.path, row]));
  const previous = new Map(before.map(row => [row.path, row]));
  for (const { path, content } of before) {
    const row = next.get(path);
    if (!row || (content === undefined) !== (row.content === undefined)) workspace.remove(path);
  }
  for (const { path, content, isExecutable } of after) {
    if (content === undefined) workspace.makeDirectory(path);
    else if (!isUnchanged(previous.get(path), { path, content, isExecutable })) {
      workspace.writeFile(path, content, { isExecutable });
    }
  }
}

function isUnchanged(before: WorkspaceRow | undefined, after: WorkspaceRow): boolean {
  const { content, isExecutable } = after;
  if (before?.isExecutable !== isExecutable) return false;
  if (before.content?.length !== content?.length) return false;
  return before.content?.every((byte, index) => byte === content?.[index]) ?? true;
}
