import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryHealth } from 'backstage-plugin-fettle-common';
import { Section, StatePanel } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      fontSize: '0.875rem',
      overflowWrap: 'anywhere',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleRepositoryPlace' },
);

/** Which repository and folder this is, and what else lives in it. */
export function RepositoryPlace(props: {
  repository: RepositoryHealth;
  entityRef?: string;
}) {
  const { repository, entityRef } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const others = repository.entities.filter(
    claim => claim.entityRef !== entityRef,
  );
  const conflicts = repository.entities.filter(claim => claim.problem);
  return (
    <>
      {conflicts.map(({ entityRef: ref, problem }) => (
        <StatePanel
          key={ref}
          kind="problem"
          title={t('place.conflict')}
          message={problem?.message}
          action={problem?.action}
        >
          <EntityRefLink entityRef={ref} />
        </StatePanel>
      ))}
      <Section title={t('place.repository')}>
        <dl className={classes.facts}>
          <dt>{t('place.repository')}</dt>
          <dd>
            {repository.webUrl && /^https?:/i.test(repository.webUrl) ? (
              <Link to={repository.webUrl}>{repository.name}</Link>
            ) : (
              repository.name
            )}
            <div className={classes.quiet}>{repository.remote}</div>
          </dd>
          <dt>{t('place.subpath')}</dt>
          <dd>
            {repository.subpath === '' ? (
              t('place.whole')
            ) : (
              <code>{repository.subpath}</code>
            )}
          </dd>
          {others.length > 0 && (
            <>
              <dt>{t('place.others')}</dt>
              <dd>
                <ul className={classes.list}>
                  {others.map(claim => (
                    <li key={`${claim.entityRef} ${claim.subpath}`}>
                      <EntityRefLink entityRef={claim.entityRef} />{' '}
                      <span className={classes.quiet}>
                        {claim.subpath || t('place.root')}
                      </span>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
        </dl>
      </Section>
    </>
  );
}
