import { Route, Routes } from 'react-router-dom';
import { CompliancePage } from './compliance/CompliancePage';
import { FindingsPage } from './fleet/FindingsPage';
import { FleetSecurity } from './fleet/FleetSecurity';
import { PackagesPage } from './fleet/PackagesPage';
import { ReportPage } from './fleet/ReportPage';
import { PoliciesPage } from './policies/PoliciesPage';

/** The pages below the Security page's path. */
export function SecurityRouter() {
  return (
    <Routes>
      <Route path="/" element={<FleetSecurity />} />
      <Route path="/report" element={<ReportPage />} />
      <Route path="/findings" element={<FindingsPage />} />
      <Route path="/packages" element={<PackagesPage />} />
      <Route path="/compliance" element={<CompliancePage />} />
      <Route path="/policies" element={<PoliciesPage />} />
    </Routes>
  );
}
