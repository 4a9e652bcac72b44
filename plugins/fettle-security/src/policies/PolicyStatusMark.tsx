import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PolicyStatus } from 'backstage-plugin-fettle-common';
import { StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const ICON = {
  kept: 'pass',
  violated: 'fail',
  error: 'warn',
  unknown: 'unknown',
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
  { name: 'FettlePolicyStatusMark' },
);

/** How a repository stands against a policy: shape and word, with how many of them there are. */
export function PolicyStatusMark(props: {
  status: PolicyStatus;
  count?: number;
}) {
  const { status, count } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const word = t(`policies.${status}`);
  return (
    <span className={classes.root} data-status={status}>
      <StatusIcon status={ICON[status]} />
      {count === undefined ? word : `${count} ${word}`}
    </span>
  );
}
