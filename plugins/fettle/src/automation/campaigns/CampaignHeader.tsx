import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Campaign } from 'backstage-plugin-fettle-common';
import {
  Actor,
  Age,
  CampaignStateMark,
  LiveMark,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { CampaignCountsLine } from './CampaignCountsLine';
import { CampaignProgress } from './CampaignProgress';
import { scopeWords } from './scopeWords';
import { useProgressWords } from './useProgressWords';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
      overflowWrap: 'anywhere',
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
    },
    title: { margin: 0, fontSize: '1.125rem', fontWeight: 600 },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
      '& code': {
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
        color: theme.palette.text.primary,
      },
    },
    numbers: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      fontVariantNumeric: 'tabular-nums',
      '& b': { fontWeight: 600 },
    },
  }),
  { name: 'FettleCampaignHeader' },
);

/** The one glance at a campaign: its state, how far it is, and how large. */
export function CampaignHeader(props: {
  campaign: Campaign;
  live: LiveState;
  onRetry: () => void;
}) {
  const { campaign, live, onRetry } = props;
  const { counts, state, hash } = campaign;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const scope = scopeWords(campaign.scope);
  const progress = useProgressWords();
  return (
    <section className={classes.root} aria-label={campaign.title}>
      <div className={classes.line}>
        <CampaignStateMark state={state} />
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      <h2 className={classes.title}>{campaign.title}</h2>
      <div className={classes.numbers}>
        <span>{progress(campaign)}</span>
        <span>
          <b>{counts.files.toLocaleString()}</b>{' '}
          {t('campaign.count.files', { count: counts.files })}
        </span>
        <span>
          <b>{counts.lines.toLocaleString()}</b>{' '}
          {t('campaign.count.lines', { count: counts.lines })}
        </span>
      </div>
      <CampaignProgress counts={counts} />
      <CampaignCountsLine counts={counts} />
      <div className={classes.facts}>
        <span>{campaign.playbookTitle}</span>
        <span>{scope ? <code>{scope}</code> : t('campaign.scopeAll')}</span>
        <span>{t(`campaign.ordered.${campaign.order}`)}</span>
        <span>
          {t('campaign.mostFailures', {
            n: String(Math.round(campaign.mostFailures * 1000) / 10),
          })}
        </span>
      </div>
      <div className={classes.facts}>
        <span>
          {t('campaign.made')} <Age at={campaign.createdAt} />{' '}
          {t('campaign.by')} <Actor actor={campaign.createdBy} />
        </span>
        {campaign.startedAt && (
          <span>
            {t('campaign.started')} <Age at={campaign.startedAt} />
          </span>
        )}
        {campaign.endedAt && (
          <span>
            {t('campaign.ended')} <Age at={campaign.endedAt} />
          </span>
        )}
        {hash && (
          <span>
            {t('campaign.hash')} <code title={hash}>{hash.slice(0, 12)}</code>
          </span>
        )}
      </div>
    </section>
  );
}
