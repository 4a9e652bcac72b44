import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { FettleBody } from 'backstage-plugin-fettle-react';
import { PipelinesRouter } from './PipelinesRouter';
import { fettlePipelinesTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(0, 3, 3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(0, 1.5, 2) },
    },
  }),
  { name: 'FettlePipelinesPages' },
);

/** The Pipelines page below a header that the portal draws. */
export function PipelinesBody() {
  const classes = useStyles();
  return (
    <Content noPadding className={classes.root}>
      <FettleBody>
        <PipelinesRouter />
      </FettleBody>
    </Content>
  );
}

/** The Pipelines page with its own header, for portals on the old frontend system. */
export function PipelinesPage() {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} />
      <Content>
        <FettleBody>
          <PipelinesRouter />
        </FettleBody>
      </Content>
    </Page>
  );
}
