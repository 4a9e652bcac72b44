import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  planApplyPermission,
  planApprovePermission,
  planCreatePermission,
  type Plan,
} from 'backstage-plugin-fettle-common';
import { useState } from 'react';
import { fettleAutomationApiRef } from '../api/FettleAutomationApi';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { fettleReactTranslationRef } from '../widgets/translation';
import type { AutomationTarget } from './AutomationTarget';
import { ReasonDialog } from './ReasonDialog';
import { useTask } from './useTask';

const useStyles = makeStyles(
  theme => ({
    // Within reach however long the diff is.
    root: {
      position: 'sticky',
      bottom: 0,
      zIndex: 2,
      display: 'grid',
      gap: theme.spacing(1),
      padding: theme.spacing(1.25, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
      boxShadow: theme.shadows[4],
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
    },
    why: {
      flex: '1 1 220px',
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
    button: { textTransform: 'none' },
  }),
  { name: 'FettlePlanControls' },
);

/** Once a plan came here nobody can decide or apply it any more. */
const OVER = ['applied', 'superseded', 'rejected', 'empty'] as const;
const PERMISSIONS: Record<string, string> = {
  approve: planApprovePermission.name,
  apply: planApplyPermission.name,
  renew: planCreatePermission.name,
};

/** What a person can do with a plan, as far as they may; always about the hash that is shown. */
export function PlanControls(props: {
  plan: Plan;
  /** Whether the reader may have plans made. */
  mayPlan: boolean;
  onOpen: (target: AutomationTarget) => void;
  onChange: () => void;
}) {
  const { plan, mayPlan, onOpen, onChange } = props;
  const { id, hash, can, state } = plan;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { busy, error, run } = useTask();
  const [dialog, setDialog] = useState<'reject' | 'apply'>();
  const [tried, setTried] = useState('approve');
  const isOver = (OVER as readonly string[]).includes(state);
  const destructive = plan.actions.filter(action => action.destructive);
  const renewable = mayPlan && plan.campaignId === null && state !== 'applied';

  const act = async (name: string, task: () => Promise<unknown>) => {
    setTried(name);
    await run(name, task);
    onChange();
  };
  const approve = () =>
    act('approve', () => api.decidePlan(id, { hash, decision: 'approved' }));
  const apply = async () => {
    const started = await api.applyPlan(id, { hash });
    onOpen({ kind: 'remediation', id: started.remediation.id });
  };
  const renew = () =>
    act('renew', async () => {
      const renewed = await api.renewPlan(id);
      onOpen({ kind: 'plan', id: renewed.id });
    });
  const remediationId = plan.remediationId;
  const { supersededBy } = plan;
  const word = (name: 'approve' | 'apply' | 'renew') =>
    busy === name ? t('automation.busy') : t(`automation.plan.${name}`);

  return (
    <section className={classes.root} aria-label={t('automation.plan.actions')}>
      {error && <ErrorPanel error={error} permission={PERMISSIONS[tried]} />}
      <div className={classes.line}>
        <span className={classes.why}>
          <Why plan={plan} />
        </span>
        {renewable && (
          <Button
            className={classes.button}
            disabled={busy !== undefined}
            onClick={renew}
          >
            {word('renew')}
          </Button>
        )}
        {can.approve && !isOver && (
          <>
            <Button
              variant="outlined"
              className={classes.button}
              disabled={busy !== undefined}
              onClick={() => setDialog('reject')}
            >
              {t('automation.plan.reject')}
            </Button>
            <Button
              variant="contained"
              color="primary"
              className={classes.button}
              disabled={busy !== undefined}
              onClick={approve}
            >
              {word('approve')}
            </Button>
          </>
        )}
        {can.apply && !isOver && (
          <Button
            variant="contained"
            color="primary"
            className={classes.button}
            disabled={busy !== undefined}
            onClick={() =>
              destructive.length > 0 ? setDialog('apply') : act('apply', apply)
            }
          >
            {word('apply')}
          </Button>
        )}
        {remediationId && (
          <Button
            variant="contained"
            color="primary"
            className={classes.button}
            onClick={() => onOpen({ kind: 'remediation', id: remediationId })}
          >
            {t('automation.plan.openRemediation')}
          </Button>
        )}
        {supersededBy && (
          <Button
            variant="contained"
            color="primary"
            className={classes.button}
            onClick={() => onOpen({ kind: 'plan', id: supersededBy })}
          >
            {t('automation.plan.openNewer')}
          </Button>
        )}
      </div>
      {dialog === 'reject' && (
        <ReasonDialog
          title={t('automation.plan.rejectTitle')}
          action={t('automation.plan.reject')}
          reason="possible"
          permission={planApprovePermission.name}
          onClose={() => setDialog(undefined)}
          onDo={async reason => {
            await api.decidePlan(id, {
              ...{ hash, decision: 'rejected' },
              ...(reason && { reason }),
            });
            onChange();
          }}
        >
          {t('automation.plan.rejectWhat')}
        </ReasonDialog>
      )}
      {dialog === 'apply' && (
        <ReasonDialog
          title={t('automation.plan.destructiveTitle')}
          action={t('automation.plan.apply')}
          reason="none"
          permission={planApplyPermission.name}
          onClose={() => setDialog(undefined)}
          onDo={apply}
        >
          <ul>
            {destructive.map(({ summary }) => (
              <li key={summary}>{summary}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </section>
  );
}

/** Why the buttons that are there are the only ones. */
function Why({ plan }: { plan: Plan }) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { state, can, level, approvals, approvalsNeeded } = plan;
  const given = approvals.filter(
    ({ decision }) => decision === 'approved',
  ).length;
  if (state === 'waiting') {
    const words = t('automation.plan.approvals', {
      given: String(Math.min(given, approvalsNeeded)),
      needed: String(approvalsNeeded),
    });
    if (can.approve) return <>{words}</>;
    return (
      <>
        {words}. {t('automation.plan.othersApprove')}{' '}
        <code>{planApprovePermission.name}</code>
      </>
    );
  }
  if (state === 'ready' && !can.apply) {
    if (level === 'observe') return <>{t('automation.plan.onlyObserves')}</>;
    return (
      <>
        {t('automation.plan.othersApply')}{' '}
        <code>{planApplyPermission.name}</code>
      </>
    );
  }
  return <>{t(`automation.plan.why.${state}`)}</>;
}
