import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { FettleRouter } from './FettleRouter';
import { fettleTranslationRef } from './translation';

/** The Fleet page below a header that the portal draws. */
export function FleetBody() {
  return (
    <Content>
      <FettleRouter />
    </Content>
  );
}

/** The Fleet page with its own header, for portals on the old frontend system. */
export function FleetPage() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} />
      <FleetBody />
    </Page>
  );
}
