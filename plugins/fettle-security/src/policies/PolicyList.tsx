import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Policies, Policy } from 'backstage-plugin-fettle-common';
import { SeverityMark, TextButton } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyCountsBar } from './PolicyCountsBar';
import { PolicyFacts } from './PolicyFacts';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { borderTop: `1px solid ${theme.palette.divider}` },
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns: '1.25em minmax(0, 3fr) 7em minmax(0, 2fr)',
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1, 2),
      '&:hover': { background: theme.palette.action.hover },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '1.25em minmax(0, 1fr)',
        '& > :nth-child(n + 3)': { gridColumn: 2 },
      },
    },
    toggle: {
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      lineHeight: 1.6,
      alignSelf: 'start',
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    what: { overflowWrap: 'anywhere' },
    title: { fontWeight: 600, display: 'block' },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    panel: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1, 2, 2, 5),
      background: theme.palette.action.hover,
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
      [theme.breakpoints.down('xs')]: { paddingLeft: theme.spacing(2) },
    },
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
          <li key={policy.id} className={classes.item} data-policy={policy.id}>
            <div className={classes.row}>
              <ButtonBase
                className={classes.toggle}
                aria-expanded={open}
                aria-label={t(open ? 'policies.close' : 'policies.open', {
                  title,
                })}
                onClick={() => setOpened(open ? undefined : policy.id)}
              >
                <span aria-hidden="true">{open ? '▾' : '▸'}</span>
              </ButtonBase>
              <div className={classes.what}>
                <span className={classes.title}>{title}</span>
                <span className={classes.quiet}>
                  {policy.id} · {t(`policies.level.${policy.level}`)}
                </span>
              </div>
              <SeverityMark severity={policy.severity} />
              <PolicyCountsBar counts={counts} />
            </div>
            {open && (
              <div className={classes.panel}>
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
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
