import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Campaign } from 'backstage-plugin-fettle-common';
import {
  Actor,
  Age,
  CampaignStateMark,
  StatusIcon,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { useRowStyles } from '../useRowStyles';
import { doneOf, failuresOf } from './campaignNumbers';
import { CampaignProgress } from './CampaignProgress';

const useStyles = makeStyles(
  theme => ({
    row: {
      gridTemplateColumns: '8em minmax(0, 1.3fr) minmax(160px, 1fr) 9em',
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    title: {
      fontWeight: 600,
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    bar: { paddingTop: 5, minWidth: 0 },
  }),
  { name: 'FettleCampaignRow' },
);

/** One campaign in a line; it leads to its page. */
export function CampaignRow({ campaign }: { campaign: Campaign }) {
  const { state, counts, waves, createdBy, reason } = campaign;
  const rows = useRowStyles();
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const begun = waves.filter(wave => wave.state !== 'waiting').length;
  const failures = failuresOf(counts);
  const at = campaign.endedAt ?? campaign.startedAt ?? campaign.createdAt;
  return (
    <li className={`${rows.row} ${classes.row}`} data-campaign={state}>
      <CampaignStateMark state={state} />
      <div className={rows.what}>
        <Link
          to={encodeURIComponent(campaign.id)}
          color="inherit"
          className={classes.title}
        >
          {campaign.title}
        </Link>
        <div className={rows.quiet}>
          {campaign.playbookTitle} · {t('campaign.by')}{' '}
          <Actor actor={createdBy} />
        </div>
        {reason && state === 'paused' && (
          <div className={rows.quiet}>{reason.message}</div>
        )}
      </div>
      <div className={classes.bar}>
        <CampaignProgress counts={counts} />
        <div className={rows.quiet}>
          {state === 'planning'
            ? t('campaign.planned', {
                done: (counts.all - counts.planning).toLocaleString(),
                all: counts.all.toLocaleString(),
              })
            : t('campaign.ofAll', {
                done: doneOf(counts).toLocaleString(),
                all: counts.all.toLocaleString(),
              })}
        </div>
      </div>
      <div className={rows.side}>
        <div>
          {begun > 0
            ? t('campaign.wave', {
                n: String(begun),
                all: String(waves.length),
              })
            : t('campaign.waves', { count: waves.length })}
        </div>
        {failures > 0 && (
          <div>
            <StatusIcon status="fail" />{' '}
            {t('campaign.failures', { count: failures })}
          </div>
        )}
        <Age at={at} />
      </div>
    </li>
  );
}
