import { startPortal } from './startPortal';

startPortal(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);
