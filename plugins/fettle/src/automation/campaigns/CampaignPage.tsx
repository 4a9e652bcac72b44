import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  StatePanel,
  useLiveCampaign,
} from 'backstage-plugin-fettle-react';
import { useParams } from 'react-router-dom';
import { fettleTranslationRef } from '../../translation';
import { AutomationSkeleton } from '../AutomationSkeleton';
import { CampaignControls } from './CampaignControls';
import { CampaignHeader } from './CampaignHeader';
import { CampaignItems } from './CampaignItems';
import { CampaignSamples } from './CampaignSamples';
import { CampaignWaves } from './CampaignWaves';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
  }),
  { name: 'FettleCampaignPage' },
);

/** One campaign: how far it is, wave by wave, and what a person can do with it. */
export function CampaignPage() {
  const { id } = useParams();
  return <Known key={id} id={id!} />;
}

function Known({ id }: { id: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value, error, live, retry, reload } = useLiveCampaign(id);
  const { state, reason } = value ?? {};
  return (
    <div className={classes.root}>
      <div>
        <Link to="../campaigns">{t('campaign.back')}</Link>
      </div>
      {!value && error && (
        <ErrorPanel
          error={error}
          permission={playbookReadPermission.name}
          since={live.since.toISOString()}
          onRetry={retry}
        />
      )}
      {!value && !error && <AutomationSkeleton />}
      {value && (
        <>
          <CampaignHeader campaign={value} live={live} onRetry={retry} />
          {reason && (
            <StatePanel
              kind={state === 'paused' ? 'problem' : 'empty'}
              title={reason.message}
              action={reason.action || undefined}
            />
          )}
          <CampaignControls campaign={value} onChange={reload} />
          <CampaignWaves campaign={value} />
          {state === 'draft' && <CampaignSamples campaign={value} />}
          <CampaignItems campaign={value} />
        </>
      )}
    </div>
  );
}
