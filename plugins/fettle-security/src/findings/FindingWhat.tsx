import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import {
  secretPlaceReadPermission,
  type Finding,
} from 'backstage-plugin-fettle-common';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { overflowWrap: 'anywhere' },
    name: { fontWeight: 600 },
    rule: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
    place: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
    },
    title: { display: 'block' },
  }),
  { name: 'FettleFindingWhat' },
);

/** What a finding is about and where: the package or the place, the problem in a line, and what it is called. */
export function FindingWhat({ finding }: { finding: Finding }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { component, rule, title, path, line, hidden, url } = finding;
  const place = path === null ? undefined : `${path}${line ? `:${line}` : ''}`;
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
      {place && (
        <span className={classes.place}>
          {url ? <Link to={url}>{place}</Link> : place}
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
