import { Route, Routes } from 'react-router-dom';
import { FleetContent } from './fleet/FleetContent';
import { RepositoryContent } from './repository/RepositoryContent';

/** The pages below the Fleet page's path. */
export function FettleRouter() {
  return (
    <Routes>
      <Route path="/" element={<FleetContent />} />
      <Route path="/repositories/:id" element={<RepositoryContent />} />
    </Routes>
  );
}
