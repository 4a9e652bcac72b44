import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Drawer from '@material-ui/core/Drawer';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { FettleBody } from '../widgets/FettleBody';
import { TextButton } from '../widgets/TextButton';
import { fettleReactTranslationRef } from '../widgets/translation';

const useStyles = makeStyles(
  theme => ({
    paper: {
      width: 'min(940px, 100vw)',
      background: theme.palette.background.default,
    },
    head: {
      position: 'sticky',
      top: 0,
      zIndex: 3,
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 2),
      borderBottom: `1px solid ${theme.palette.divider}`,
      background: theme.palette.background.paper,
    },
    title: { fontWeight: 600 },
    actions: { display: 'flex', alignItems: 'center', gap: theme.spacing(2) },
    body: {
      padding: theme.spacing(2),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(1) },
    },
  }),
  { name: 'FettleAutomationDrawer' },
);

/** Shows something over a page, from the side, without losing the page. */
export function AutomationDrawer(props: {
  title: string;
  /** Where it has a page of its own. */
  page?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, page, onClose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      classes={{ paper: classes.paper }}
      PaperProps={{ role: 'dialog', 'aria-label': title }}
    >
      <FettleBody>
        <div className={classes.head}>
          <span className={classes.title}>{title}</span>
          <span className={classes.actions}>
            {page && <Link to={page}>{t('automation.drawer.page')}</Link>}
            <TextButton variant="outlined" onClick={onClose}>
              {t('automation.drawer.close')}
            </TextButton>
          </span>
        </div>
        <div className={classes.body}>{props.children}</div>
      </FettleBody>
    </Drawer>
  );
}
