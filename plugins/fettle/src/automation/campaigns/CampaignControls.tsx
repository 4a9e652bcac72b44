import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  campaignManagePermission,
  planApprovePermission,
  type Campaign,
  type CampaignAction,
} from 'backstage-plugin-fettle-common';
import {
  fettleAutomationApiRef,
  ReasonDialog,
  useLiveCampaignItems,
  useLivePlaybooks,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleTranslationRef } from '../../translation';
import { CampaignWhy } from './CampaignWhy';
import { possibleActs } from './possibleActs';

type Act = CampaignAction['action'];

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
    },
    why: {
      flex: '1 1 220px',
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
    button: { textTransform: 'none' },
  }),
  { name: 'FettleCampaignControls' },
);

const MAIN: readonly Act[] = ['approve', 'start', 'resume'];
const BY_HASH: readonly Act[] = ['approve', 'start'];

/** Whether some of the next are planned anew, and wait for a new word. */
function usePlansMoved(id: string): boolean {
  const { value } = useLiveCampaignItems(id, { state: 'waiting', limit: 50 });
  return !!value?.items.some(({ reason }) => reason?.code === 'superseded');
}

/** What a person can do with a campaign, as far as they may; always about the plans that are shown. */
export function CampaignControls(props: {
  campaign: Campaign;
  onChange: () => void;
}) {
  const { campaign, onChange } = props;
  const { id, hash, counts } = campaign;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value } = useLivePlaybooks();
  const [asked, setAsked] = useState<{ act: Act; hash: string | null }>();
  const level = value?.items.find(
    ({ playbook }) => playbook.id === campaign.playbookId,
  )?.playbook.level;
  const moved = usePlansMoved(id);
  const acts = possibleActs(campaign, level, moved);
  const keyOf = (act: Act) =>
    act === 'start' && campaign.state !== 'draft' ? 'release' : act;
  return (
    <section className={classes.root} aria-label={t('campaign.act.label')}>
      <span className={classes.why}>
        <CampaignWhy campaign={campaign} level={level} />
      </span>
      {acts.map(act => (
        <Button
          key={act}
          variant={MAIN.includes(act) ? 'contained' : 'outlined'}
          color={MAIN.includes(act) ? 'primary' : 'default'}
          className={classes.button}
          onClick={() => setAsked({ act, hash })}
        >
          {t(`campaign.act.${keyOf(act)}`)}
        </Button>
      ))}
      {asked && (
        <ReasonDialog
          title={t(`campaign.ask.${keyOf(asked.act)}.title`)}
          action={t(`campaign.ask.${keyOf(asked.act)}.do`)}
          reason={asked.act === 'cancel' ? 'needed' : 'possible'}
          permission={
            asked.act === 'approve'
              ? planApprovePermission.name
              : campaignManagePermission.name
          }
          onClose={() => setAsked(undefined)}
          onDo={async reason => {
            await api.actOnCampaign(id, {
              action: asked.act,
              // What was looked at when this was asked, not what came since.
              ...(BY_HASH.includes(asked.act) &&
                asked.hash && { hash: asked.hash }),
              ...(reason && { reason }),
            });
            onChange();
          }}
        >
          {t(`campaign.ask.${keyOf(asked.act)}.what`, {
            files: counts.files.toLocaleString(),
            lines: counts.lines.toLocaleString(),
            n: counts.waiting.toLocaleString(),
          })}
        </ReasonDialog>
      )}
    </section>
  );
}
