import { AutomationDrawerProvider } from 'backstage-plugin-fettle-react';
import { Route, Routes } from 'react-router-dom';
import { AutomationTabs } from './AutomationTabs';
import { CampaignPage } from './campaigns/CampaignPage';
import { CampaignsPage } from './campaigns/CampaignsPage';
import { OverviewPage } from './OverviewPage';
import { PlaybooksPage } from './PlaybooksPage';
import { RemediationsPage } from './RemediationsPage';
import { StandardPage } from './standards/StandardPage';
import { StandardsPage } from './standards/StandardsPage';
import { TargetPage } from './TargetPage';

/** The pages below the Automation page's path. */
export function AutomationRouter() {
  return (
    <Routes>
      <Route path="plans/:id" element={<TargetPage kind="plan" />} />
      <Route
        path="remediations/:id"
        element={<TargetPage kind="remediation" />}
      />
      <Route
        path="*"
        element={
          <AutomationDrawerProvider>
            <AutomationTabs />
            <Routes>
              <Route path="/" element={<OverviewPage />} />
              <Route path="remediations" element={<RemediationsPage />} />
              <Route path="playbooks" element={<PlaybooksPage />} />
              <Route path="campaigns" element={<CampaignsPage />} />
              <Route path="campaigns/:id" element={<CampaignPage />} />
              <Route path="standards" element={<StandardsPage />} />
              <Route path="standards/:id" element={<StandardPage />} />
            </Routes>
          </AutomationDrawerProvider>
        }
      />
    </Routes>
  );
}
