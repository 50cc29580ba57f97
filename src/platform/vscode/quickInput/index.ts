export {
  type Answered,
  askForToken,
  askOne,
  askPick,
  askText,
  mapStep,
  QuickSteps,
  type Step,
  type StepFrame,
  type WantedToken,
  withQuickSteps,
} from './quickSteps';
export * from './quickSteps';
