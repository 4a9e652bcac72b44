import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Verdict } from 'backstage-plugin-fettle-common';
import {
  EvidenceList,
  FixThis,
  formatPoints,
  Section,
  StatusIcon,
  tones,
  VisuallyHidden,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { toFixFirst } from './toFixFirst';

const SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'grid',
      gridTemplateColumns: '20px minmax(0, 1fr) auto',
      gap: theme.spacing(0, 1.25),
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    icon: { lineHeight: '24px' },
    title: {
      font: 'inherit',
      fontWeight: 600,
      lineHeight: '24px',
      textAlign: 'left',
      borderRadius: 3,
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
    },
    message: { color: theme.palette.text.secondary },
    worth: {
      fontVariantNumeric: 'tabular-nums',
      fontWeight: 600,
      lineHeight: '24px',
      textAlign: 'right',
    },
    body: { gridColumn: '2 / -1', minWidth: 0, overflowWrap: 'anywhere' },
    fix: { margin: theme.spacing(0.25, 0, 0) },
    fixLabel: { color: theme.palette.text.secondary },
    none: { padding: theme.spacing(0.5, 2, 1.5), margin: 0 },
  }),
  { name: 'FettleFixFirst' },
);

/** What to put right, the dearest first, each with its evidence and its fix. */
export function FixFirst(props: {
  verdicts: readonly Verdict[];
  repositoryId: string;
  subpath: string;
  /** Opens a verdict among the checks. */
  onOpen: (checkId: string) => void;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const all = toFixFirst(props.verdicts);
  const unknown = props.verdicts.some(verdict => verdict.status === 'unknown');
  return (
    <Section
      title={t('health.fixFirst')}
      aside={all.length > 0 ? t('health.worth') : undefined}
      flush
    >
      {all.length === 0 ? (
        <p className={classes.none}>
          {t(unknown ? 'health.nothingKnown' : 'health.nothingToFix')}
        </p>
      ) : (
        <ol className={classes.list}>
          {all.slice(0, SHOWN).map(verdict => (
            <li key={verdict.check.id} className={classes.item}>
              <span className={classes.icon}>
                <StatusIcon status={verdict.status} />
                <VisuallyHidden>{verdict.status}</VisuallyHidden>
              </span>
              <div>
                <ButtonBase
                  disableRipple
                  className={classes.title}
                  onClick={() => props.onOpen(verdict.check.id)}
                >
                  {verdict.check.title}
                </ButtonBase>
              </div>
              <span className={classes.worth}>
                {verdict.worth > 0
                  ? `+${formatPoints(verdict.worth)}`
                  : t('health.unscored')}
              </span>
              <div className={classes.body}>
                <div className={classes.message}>{verdict.message}</div>
                <EvidenceList
                  evidence={verdict.evidence}
                  more={verdict.moreEvidence}
                  limit={3}
                />
                <p className={classes.fix}>
                  <span className={classes.fixLabel}>
                    {t('health.howToFix')}:
                  </span>{' '}
                  {verdict.check.fix}
                </p>
                <FixThis
                  repositoryId={props.repositoryId}
                  of={{ checkId: verdict.check.id, subpath: props.subpath }}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
