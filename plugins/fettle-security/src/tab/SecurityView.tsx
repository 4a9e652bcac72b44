import { makeStyles } from '@material-ui/core/styles';
import { findingReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FixesNotice,
  useLiveSecurity,
} from 'backstage-plugin-fettle-react';
import { ComponentsSection } from './ComponentsSection';
import { FixFirst } from './FixFirst';
import { ExceptionsSection } from '../policies/ExceptionsSection';
import { PoliciesSection } from '../policies/PoliciesSection';
import { FindingList } from '../findings/FindingList';
import { UploadReport } from '../reports/UploadReport';
import { SecurityHeader } from './SecurityHeader';
import { SecurityNotices } from './SecurityNotices';
import { SecuritySkeleton } from './SecuritySkeleton';

const useStyles = makeStyles(
  theme => ({ root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 } }),
  { name: 'FettleSecurityView' },
);

/** What is wrong with one folder of a repository, first things first. */
export function SecurityView(props: { repositoryId: string; subpath: string }) {
  const { repositoryId, subpath } = props;
  const classes = useStyles();
  const { value, error, live, retry } = useLiveSecurity({
    id: repositoryId,
    subpath,
  });
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={findingReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <SecuritySkeleton />;
  const scanned = value.scans.some(({ commit }) => commit !== null);
  return (
    <div className={classes.root}>
      <SecurityHeader
        security={value}
        live={live}
        onRetry={retry}
        action={
          value.can.uploadReports &&
          value.headCommit !== null && (
            <UploadReport repositoryId={repositoryId} head={value.headCommit} />
          )
        }
      />
      <SecurityNotices security={value} />
      <FixesNotice repositoryId={repositoryId} />
      {scanned && (
        <>
          <FixFirst security={value} />
          <FindingList
            repositoryId={repositoryId}
            subpath={subpath}
            can={value.can}
          />
          <ExceptionsSection
            repositoryId={repositoryId}
            subpath={subpath}
            triage={value.can.triage}
          />
        </>
      )}
      <PoliciesSection repositoryId={repositoryId} />
      {scanned && (
        <ComponentsSection repositoryId={repositoryId} subpath={subpath} />
      )}
    </div>
  );
}
