import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { FilterMenu, TextButton, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { ownerName } from './ownerName';
import { WINDOWS, type FleetFilters } from './useFleetFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    windows: {
      display: 'inline-flex',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
      overflow: 'hidden',
    },
    window: {
      font: 'inherit',
      fontSize: '0.8125rem',
      height: 30,
      padding: theme.spacing(0, 1.25),
      '& + &': { borderLeft: `1px solid ${theme.palette.divider}` },
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: -3,
      },
    },
    chosen: {
      fontWeight: 600,
      boxShadow: `inset 0 -2px 0 ${tones(theme).accent}`,
      background: theme.palette.action.selected,
    },
  }),
  { name: 'FettleFleetFilterBar' },
);

/** Narrows the page to a window of days and an owner. */
export function FleetFilterBar(props: {
  filters: FleetFilters;
  /** Owners to choose from. */
  owners: readonly string[];
  onChange: (patch: Partial<FleetFilters>) => void;
}) {
  const { filters, owners, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <div className={classes.root} role="group" aria-label={t('filter.label')}>
      <span
        className={classes.windows}
        role="group"
        aria-label={t('fleet.window')}
      >
        {WINDOWS.map(days => (
          <ButtonBase
            key={days}
            disableRipple
            aria-pressed={filters.days === days}
            className={`${classes.window} ${
              filters.days === days ? classes.chosen : ''
            }`}
            onClick={() => onChange({ days })}
          >
            {t('fleet.days', { days: String(days) })}
          </ButtonBase>
        ))}
      </span>
      <FilterMenu
        single
        label={t('fleet.owner')}
        options={owners.map(value => ({ value, label: ownerName(value) }))}
        selected={filters.owner ? [filters.owner] : []}
        onSelect={chosen => onChange({ owner: chosen?.[0] })}
      />
      {filters.owner && (
        <TextButton onClick={() => onChange({ owner: undefined })}>
          {t('filter.clear')}
        </TextButton>
      )}
    </div>
  );
}
