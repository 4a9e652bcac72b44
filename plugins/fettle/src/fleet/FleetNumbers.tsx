import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Fleet } from 'backstage-plugin-fettle-common';
import {
  LiveMark,
  Skeleton,
  StateMark,
  StatusIcon,
  tones,
  Trend,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';
import type { FleetQuery } from './useFleetQuery';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      fontSize: '0.875rem',
      marginLeft: theme.spacing(-1),
    },
    number: {
      display: 'inline-flex',
      alignItems: 'baseline',
      gap: '0.4em',
      padding: theme.spacing(0.5, 1),
      borderRadius: 6,
      font: 'inherit',
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
    pressable: {
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
      '&[aria-pressed="true"]': {
        background: theme.palette.action.selected,
        boxShadow: `inset 0 0 0 1px ${tones(theme).accent}`,
      },
    },
    value: {
      fontSize: '1.375rem',
      fontWeight: 600,
      lineHeight: 1.2,
      color: theme.palette.text.primary,
    },
    zero: { fontWeight: 400, color: theme.palette.text.secondary },
    live: { marginLeft: 'auto', paddingLeft: theme.spacing(1) },
  }),
  { name: 'FettleFleetNumbers' },
);

function toggled<T>(values: T[] | undefined, value: T): T[] | undefined {
  return values?.length === 1 && values[0] === value ? undefined : [value];
}

/** The fleet in one line; a number that counts trouble filters by it. */
export function FleetNumbers(props: {
  fleet?: Fleet;
  live: LiveState;
  onRetry: () => void;
  query: FleetQuery;
  onChange: (patch: Partial<FleetQuery>) => void;
}) {
  const { fleet, live, onRetry, query, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const filter = (
    value: number,
    label: ReactNode,
    title: string,
    pressed: boolean,
    onClick: () => void,
  ) => (
    <ButtonBase
      disableRipple
      className={`${classes.number} ${classes.pressable}`}
      aria-pressed={pressed}
      title={title}
      onClick={onClick}
    >
      <span className={`${classes.value} ${value === 0 ? classes.zero : ''}`}>
        {value}
      </span>{' '}
      {label}
    </ButtonBase>
  );
  const byState = (state: 'failing' | 'stale') =>
    filter(
      fleet?.states[state] ?? 0,
      fleet?.states[state] ? <StateMark state={state} /> : t(`fleet.${state}`),
      t(`fleet.${state}Why`),
      query.state?.includes(state) ?? false,
      () => onChange({ state: toggled(query.state, state) }),
    );
  const byLevel = (level: 'poor' | 'unknown') =>
    filter(
      fleet?.levels[level] ?? 0,
      <span>
        {fleet?.levels[level] ? (
          <StatusIcon status={level === 'poor' ? 'fail' : 'unknown'} />
        ) : null}{' '}
        {t(`fleet.${level}`)}
      </span>,
      t(`fleet.${level}Why`),
      query.level?.includes(level) ?? false,
      () => onChange({ level: toggled(query.level, level) }),
    );

  return (
    <section className={classes.root} aria-label={t('fleet.numbers')}>
      {fleet ? (
        <>
          <span className={classes.number}>
            <span className={classes.value}>
              {fleet.total.toLocaleString()}
            </span>{' '}
            {t('fleet.repositories', { count: fleet.total })}
          </span>
          <span className={classes.number}>
            <span className={classes.value}>
              {fleet.median ?? t('fleet.unknown')}
            </span>{' '}
            {t('fleet.median')}{' '}
            <Trend trend={fleet.trend} score={fleet.median} brief />
          </span>
          {byLevel('poor')}
          {byState('failing')}
          {byLevel('unknown')}
          {byState('stale')}
        </>
      ) : (
        <Skeleton height={28} width={420} margin={6} />
      )}
      <span className={classes.live}>
        <LiveMark live={live} onRetry={onRetry} />
      </span>
    </section>
  );
}
