import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { VerdictStatus } from 'backstage-plugin-fettle-common';
import { StatusIcon } from './StatusIcon';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-flex',
        alignItems: 'flex-start',
        gap: '0.4em',
        whiteSpace: 'nowrap',
      },
      icon: { lineHeight: 'inherit', height: '1.5em' },
      pass: { color: tone.good },
      warn: { color: tone.warn },
      fail: { color: tone.bad },
      unknown: { color: tone.unknown },
      'not-applicable': { color: tone.unknown },
    };
  },
  { name: 'FettleStatus' },
);

/**
 * The status of a verdict: shape, word and colour.
 *
 * @public
 */
export function Status(props: { status: VerdictStatus }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <span className={`${classes.root} ${classes[props.status]}`}>
      <span className={classes.icon}>
        <StatusIcon status={props.status} />
      </span>
      <span>{t(`status.${props.status}`)}</span>
    </span>
  );
}
