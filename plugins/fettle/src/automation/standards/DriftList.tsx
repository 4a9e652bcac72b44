import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { DriftPage } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  FilterMenu,
  Section,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { DRIFT_STATES } from './driftNumbers';
import { DriftRow } from './DriftRow';
import type { DriftFilters } from './useDriftFilters';

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
  { name: 'FettleDriftList' },
);

/** How repositories stand against a standard, page by page. */
export function DriftList(props: {
  page: DriftPage;
  filters: DriftFilters;
  /** The next page is on its way. */
  busy: boolean;
}) {
  const { page, filters, busy } = props;
  const { items, counts, nextCursor } = page;
  const { state, cursor } = filters.query;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  return (
    <Section
      title={t('standard.repositoriesTitle')}
      aside={t('standard.repositories', { count: page.total })}
      flush
    >
      <div className={classes.bar} role="group" aria-label={t('filter.label')}>
        <FilterMenu
          single
          label={t('standard.state')}
          options={DRIFT_STATES.map(value => ({
            value,
            label: shared(`automation.driftState.${value}`),
            count: counts[value],
          }))}
          selected={state ? [state] : []}
          onSelect={chosen => filters.narrow(chosen?.[0])}
        />
        {state && (
          <TextButton onClick={() => filters.narrow(undefined)}>
            {t('filter.clear')}
          </TextButton>
        )}
      </div>
      {items.length === 0 ? (
        <div className={classes.quiet}>
          {t(state ? 'standard.none' : 'standard.noneYet')}
        </div>
      ) : (
        <ul
          className={`${classes.list} ${busy ? classes.waiting : ''}`}
          aria-busy={busy}
        >
          {items.map(drift => (
            <DriftRow key={drift.repositoryId} drift={drift} />
          ))}
        </ul>
      )}
      {(nextCursor || cursor) && (
        <div className={classes.foot}>
          <TextButton
            disabled={!cursor}
            onClick={() => filters.turn(undefined)}
          >
            {t('standard.first')}
          </TextButton>
          <TextButton
            color="primary"
            disabled={!nextCursor}
            onClick={() => filters.turn(nextCursor ?? undefined)}
          >
            {t('standard.next')}
          </TextButton>
        </div>
      )}
    </Section>
  );
}
