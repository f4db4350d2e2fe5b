import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { useUi } from '../state/ui-store';
import { defaultAppStrings } from '../strings/status';
import { call } from '../transport/call';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';

/** Asked once on every computer: are its mail addresses to open here (APP-274)? Whoever does not answer is not asked again. */
export function DefaultAppQuestion() {
  const close = () => useUi.setState({ asksForDefault: false });
  const accept = async () => {
    close();
    const outcome = await call('host.becomeDefaultApp', { scheme: 'mailto' });
    if (outcome.ok) showToast({ tone: 'done', text: defaultAppStrings.done });
    else showFailure(defaultAppStrings.notDone, outcome.failure);
  };
  return (
    <Banner
      tone="info"
      announce
      actions={
        <>
          <Button size="small" onPress={() => void accept()}>
            {defaultAppStrings.yes}
          </Button>
          <Button size="small" variant="quiet" onPress={close}>
            {defaultAppStrings.no}
          </Button>
        </>
      }
    >
      {defaultAppStrings.question}
    </Banner>
  );
}
