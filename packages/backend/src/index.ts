import { createPortal } from './createPortal';

createPortal(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
).start();
