import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { FettleBody } from 'backstage-plugin-fettle-react';
import { AutomationRouter } from './automation/AutomationRouter';
import { FettleRouter } from './FettleRouter';
import { fettleTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(0, 3, 3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(0, 1.5, 2) },
    },
  }),
  { name: 'FettlePages' },
);

/** The Fleet page below a header that the portal draws. */
export function FleetBody() {
  const classes = useStyles();
  return (
    <Content noPadding className={classes.root}>
      <FettleBody>
        <FettleRouter />
      </FettleBody>
    </Content>
  );
}

/** The Automation page below a header that the portal draws. */
export function AutomationBody() {
  const classes = useStyles();
  return (
    <Content noPadding className={classes.root}>
      <FettleBody>
        <AutomationRouter />
      </FettleBody>
    </Content>
  );
}

/** The Automation page with its own header, for portals on the old frontend system. */
export function AutomationPage() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('automation.title')} />
      <Content>
        <FettleBody>
          <AutomationRouter />
        </FettleBody>
      </Content>
    </Page>
  );
}

/** The Fleet page with its own header, for portals on the old frontend system. */
export function FleetPage() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} />
      <Content>
        <FettleBody>
          <FettleRouter />
        </FettleBody>
      </Content>
    </Page>
  );
}
