import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  LiveMark,
  Section,
  useLivePlaybooks,
} from 'backstage-plugin-fettle-react';
import { useSearchParams } from 'react-router-dom';
import { fettleTranslationRef } from '../translation';
import { AutomationSkeleton } from './AutomationSkeleton';
import { EmptyAutomation } from './EmptyAutomation';
import { PlaybookProblems } from './PlaybookProblems';
import { PlaybookRow } from './PlaybookRow';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
  }),
  { name: 'FettlePlaybooksPage' },
);

/** Every playbook: how far it goes, what sets it off, and how it works out. */
export function PlaybooksPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const [parameters, setParameters] = useSearchParams();
  const opened = parameters.get('playbook');
  const { value, error, live, retry } = useLivePlaybooks();
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
      <EmptyAutomation />
      <PlaybookProblems problems={value.problems} />
      {value.items.length > 0 && (
        <Section
          title={t('automation.tab.playbooks')}
          aside={<LiveMark live={live} onRetry={retry} />}
          flush
        >
          <ul className={classes.list}>
            {value.items.map(item => {
              const { id } = item.playbook;
              return (
                <PlaybookRow
                  key={id}
                  item={item}
                  opened={opened === id}
                  onToggle={() =>
                    setParameters(opened === id ? {} : { playbook: id }, {
                      replace: true,
                    })
                  }
                />
              );
            })}
          </ul>
        </Section>
      )}
    </div>
  );
}
