export { automationRouteRef } from 'backstage-plugin-fettle-react';
export { fleetRouteRef as rootRouteRef } from 'backstage-plugin-fettle-react';
