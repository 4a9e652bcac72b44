import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Problem } from 'backstage-plugin-fettle-common';
import { useState } from 'react';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';
import { ProblemEvidence } from './ProblemEvidence';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
    toggle: {
      display: 'flex',
      justifyContent: 'flex-start',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      font: 'inherit',
      textAlign: 'left',
      borderRadius: 3,
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
    },
    arrow: { fontSize: '0.75rem', color: theme.palette.text.secondary },
    kind: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    unmended: { color: theme.palette.text.secondary },
    evidence: { padding: theme.spacing(0.5, 0, 1, 2.5) },
  }),
  { name: 'FettleProblemList' },
);

/** Kinds of triggers that have a name of their own. */
const KINDS = ['finding', 'verdict', 'run', 'drift'] as const;

/**
 * Problems; a finding or verdict opens to what it rests on.
 *
 * @public
 */
export function ProblemList(props: {
  problems: readonly Problem[];
  repositoryId: string;
  /** Why some are not put right, by their keys. */
  unmended?: readonly { key: string; reason: string }[];
}) {
  const { problems, repositoryId, unmended = [] } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [opened, setOpened] = useState<string>();
  return (
    <ul className={classes.list}>
      {problems.map(problem => {
        const { id, kind, title, findingId, checkId, key } = problem;
        const open = opened === id;
        const left = unmended.find(one => one.key === key);
        const named = KINDS.find(one => one === kind);
        const words = (
          <>
            <span>{title}</span>{' '}
            <span className={classes.kind}>
              {named ? t(`automation.problem.${named}`) : kind}
            </span>
          </>
        );
        return (
          <li key={id} className={classes.item}>
            {findingId || checkId ? (
              <ButtonBase
                disableRipple
                className={classes.toggle}
                aria-expanded={open}
                onClick={() => setOpened(open ? undefined : id)}
              >
                <span className={classes.arrow} aria-hidden="true">
                  {open ? '▾' : '▸'}
                </span>
                <span>{words}</span>
              </ButtonBase>
            ) : (
              words
            )}
            {left && (
              <div className={classes.unmended}>
                {t('automation.plan.notMended', { reason: left.reason })}
              </div>
            )}
            {open && (
              <div className={classes.evidence}>
                <ProblemEvidence
                  problem={problem}
                  repositoryId={repositoryId}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
