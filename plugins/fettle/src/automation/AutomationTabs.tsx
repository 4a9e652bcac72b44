import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { tones } from 'backstage-plugin-fettle-react';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import { fettleTranslationRef } from '../translation';
import { automationTabs } from './automationTabs';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      gap: theme.spacing(0, 0.5),
      marginBottom: theme.spacing(2),
      borderBottom: `1px solid ${theme.palette.divider}`,
      overflowX: 'auto',
    },
    tab: {
      padding: theme.spacing(1, 1.5),
      color: theme.palette.text.secondary,
      textDecoration: 'none',
      whiteSpace: 'nowrap',
      borderBottom: '2px solid transparent',
      '&:hover': { color: theme.palette.text.primary },
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: -2,
      },
      '&[aria-current="page"]': {
        color: theme.palette.text.primary,
        fontWeight: 600,
        borderBottomColor: tones(theme).accent,
      },
    },
  }),
  { name: 'FettleAutomationTabs' },
);

/** Leads between the parts of the Automation page. */
export function AutomationTabs() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a narrow page the tab that is shown may be beyond its edge.
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav ref={nav} className={classes.root} aria-label={t('automation.title')}>
      {automationTabs.map(({ id, path }) => (
        <NavLink key={id} to={path} end={path === ''} className={classes.tab}>
          {t(`automation.tab.${id}`)}
        </NavLink>
      ))}
    </nav>
  );
}
