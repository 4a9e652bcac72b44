import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Policy } from 'backstage-plugin-fettle-common';
import type { ReactNode } from 'react';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: '9em minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      overflowWrap: 'anywhere',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
    },
    code: { whiteSpace: 'pre-wrap', fontSize: '0.8125rem' },
  }),
  { name: 'FettlePolicyFacts' },
);

/** What a policy asks, of whom, and what to do; with more facts of the caller. */
export function PolicyFacts(props: {
  policy: Policy;
  more?: readonly (readonly [string, ReactNode])[];
}) {
  const { policy, more = [] } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { owners, systems, repositories, when } = policy.scope;
  const scope = [
    ...(owners.length > 0
      ? [t('policies.ownedBy', { of: owners.join(', ') })]
      : []),
    ...(systems.length > 0
      ? [t('policies.inSystem', { of: systems.join(', ') })]
      : []),
    ...(repositories.length > 0
      ? [t('policies.named', { of: repositories.join(', ') })]
      : []),
  ].join('; ');
  const facts: (readonly [string, ReactNode])[] = [
    ...more,
    [t('policies.todo'), policy.message],
    [
      t('policies.condition'),
      <code key="condition" className={classes.code}>
        {policy.condition}
      </code>,
    ],
    [t('policies.scope'), scope || (when ? '' : t('policies.all'))],
    [
      t('policies.when'),
      when && (
        <code key="when" className={classes.code}>
          {when}
        </code>
      ),
    ],
    [t('policies.level.title'), t(`policies.levelWhat.${policy.level}`)],
    [
      t('policies.from'),
      t(policy.builtIn ? 'policies.builtIn' : 'policies.own'),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function Fact(props: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}
