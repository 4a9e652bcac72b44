import { Route, Routes } from 'react-router-dom';
import { FleetPipelines } from './fleet/FleetPipelines';
import { SourcesPage } from './sources/SourcesPage';

/** The pages below the Pipelines page's path. */
export function PipelinesRouter() {
  return (
    <Routes>
      <Route path="/" element={<FleetPipelines />} />
      <Route path="/sources" element={<SourcesPage />} />
    </Routes>
  );
}
