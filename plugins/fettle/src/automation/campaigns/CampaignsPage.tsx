import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  campaignManagePermission,
  playbookReadPermission,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  LiveMark,
  Section,
  useLiveAutomation,
  useLiveCampaigns,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { fettleTranslationRef } from '../../translation';
import { AutomationSkeleton } from '../AutomationSkeleton';
import { CampaignRow } from './CampaignRow';
import { EmptyCampaigns } from './EmptyCampaigns';
import { NewCampaignDialog } from './NewCampaignDialog';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1, 2),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
    button: { textTransform: 'none' },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    aside: { display: 'flex', gap: theme.spacing(2) },
  }),
  { name: 'FettleCampaignsPage' },
);

/** Every campaign, newest first, and the way to a new one. */
export function CampaignsPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  // The page of a standard leads here with the playbook that applies it.
  const playbookId = parameters.get('playbook');
  const [asked, setAsked] = useState(false);
  const making = asked || playbookId !== null;
  const { value: automation } = useLiveAutomation();
  const { value, error, live, retry } = useLiveCampaigns();
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={playbookReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <AutomationSkeleton />;
  return (
    <div className={classes.root}>
      {automation && (
        <div className={classes.head}>
          {automation.can.campaigns ? (
            <Button
              variant="contained"
              color="primary"
              className={classes.button}
              onClick={() => setAsked(true)}
            >
              {t('campaign.new')}
            </Button>
          ) : (
            <span>
              {t('campaign.mayNot')}{' '}
              <code>{campaignManagePermission.name}</code>
            </span>
          )}
        </div>
      )}
      {value.items.length === 0 ? (
        <EmptyCampaigns />
      ) : (
        <Section
          title={t('automation.tab.campaigns')}
          aside={
            <span className={classes.aside}>
              <span>{t('campaign.total', { count: value.items.length })}</span>
              <LiveMark live={live} onRetry={retry} />
            </span>
          }
          flush
        >
          <ul className={classes.list}>
            {value.items.map(campaign => (
              <CampaignRow key={campaign.id} campaign={campaign} />
            ))}
          </ul>
        </Section>
      )}
      {making && automation?.can.campaigns && (
        <NewCampaignDialog
          playbookId={playbookId ?? ''}
          onClose={() => {
            setAsked(false);
            setParameters({}, { replace: true });
          }}
          onMade={({ id }) => navigate(encodeURIComponent(id))}
        />
      )}
    </div>
  );
}
