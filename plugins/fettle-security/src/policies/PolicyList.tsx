import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Policies, Policy } from 'backstage-plugin-fettle-common';
import { SeverityMark, TextButton } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { OpenableRow } from '../OpenableRow';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyCountsBar } from './PolicyCountsBar';
import { PolicyFacts } from './PolicyFacts';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    what: { overflowWrap: 'anywhere' },
    title: { fontWeight: 600, display: 'block' },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    none: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
  }),
  { name: 'FettlePolicyList' },
);

/** Policies with how many repositories keep them; each opens to its condition. */
export function PolicyList(props: {
  policies: Policies;
  /** Takes a policy as a draft, where drafts may be tried. */
  onTry?: (policy: Policy) => void;
}) {
  const { policies, onTry } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [opened, setOpened] = useState<string>();
  if (policies.items.length === 0) {
    return <div className={classes.none}>{t('policies.none')}</div>;
  }
  return (
    <ul className={classes.list}>
      {policies.items.map(({ policy, counts }) => {
        const open = opened === policy.id;
        const { title } = policy;
        return (
          <OpenableRow
            key={policy.id}
            title={title}
            columns="minmax(0, 3fr) 7em minmax(0, 2fr)"
            opened={open}
            onToggle={() => setOpened(open ? undefined : policy.id)}
            cells={
              <>
                <div className={classes.what}>
                  <span className={classes.title}>{title}</span>
                  <span className={classes.quiet}>
                    {policy.id} · {t(`policies.level.${policy.level}`)}
                  </span>
                </div>
                <SeverityMark severity={policy.severity} />
                <PolicyCountsBar counts={counts} />
              </>
            }
            panel={
              <>
                <PolicyFacts policy={policy} />
                {onTry && (
                  <div>
                    <TextButton
                      variant="outlined"
                      onClick={() => onTry(policy)}
                    >
                      {t('policies.try')}
                    </TextButton>
                  </div>
                )}
              </>
            }
          />
        );
      })}
    </ul>
  );
}
