import type { RunTools } from './scaffolderDeps';
import type { VsCodeScaffolder } from './vsCodeScaffolder';

/** Parts of the scaffolder that need Node. */
export interface ScaffolderTools extends RunTools {
  readonly VsCodeScaffolder: typeof VsCodeScaffolder;
}
