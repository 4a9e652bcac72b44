import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  planApplyPermission,
  type RemediationDetails,
} from 'backstage-plugin-fettle-common';
import { useState } from 'react';
import { fettleAutomationApiRef } from '../api/FettleAutomationApi';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { StatePanel } from '../widgets/StatePanel';
import { fettleReactTranslationRef } from '../widgets/translation';
import type { AutomationTarget } from './AutomationTarget';
import { ReasonDialog } from './ReasonDialog';
import { useTask } from './useTask';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1) },
    line: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    button: { textTransform: 'none' },
  }),
  { name: 'FettleRemediationControls' },
);

type Asked = 'cancel' | 'confirm' | 'decline';

/** What a person can do with a remediation, and what it waits for a person to say. */
export function RemediationControls(props: {
  details: RemediationDetails;
  onOpen: (target: AutomationTarget) => void;
  onChange: () => void;
}) {
  const { details, onOpen, onChange } = props;
  const { remediation, can } = details;
  const { id, waitsFor } = remediation;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { busy, error, run } = useTask();
  const [asked, setAsked] = useState<Asked>();
  const retry = () =>
    run('retry', async () => {
      const plan = await api.retryRemediation(id);
      onOpen({ kind: 'plan', id: plan.id });
    });
  const answer = (reason: string) => {
    if (asked === 'cancel') return api.cancelRemediation(id, { reason });
    const { stepId } = waitsFor!;
    const approved = asked === 'confirm';
    return api.confirmRemediation(id, { stepId, approved, reason });
  };
  if (!waitsFor && !can.cancel && !can.retry && !error) return null;
  return (
    <div className={classes.root}>
      {waitsFor && (
        <StatePanel
          kind="pending"
          title={t('automation.remediation.waits')}
          message={waitsFor.question}
          permission={can.confirm ? undefined : planApplyPermission.name}
        >
          {can.confirm && (
            <div className={classes.line}>
              <Button
                variant="contained"
                color="primary"
                className={classes.button}
                onClick={() => setAsked('confirm')}
              >
                {t('automation.remediation.confirm')}
              </Button>
              <Button
                variant="outlined"
                className={classes.button}
                onClick={() => setAsked('decline')}
              >
                {t('automation.remediation.decline')}
              </Button>
            </div>
          )}
        </StatePanel>
      )}
      {error && (
        <ErrorPanel error={error} permission={planApplyPermission.name} />
      )}
      {(can.cancel || can.retry) && (
        <div className={classes.line}>
          {can.retry && (
            <Button
              variant="contained"
              color="primary"
              className={classes.button}
              disabled={busy !== undefined}
              onClick={retry}
            >
              {busy ? t('automation.busy') : t('automation.remediation.retry')}
            </Button>
          )}
          {can.cancel && (
            <Button
              variant="outlined"
              className={classes.button}
              onClick={() => setAsked('cancel')}
            >
              {t('automation.remediation.cancel')}
            </Button>
          )}
        </div>
      )}
      {asked && (
        <ReasonDialog
          title={t(`automation.remediation.${asked}Title`)}
          action={t(`automation.remediation.${asked}Action`)}
          reason={asked === 'cancel' ? 'needed' : 'possible'}
          permission={planApplyPermission.name}
          onClose={() => setAsked(undefined)}
          onDo={async reason => {
            await answer(reason);
            onChange();
          }}
        >
          {asked === 'cancel'
            ? t('automation.remediation.cancelWhat')
            : waitsFor?.question}
        </ReasonDialog>
      )}
    </div>
  );
}
