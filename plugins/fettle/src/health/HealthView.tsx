import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryHealth } from 'backstage-plugin-fettle-common';
import {
  AutomationDrawerProvider,
  FixesNotice,
  FixThis,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { AutomationSection } from './AutomationSection';
import { CheckGroups } from './CheckGroups';
import { FixFirst } from './FixFirst';
import { HealthHeader } from './HealthHeader';
import { HealthHistory } from './HealthHistory';
import { HealthState } from './HealthState';
import { RepositoryPlace } from './RepositoryPlace';
import { StandardsSection } from './StandardsSection';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    columns: {
      display: 'grid',
      gap: theme.spacing(2),
      alignItems: 'start',
      gridTemplateColumns: 'minmax(0, 1fr)',
      [theme.breakpoints.up(1200)]: {
        gridTemplateColumns: 'minmax(0, 1.75fr) minmax(320px, 1fr)',
      },
    },
    column: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    // Old values stay readable; they only stop looking like fresh ones.
    dimmed: { opacity: 0.88, filter: 'grayscale(0.9)' },
  }),
  { name: 'FettleHealthView' },
);

/**
 * The health of one repository, or of one folder of it, in every state it can
 * be in.
 */
export function HealthView(props: {
  repository: RepositoryHealth;
  live: LiveState;
  /** Loads the repository anew. */
  reload: () => void;
  /** Tries to go live again. */
  retry: () => void;
  /** The entity whose page this is. */
  entityRef?: string;
}) {
  const { repository, live, reload, retry, entityRef } = props;
  const classes = useStyles();
  const [opened, setOpened] = useState<string>();
  const old = repository.state === 'failing' || repository.state === 'stale';
  const judged = repository.verdicts.length > 0;

  return (
    <AutomationDrawerProvider>
      <div className={classes.root} data-state={repository.state}>
        <HealthHeader
          repository={repository}
          live={live}
          reload={reload}
          retry={retry}
          dimmed={old}
        />
        <HealthState repository={repository} />
        <FixesNotice repositoryId={repository.id} />
        <div className={classes.columns}>
          {judged && (
            <div className={`${classes.column} ${old ? classes.dimmed : ''}`}>
              <FixFirst
                verdicts={repository.verdicts}
                repositoryId={repository.id}
                subpath={repository.subpath}
                onOpen={setOpened}
              />
              <CheckGroups
                groups={repository.groups}
                verdicts={repository.verdicts}
                opened={opened}
                fixOf={checkId => (
                  <FixThis
                    repositoryId={repository.id}
                    of={{ checkId, subpath: repository.subpath }}
                  />
                )}
              />
            </div>
          )}
          <div className={classes.column}>
            {(judged || repository.days.length > 0) && (
              <HealthHistory repository={repository} dimmed={old} />
            )}
            <AutomationSection repositoryId={repository.id} />
            <StandardsSection repositoryId={repository.id} />
            <RepositoryPlace repository={repository} entityRef={entityRef} />
          </div>
        </div>
      </div>
    </AutomationDrawerProvider>
  );
}
