import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  playbookReadPermission,
  type Campaign,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleReactTranslationRef,
  FilterMenu,
  Section,
  Skeleton,
  TextButton,
  useKept,
  useLiveCampaignItems,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { CampaignItemRow } from './CampaignItemRow';
import { ITEM_STATES } from './campaignNumbers';
import { useItemFilters } from './useItemFilters';

const PAGE = 50;

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(0, 2, 1.5),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    waiting: { opacity: 0.55 },
    quiet: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
    foot: {
      display: 'flex',
      justifyContent: 'space-between',
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
    },
  }),
  { name: 'FettleCampaignItems' },
);

/** The repositories of a campaign in their order, by wave and state. */
export function CampaignItems({ campaign }: { campaign: Campaign }) {
  const { id, counts, waves } = campaign;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const { filters, filtered, change, clear, turn } = useItemFilters();
  const list = useLiveCampaignItems(id, { ...filters, limit: PAGE });
  const { value, error, live, retry } = list;
  const shown = useKept(value);
  return (
    <Section
      title={t('campaign.itemsTitle')}
      aside={shown && t('campaign.repositories', { count: shown.total })}
      flush
    >
      <div className={classes.bar} role="group" aria-label={t('filter.label')}>
        <FilterMenu
          single
          label={t('campaign.item.wave')}
          options={waves.map(({ number, counts: { all } }) => ({
            value: String(number),
            label: t('campaign.stage', { n: String(number) }),
            count: all,
          }))}
          selected={filters.wave === undefined ? [] : [String(filters.wave)]}
          onSelect={chosen => change({ wave: chosen?.[0] })}
        />
        <FilterMenu
          single
          label={t('campaign.item.state')}
          options={ITEM_STATES.filter(state => counts[state] > 0).map(
            state => ({
              value: state as string,
              label: shared(`automation.itemState.${state}`),
              count: counts[state],
            }),
          )}
          selected={filters.state === undefined ? [] : [filters.state]}
          onSelect={chosen => change({ state: chosen?.[0] })}
        />
        {filtered && (
          <TextButton onClick={clear}>{t('filter.clear')}</TextButton>
        )}
      </div>
      {!shown && error && (
        <div className={classes.quiet}>
          <ErrorPanel
            error={error}
            permission={playbookReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      {!shown && !error && (
        <div className={classes.quiet}>
          <Skeleton height={96} />
        </div>
      )}
      {shown && shown.items.length === 0 && (
        <div className={classes.quiet}>
          {t(filtered ? 'campaign.item.none' : 'campaign.item.all')}
        </div>
      )}
      {shown && shown.items.length > 0 && (
        <ul
          className={`${classes.list} ${value ? '' : classes.waiting}`}
          aria-busy={!value}
        >
          {shown.items.map(item => (
            <CampaignItemRow key={item.repositoryId} item={item} />
          ))}
        </ul>
      )}
      {(shown?.nextCursor || filters.cursor) && (
        <div className={classes.foot}>
          <TextButton
            disabled={!filters.cursor}
            onClick={() => turn(undefined)}
          >
            {t('campaign.item.first')}
          </TextButton>
          <TextButton
            color="primary"
            disabled={!shown?.nextCursor}
            onClick={() => turn(shown?.nextCursor ?? undefined)}
          >
            {t('campaign.item.next')}
          </TextButton>
        </div>
      )}
    </Section>
  );
}
