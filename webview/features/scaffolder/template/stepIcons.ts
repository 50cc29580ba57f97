import type { PreviewStep } from '../../../../src/features/portal/protocol';

/** Of codicons. */
export const stepIcons: Readonly<Record<PreviewStep['status'], string>> = {
  open: 'circle-outline',
  processing: 'sync',
  completed: 'pass',
  failed: 'error',
  skipped: 'debug-step-over',
  cancelled: 'circle-slash',
};
