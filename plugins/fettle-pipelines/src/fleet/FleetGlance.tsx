import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  METRIC_NAMES,
  type FleetPipelines,
} from 'backstage-plugin-fettle-common';
import {
  FilterMenu,
  LiveMark,
  MetricFigure,
  tones,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { WINDOWS, type FleetFilters } from './useFleetFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      padding: theme.spacing(1.5, 2),
      display: 'grid',
      gap: theme.spacing(1.5),
      minWidth: 0,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 3),
    },
    grow: { flex: 1 },
    count: { fontSize: '1.25rem', fontWeight: 600 },
    bad: { color: tones(theme).bad },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    figures: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'start',
      gap: theme.spacing(1, 2.5),
    },
  }),
  { name: 'FettleFleetGlance' },
);

/** The one glance: what runs, what is broken, and how well delivery goes. */
export function FleetGlance(props: {
  fleet: FleetPipelines;
  live: LiveState;
  onRetry: () => void;
  filters: FleetFilters;
  onChange: (filters: Partial<FleetFilters>) => void;
}) {
  const { fleet, live, onRetry, filters, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const broken = `${classes.count} ${fleet.brokenTotal ? classes.bad : ''}`;
  const owners = fleet.owners.flatMap(({ owner }) => owner ?? []);
  return (
    <section className={classes.root} aria-label={t('fleet.glance')}>
      <div className={classes.line}>
        <span>
          <span className={broken}>{fleet.brokenTotal}</span>{' '}
          {t('fleet.broken')}
        </span>
        <span>
          <span className={classes.count}>{fleet.runningTotal}</span>{' '}
          {t('fleet.running')}
        </span>
        <span className={`${classes.quiet} ${classes.grow}`}>
          {t('fleet.repositories', {
            with: String(fleet.repositories - fleet.withoutRuns),
            all: String(fleet.repositories),
          })}
        </span>
        <Link to="sources">{t('fleet.sources')}</Link>
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      <div className={classes.figures}>
        {METRIC_NAMES.map(name => (
          <MetricFigure key={name} name={name} metric={fleet.metrics[name]} />
        ))}
      </div>
      <div className={classes.line}>
        <FilterMenu
          label={t('fleet.window')}
          options={WINDOWS.map(days => ({
            value: String(days),
            label: t('fleet.days', { days: String(days) }),
          }))}
          selected={[String(filters.days)]}
          onSelect={(chosen = []) => {
            const days = chosen.find(one => one !== String(filters.days));
            if (days) onChange({ days: Number(days) });
          }}
        />
        <FilterMenu
          label={t('fleet.owner')}
          options={[
            ...new Set(filters.owner ? [filters.owner, ...owners] : owners),
          ].map(value => ({ value, label: nameOf(value) }))}
          selected={filters.owner ? [filters.owner] : []}
          onSelect={(chosen = []) =>
            onChange({ owner: chosen.find(one => one !== filters.owner) })
          }
        />
      </div>
    </section>
  );
}

function nameOf(entityRef: string): string {
  return entityRef.replace(/^.*\//, '');
}
