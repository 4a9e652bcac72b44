import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryHealth, Verdict } from 'backstage-plugin-fettle-common';
import { Section } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';
import { CheckGroup } from './CheckGroup';
import { groupColumns } from './groupColumns';

const useStyles = makeStyles(
  theme => ({
    head: {
      ...groupColumns(theme),
      color: theme.palette.text.secondary,
      fontSize: '0.75rem',
      padding: theme.spacing(0, 2, 0.5),
      '& > :nth-child(n+2)': { textAlign: 'right' },
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
  }),
  { name: 'FettleCheckGroups' },
);

/** Every check, by group. A group opens to its verdicts. */
export function CheckGroups(props: {
  groups: RepositoryHealth['groups'];
  verdicts: readonly Verdict[];
  /** A check to open and to bring into view. */
  opened?: string;
  /** What puts a check right. */
  fixOf?: (checkId: string) => ReactNode;
}) {
  const { groups, verdicts, opened, fixOf } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <Section
      title={t('health.checks')}
      aside={t('health.checksCount', { count: verdicts.length })}
      flush
    >
      <div className={classes.head} aria-hidden="true">
        <span>{t('group.name')}</span>
        <span>{t('group.score')}</span>
        <span>{t('group.pass')}</span>
        <span>{t('group.warn')}</span>
        <span>{t('group.fail')}</span>
        <span>{t('group.unknown')}</span>
        <span>{t('group.na')}</span>
      </div>
      {groups.map(group => (
        <CheckGroup
          key={group.group}
          group={group}
          verdicts={verdicts.filter(({ check }) => check.group === group.group)}
          opened={opened}
          fixOf={fixOf}
        />
      ))}
    </Section>
  );
}
