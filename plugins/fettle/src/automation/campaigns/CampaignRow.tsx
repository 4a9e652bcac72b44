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
import { failuresOf } from './campaignNumbers';
import { CampaignProgress } from './CampaignProgress';
import { useProgressWords } from './useProgressWords';

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
  const progress = useProgressWords();
  const begun = waves.filter(wave => wave.state !== 'waiting').length;
  const failures = waves.reduce(
    (sum, wave) => sum + failuresOf(wave.counts),
    0,
  );
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
        <div className={rows.quiet}>{progress(campaign)}</div>
      </div>
      <div className={rows.side}>
        <div>
          {begun > 0
            ? t('campaign.wave', {
                n: String(begun),
                all: String(waves.length),
              })
            : waves.length > 0 && t('campaign.waves', { count: waves.length })}
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
