import type { RunTools } from './scaffolderDeps';
import type { VsCodeScaffolder } from './vsCodeScaffolder';

/** The parts of the scaffolder that need Node. */
export interface ScaffolderTools extends RunTools {
  readonly VsCodeScaffolder: typeof VsCodeScaffolder;
}
