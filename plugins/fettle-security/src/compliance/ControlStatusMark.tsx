import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ControlStatus } from 'backstage-plugin-fettle-common';
import { StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const ICON = {
  ...({ met: 'pass', 'not-met': 'fail', unknown: 'unknown' } as const),
  'not-applicable': 'not-applicable',
  'not-seen': 'unknown',
} as const;

const useStyles = makeStyles(
  {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: '0.35em',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'FettleControlStatusMark' },
);

/** How a control stands: shape and word, with how many there are. */
export function ControlStatusMark(props: {
  status: ControlStatus;
  count?: number;
}) {
  const { status, count } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const word = t(`compliance.${status}`);
  return (
    <span className={classes.root} data-status={status}>
      <StatusIcon status={ICON[status]} />
      {count === undefined ? word : `${count} ${word}`}
    </span>
  );
}
