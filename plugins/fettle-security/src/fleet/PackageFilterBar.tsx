import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { FilterMenu, TextButton } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { SearchField } from '../findings/SearchField';
import { fettleSecurityTranslationRef } from '../translation';
import type { PackageFilters } from './usePackageFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      ...{ display: 'flex', flexWrap: 'wrap', alignItems: 'center' },
      gap: theme.spacing(1),
      padding: theme.spacing(0, 2, 1.5),
    },
  }),
  { name: 'FettlePackageFilterBar' },
);

/** Narrows packages, or the uses of one, by whose they are and under which licence. */
export function PackageFilterBar(props: {
  filters: PackageFilters;
  owners: readonly string[];
  onChange: (patch: Partial<PackageFilters>) => void;
  onClear?: () => void;
  /** Before these filters. */
  lookup: ReactNode;
  /** Other menus. */
  menus?: ReactNode;
}) {
  const { filters, owners, onChange, onClear, lookup, menus } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <div
      className={classes.root}
      role="group"
      aria-label={t('packages.filters')}
    >
      {lookup}
      <SearchField
        label={t('packages.licence')}
        value={filters.licence ?? ''}
        onChange={licence => onChange({ licence })}
      />
      {menus}
      <FilterMenu
        single
        label={t('fleet.owner')}
        options={owners.map(value => ({ value, label: value }))}
        selected={filters.owner ? [filters.owner] : []}
        onSelect={chosen => onChange({ owner: chosen?.[0] })}
      />
      {onClear && (
        <TextButton onClick={onClear}>{t('findings.clear')}</TextButton>
      )}
    </div>
  );
}
