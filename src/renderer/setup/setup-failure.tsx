import type { FailureView } from '../../shared/contract/views';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { Details } from '../ui/details';
import { advise, type NextStep } from './advise';

/** What a form can do about a failure by itself, beside its own button that tries again. */
export type Steps = Partial<Record<NextStep, { readonly label: string; readonly onPress: () => void }>>;

interface SetupFailureProps {
  readonly failure: FailureView;
  readonly steps: Steps;
}

/** Why it did not work, and the button for what comes next (APP-019). */
export function SetupFailure({ failure, steps }: SetupFailureProps) {
  const { message, hint, next } = advise(failure);
  const step = steps[next];
  return (
    <Banner
      tone="danger"
      announce
      actions={
        step ? (
          <Button size="small" onPress={step.onPress}>
            {step.label}
          </Button>
        ) : null
      }
    >
      <p>{message}</p>
      <p>{hint}</p>
      {failure.serverText ? <Details text={failure.serverText} /> : null}
    </Banner>
  );
}
