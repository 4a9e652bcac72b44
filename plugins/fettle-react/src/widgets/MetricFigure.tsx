import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import type { Metric, MetricName } from 'backstage-plugin-fettle-common';
import { formatMetric } from './formatMetric';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-grid',
      gap: 1,
      minWidth: 0,
      cursor: 'help',
      borderRadius: 3,
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 3,
      },
    },
    label: {
      fontSize: '0.75rem',
      lineHeight: 1.3,
      color: theme.palette.text.secondary,
      textDecoration: 'underline dotted',
      textUnderlineOffset: '3px',
      textDecorationThickness: 1,
    },
    value: {
      fontSize: '1.0625rem',
      lineHeight: 1.35,
      fontWeight: 600,
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    },
    unknown: {
      fontSize: '0.75rem',
      lineHeight: '1.4375rem',
      color: theme.palette.text.secondary,
      whiteSpace: 'nowrap',
    },
    tooltip: {
      fontSize: '0.8125rem',
      lineHeight: 1.45,
      maxWidth: 340,
      // What lies below must not shine through words.
      backgroundColor: theme.palette.grey[800],
      color: theme.palette.common.white,
    },
    line: { margin: theme.spacing(0.5, 0) },
  }),
  { name: 'FettleMetricFigure' },
);

/**
 * A metric: its name, its value or why there is none, and on hover, focus or
 * touch its definition, what it was computed from and whose definition it is.
 *
 * @public
 */
export function MetricFigure(props: {
  name: MetricName;
  metric: Metric;
  className?: string;
}) {
  const { name, metric } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const value = formatMetric(metric, ({ per, n }) =>
    t(`metric.rate.${per}`, { n }),
  );
  const about = (
    <>
      <p className={classes.line}>{t(`metric.definition.${name}`)}</p>
      <p className={classes.line}>
        {t('metric.sample', { count: metric.sample })}
        {metric.note && ` · ${metric.note}`}
      </p>
      <p className={classes.line}>{t(`metric.source.${name}`)}</p>
    </>
  );
  return (
    <Tooltip
      title={about}
      enterTouchDelay={0}
      leaveTouchDelay={8_000}
      classes={{ tooltip: classes.tooltip }}
    >
      {/* Focus is how a keyboard asks for the definition. */}
      <div
        role="group"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={`${t(`metric.name.${name}`)}: ${
          value ?? t('metric.unknown')
        }`}
        className={`${classes.root} ${props.className ?? ''}`}
        data-metric={name}
      >
        <span className={classes.label}>{t(`metric.name.${name}`)}</span>
        {value === undefined ? (
          <span className={classes.unknown}>{t('metric.unknown')}</span>
        ) : (
          <span className={classes.value}>{value}</span>
        )}
      </div>
    </Tooltip>
  );
}
