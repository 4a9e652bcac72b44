import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  repositoryStateSchema,
  scoreLevelSchema,
  type Fleet,
} from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  FilterMenu,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { refName } from './refName';
import { SearchField } from './SearchField';
import type { FleetQuery } from './useFleetQuery';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'FettleFleetFilters' },
);

/** Narrows the fleet; the choice is in the URL. */
export function FleetFilters(props: {
  fleet?: Fleet;
  query: FleetQuery;
  filtered: boolean;
  onChange: (patch: Partial<FleetQuery>) => void;
  onClear: () => void;
}) {
  const { fleet, query, filtered, onChange, onClear } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const words = useTranslationRef(fettleReactTranslationRef);
  const failing = (fleet?.checks ?? [])
    .filter(check => check.fail > 0 || check.id === query.check)
    .sort((a, b) => b.fail - a.fail);
  return (
    <div className={classes.root} role="group" aria-label={t('filter.label')}>
      <FilterMenu
        label={t('filter.owner')}
        options={(fleet?.owners ?? []).map(({ value, count }) => ({
          value,
          label: refName(value, 'group'),
          count,
        }))}
        selected={query.owner ?? []}
        onSelect={owner => onChange({ owner })}
      />
      <FilterMenu
        label={t('filter.system')}
        options={(fleet?.systems ?? []).map(({ value, count }) => ({
          value,
          label: refName(value, 'system'),
          count,
        }))}
        selected={query.system ?? []}
        onSelect={system => onChange({ system })}
      />
      <FilterMenu
        label={t('filter.state')}
        options={repositoryStateSchema.options.map(value => ({
          value,
          label: words.t(`state.${value}`),
          count: fleet?.states[value] ?? 0,
        }))}
        selected={query.state ?? []}
        onSelect={state => onChange({ state })}
      />
      <FilterMenu
        label={t('filter.level')}
        options={scoreLevelSchema.options.map(value => ({
          value,
          label: words.t(`level.${value}`),
          count: fleet?.levels[value] ?? 0,
        }))}
        selected={query.level ?? []}
        onSelect={level => onChange({ level })}
      />
      <FilterMenu
        label={t('filter.check')}
        single
        options={failing.map(check => ({
          value: check.id,
          label: check.title,
          count: check.fail,
        }))}
        selected={query.check ? [query.check] : []}
        onSelect={check => onChange({ check: check?.[0] })}
      />
      <SearchField
        value={query.search ?? ''}
        onChange={search => onChange({ search: search || undefined })}
      />
      {filtered && (
        <TextButton onClick={onClear}>{t('filter.clear')}</TextButton>
      )}
    </div>
  );
}
