import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ActivityItem } from 'backstage-plugin-fettle-common';
import { Section, Skeleton } from 'backstage-plugin-fettle-react';
import { Change, ChangeItems } from '../change/Change';
import { fettleTranslationRef } from '../translation';
import { repositoryPath } from './repositoryPath';

const useStyles = makeStyles(
  theme => ({ none: { margin: 0, color: theme.palette.text.secondary } }),
  { name: 'FettleLately' },
);

/** What changed in the fleet, newest first. */
export function Lately(props: { activity?: ActivityItem[] }) {
  const { activity } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <Section title={t('lately.title')}>
      {!activity && <Skeleton height={120} />}
      {activity?.length === 0 && (
        <p className={classes.none}>{t('lately.none')}</p>
      )}
      {activity && activity.length > 0 && (
        <ChangeItems>
          {activity.map(change => (
            <Change
              key={`${change.repositoryId} ${change.subpath} ${change.at}`}
              change={change}
              name={
                <Link to={repositoryPath(change.repositoryId, change.subpath)}>
                  {change.name}
                </Link>
              }
            />
          ))}
        </ChangeItems>
      )}
    </Section>
  );
}
