import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Finding,
  RepositorySecurity,
} from 'backstage-plugin-fettle-common';
import { FixThis, Section, SeverityMark } from 'backstage-plugin-fettle-react';
import { Day } from '../Day';
import { FindingWhat } from '../findings/FindingWhat';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'grid',
      gridTemplateColumns: '9.5em minmax(0, 1fr) auto',
      alignItems: 'start',
      gap: theme.spacing(0.25, 2),
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
    },
    why: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    side: {
      textAlign: 'right',
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
      [theme.breakpoints.down('xs')]: { textAlign: 'left' },
    },
    none: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
  }),
  { name: 'FettleFixFirst' },
);

/** The few findings that matter most, and why. */
export function FixFirst({ security }: { security: RepositorySecurity }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <Section title={t('first.title')} flush>
      {security.fixFirst.length === 0 ? (
        <div className={classes.none}>{t('first.none')}</div>
      ) : (
        <ol className={classes.list}>
          {security.fixFirst.map(finding => (
            <li key={finding.id} className={classes.item}>
              <SeverityMark severity={finding.severity} />
              <div>
                <FindingWhat finding={finding} />
                <div className={classes.why}>
                  <Why finding={finding} />
                </div>
              </div>
              <div className={classes.side}>
                {finding.dueAt && (
                  <Day
                    at={finding.dueAt}
                    due={{ ahead: t('first.due'), passed: t('first.overdue') }}
                  />
                )}
                <div>
                  <FixThis
                    repositoryId={finding.repositoryId}
                    of={{ findingId: finding.id }}
                  />
                </div>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Why({ finding }: { finding: Finding }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { component, fixedIn, priorityReasons } = finding;
  const chain = component?.chain ?? [];
  const words = [
    ...priorityReasons.filter(reason => reason !== 'fix available'),
    ...(chain.length > 0
      ? [t('first.through', { chain: chain.join(' › ') })]
      : []),
    ...(component
      ? [
          fixedIn.length > 0
            ? t('first.fixIn', { versions: fixedIn.join(', ') })
            : t('first.noFix'),
        ]
      : []),
  ];
  return <>{words.join(' · ')}</>;
}
