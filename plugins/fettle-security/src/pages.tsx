import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { FettleBody } from 'backstage-plugin-fettle-react';
import { SecurityRouter } from './SecurityRouter';
import { fettleSecurityTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(0, 3, 3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(0, 1.5, 2) },
    },
  }),
  { name: 'FettleSecurityPages' },
);

/** The Security page below a header that the portal draws. */
export function SecurityBody() {
  const classes = useStyles();
  return (
    <Content noPadding className={classes.root}>
      <FettleBody>
        <SecurityRouter />
      </FettleBody>
    </Content>
  );
}

/** The Security page with its own header, for portals on the old frontend system. */
export function SecurityPage() {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} />
      <Content>
        <FettleBody>
          <SecurityRouter />
        </FettleBody>
      </Content>
    </Page>
  );
}
