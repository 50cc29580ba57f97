export { askForToken, type WantedToken } from './askForToken';
export {
  askOne,
  askPick,
  askText,
  mapStep,
  type Answered,
  QuickSteps,
  type Step,
  type StepFrame,
  withQuickSteps,
} from './quickSteps';
export * from './keepOrder';
