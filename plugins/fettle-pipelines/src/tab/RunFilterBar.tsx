import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  runStateSchema,
  type RepositoryPipelines,
} from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  FilterMenu,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import type { RunFilters } from './useRunQuery';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'FettleRunFilterBar' },
);

/** What the filters can choose from, and what is chosen although it is not among it. */
function optionsOf(known: readonly string[], chosen: readonly string[] = []) {
  return [...new Set([...known, ...chosen])].map(value => ({
    value,
    label: value,
  }));
}

/** Narrows the runs; the choice is in the URL. */
export function RunFilterBar(props: {
  pipelines?: RepositoryPipelines;
  filters: RunFilters;
  filtered: boolean;
  onChange: (patch: RunFilters) => void;
  onClear: () => void;
}) {
  const { pipelines, filters, filtered, onChange, onClear } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const words = useTranslationRef(fettleReactTranslationRef);
  const names = new Map(pipelines?.pipelines.map(({ id, name }) => [id, name]));
  return (
    <div className={classes.root} role="group" aria-label={t('filter.label')}>
      <FilterMenu
        label={t('filter.branch')}
        options={optionsOf(pipelines?.branches ?? [], filters.branch)}
        selected={filters.branch ?? []}
        onSelect={branch => onChange({ branch })}
      />
      <FilterMenu
        label={t('filter.pipeline')}
        options={optionsOf([...names.keys()], filters.pipeline).map(
          ({ value }) => ({ value, label: names.get(value) ?? value }),
        )}
        selected={filters.pipeline ?? []}
        onSelect={pipeline => onChange({ pipeline })}
      />
      <FilterMenu
        label={t('filter.state')}
        options={runStateSchema.options.map(value => ({
          value,
          label: words.t(`run.${value}`),
        }))}
        selected={filters.state ?? []}
        onSelect={state => onChange({ state })}
      />
      <FilterMenu
        label={t('filter.event')}
        options={optionsOf(pipelines?.events ?? [], filters.event)}
        selected={filters.event ?? []}
        onSelect={event => onChange({ event })}
      />
      {filtered && (
        <TextButton onClick={onClear}>{t('filter.clear')}</TextButton>
      )}
    </div>
  );
}
