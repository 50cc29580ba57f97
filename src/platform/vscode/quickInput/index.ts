export { askForToken, type WantedToken } from './askForToken';
export * from './keepOrder';
export {
  type Answered,
  askOne,
  askPick,
  askText,
  mapStep,
  QuickSteps,
  type Step,
  type StepFrame,
  withQuickSteps,
} from './quickSteps';
