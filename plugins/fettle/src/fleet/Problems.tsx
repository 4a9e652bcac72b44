import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type { EntityHealth } from 'backstage-plugin-fettle-common';
import { Section, StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'grid',
      gridTemplateColumns: '20px minmax(0, 1fr)',
      gap: theme.spacing(0, 1),
      padding: theme.spacing(0.75, 0),
      fontSize: '0.875rem',
      overflowWrap: 'anywhere',
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleProblems' },
);

/** Entities whose annotation names no repository that can be read. */
export function Problems(props: { problems: readonly EntityHealth[] }) {
  const { problems } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  if (problems.length === 0) return null;
  return (
    <Section title={t('problems.title', { count: problems.length })}>
      <ul className={classes.list}>
        {problems.map(({ entityRef, problem }) => (
          <li key={entityRef} className={classes.item}>
            <StatusIcon status="warn" />
            <div>
              <EntityRefLink entityRef={entityRef} />
              {problem && (
                <>
                  <div>{problem.message}</div>
                  <div className={classes.quiet}>{problem.action}</div>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
