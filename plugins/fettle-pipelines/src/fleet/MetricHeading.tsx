import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import type { MetricName } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  tones,
} from 'backstage-plugin-fettle-react';

const useStyles = makeStyles(
  theme => ({
    name: {
      cursor: 'help',
      borderRadius: 3,
      textDecoration: 'underline dotted',
      textUnderlineOffset: '3px',
      textDecorationThickness: 1,
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 3,
      },
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
  { name: 'FettleMetricHeading' },
);

/** The name of a metric over a column, with its definition and whose it is on hover, focus or touch. */
export function MetricHeading(props: { name: MetricName }) {
  const { name } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const about = (
    <>
      <p className={classes.line}>{t(`metric.definition.${name}`)}</p>
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
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span className={classes.name} tabIndex={0}>
        {t(`metric.name.${name}`)}
      </span>
    </Tooltip>
  );
}
