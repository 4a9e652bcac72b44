import { startBenchBackend } from '../measure/startBenchBackend';

// A backend with Fettle, repositories of Git and the steps of playbooks, over an empty catalog.

startBenchBackend(
  [],
  import('backstage-plugin-fettle-backend-module-git'),
  import('backstage-plugin-fettle-backend-module-playbooks'),
);
