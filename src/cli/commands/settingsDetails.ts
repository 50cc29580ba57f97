/** Of commands whose answers are those of the editor. */
export const settingsDetails =
  'The settings callboard.* of the editor apply, read from .vscode/settings.json in the folder, so that editor and CI agree.';
