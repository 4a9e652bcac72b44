import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  secretPlaceReadPermission,
  type Finding,
} from 'backstage-plugin-fettle-common';
import { PlaceLink } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { overflowWrap: 'anywhere' },
    name: { fontWeight: 600 },
    rule: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
    place: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    title: { display: 'block' },
  }),
  { name: 'FettleFindingWhat' },
);

/** What a finding is about and where: the package or the place, the problem in a line, and what it is called. */
export function FindingWhat({ finding }: { finding: Finding }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { component, rule, title, path, line, hidden, url } = finding;
  return (
    <div className={classes.root}>
      <span className={classes.title}>
        {component && (
          <span className={classes.name}>
            {component.name} {component.versions.join(', ')}{' '}
          </span>
        )}
        <span className={component ? undefined : classes.name}>{title}</span>{' '}
        <span className={classes.rule}>{rule}</span>
        {!finding.certain && (
          <span className={classes.rule}> · {t('findings.uncertain')}</span>
        )}
      </span>
      {path !== null && (
        <span className={classes.place}>
          <PlaceLink path={path} line={line} url={url} />
        </span>
      )}
      {hidden && (
        <span className={classes.place}>
          {t('findings.hidden', { permission: secretPlaceReadPermission.name })}
        </span>
      )}
    </div>
  );
}
