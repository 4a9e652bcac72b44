import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Campaign,
  CampaignItemPage,
} from 'backstage-plugin-fettle-common';
import {
  DiffView,
  RepositoryName,
  Section,
  Skeleton,
  TextButton,
  useAutomationDrawer,
  useLiveCampaignItems,
  useLivePlan,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { useSizeWords } from '../useSizeWords';

/** As many as one reads before one trusts the rest. */
const SAMPLES = 3;
const MOST_FILES = 4;

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
      paddingBottom: theme.spacing(0.5),
      overflowWrap: 'anywhere',
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleCampaignSamples' },
);

type Item = CampaignItemPage['items'][number];

/** Diffs of the first plans, in the order in which they would be applied. */
export function CampaignSamples({ campaign }: { campaign: Campaign }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value } = useLiveCampaignItems(campaign.id, {
    ...{ state: 'waiting', limit: SAMPLES },
  });
  const items = (value?.items ?? []).filter(({ planId }) => planId !== null);
  if (items.length === 0) return null;
  return (
    <Section
      title={t('campaign.sampleTitle')}
      aside={t('campaign.sampleWhat', {
        n: campaign.counts.waiting.toLocaleString(),
      })}
    >
      <div className={classes.list}>
        {items.map(item => (
          <Sample key={item.planId} item={item} planId={item.planId!} />
        ))}
      </div>
    </Section>
  );
}

function Sample({ item, planId }: { item: Item; planId: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const size = useSizeWords();
  const drawer = useAutomationDrawer();
  const { value, error } = useLivePlan(planId);
  return (
    <div>
      <div className={classes.head}>
        <span>
          <RepositoryName id={item.repositoryId} name={item.repository} />{' '}
          <span className={classes.quiet}>{size(item.files, item.lines)}</span>
        </span>
        <TextButton
          color="primary"
          onClick={() => drawer?.open({ kind: 'plan', id: planId })}
        >
          {t('campaign.sampleOpen')}
        </TextButton>
      </div>
      {!value && !error && <Skeleton height={80} />}
      {!value && error && (
        <div className={classes.quiet}>
          {t('campaign.sampleFailed', { message: error.message })}
        </div>
      )}
      {value && value.files.length === 0 && (
        <div className={classes.quiet}>{t('campaign.sampleNothing')}</div>
      )}
      {value && value.files.length > 0 && (
        <DiffView files={value.files.slice(0, MOST_FILES)} />
      )}
    </div>
  );
}
