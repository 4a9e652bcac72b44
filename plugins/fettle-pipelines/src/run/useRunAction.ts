import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { runControlPermission, type Run } from 'backstage-plugin-fettle-common';
import { fettleApiRef } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { saidBy } from './saidBy';

/** What a person may ask the host to do with a run. */
export type RunAction = 'rerun' | 'rerunFailed' | 'cancel';

/** Asks the host to rerun or cancel a run, and tells how that went. */
export function useRunAction(
  run: Run,
  onAccepted?: (action: RunAction) => void,
) {
  const api = useApi(fettleApiRef);
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [asking, setAsking] = useState<RunAction>();
  const [accepted, setAccepted] = useState<{
    action: RunAction;
    revision: number;
  }>();
  const [refusal, setRefusal] = useState<string>();

  const ask = async (action: RunAction) => {
    setAsking(action);
    setRefusal(undefined);
    try {
      if (action === 'cancel') await api.cancelRun(run.id);
      else {
        await api.rerunRun(run.id, { failedOnly: action === 'rerunFailed' });
      }
      setAccepted({ action, revision: run.revision });
      onAccepted?.(action);
    } catch (error) {
      const { forbidden, message } = saidBy(error);
      setRefusal(
        forbidden
          ? t('action.forbidden', { permission: runControlPermission.name })
          : t('action.refused', { message }),
      );
    }
    setAsking(undefined);
  };

  // Until the run says so itself.
  const pending =
    asking ??
    (accepted?.revision === run.revision ? accepted.action : undefined);
  const kindOf = (action: RunAction) =>
    action === 'cancel' ? ('cancel' as const) : ('rerun' as const);
  return {
    ask,
    requested: run.requested ?? (pending ? kindOf(pending) : null),
    refusal,
    dismiss: () => setRefusal(undefined),
  };
}
