import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import { ErrorPanel, useLiveAutomation } from 'backstage-plugin-fettle-react';
import { AutomationGlance } from './AutomationGlance';
import { AutomationSkeleton } from './AutomationSkeleton';
import { BreakerSection } from './BreakerSection';
import { EmptyAutomation } from './EmptyAutomation';
import { FreezeSection } from './FreezeSection';
import { KillSwitchBanner } from './KillSwitchBanner';
import { LimitSection } from './LimitSection';
import { RemediationSection } from './RemediationSection';
import { SuccessSection } from './SuccessSection';
import { WaitingSection } from './WaitingSection';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    columns: {
      display: 'grid',
      alignItems: 'start',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      [theme.breakpoints.up(1160)]: {
        gridTemplateColumns: 'minmax(0, 1.7fr) minmax(300px, 1fr)',
      },
    },
    column: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
      minWidth: 0,
    },
  }),
  { name: 'FettleOverviewPage' },
);

/** What waits for a person, what runs, what ended how, and what keeps it in bounds. */
export function OverviewPage() {
  const classes = useStyles();
  const { value, error, live, retry, reload } = useLiveAutomation();
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
      <KillSwitchBanner automation={value} onChange={reload} />
      <AutomationGlance
        automation={value}
        live={live}
        onRetry={retry}
        onChange={reload}
      />
      <EmptyAutomation />
      <BreakerSection automation={value} onChange={reload} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <WaitingSection total={value.waitingForApproval} />
          <RemediationSection kind="running" />
          <RemediationSection kind="ended" />
        </div>
        <div className={classes.column}>
          <SuccessSection automation={value} />
          <LimitSection automation={value} />
          <FreezeSection automation={value} />
        </div>
      </div>
    </div>
  );
}
