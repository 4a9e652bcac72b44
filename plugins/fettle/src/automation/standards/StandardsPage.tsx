import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  CopyableConfig,
  ErrorPanel,
  LiveMark,
  Section,
  StatePanel,
  useLiveStandards,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { AutomationSkeleton } from '../AutomationSkeleton';
import { PlaybookProblems } from '../PlaybookProblems';
import { StandardRow } from './StandardRow';

const STANDARD_LINES = `fettle:
  standards:
    repository-basics:
      title: Basics of a repository
      version: '1'
      files:
        - path: .gitignore
          strategy: ensure-lines
          content: |
            .DS_Store
            .idea/`;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    aside: { display: 'flex', gap: theme.spacing(2) },
  }),
  { name: 'FettleStandardsPage' },
);

/** Every standard: who follows it, at which version, and files that hold none. */
export function StandardsPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value, error, live, retry } = useLiveStandards();
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={playbookReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <AutomationSkeleton />;
  return (
    <div className={classes.root}>
      <PlaybookProblems
        problems={value.problems}
        title={t('standard.fileProblem')}
      />
      {value.items.length === 0 ? (
        <StatePanel
          kind="empty"
          title={t('standard.emptyTitle')}
          message={t('standard.emptyWhat')}
        >
          <CopyableConfig text={STANDARD_LINES} />
        </StatePanel>
      ) : (
        <Section
          title={t('automation.tab.standards')}
          aside={
            <span className={classes.aside}>
              <span>{t('standard.total', { count: value.items.length })}</span>
              <LiveMark live={live} onRetry={retry} />
            </span>
          }
          flush
        >
          <ul className={classes.list}>
            {value.items.map(item => (
              <StandardRow key={item.standard.id} item={item} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
