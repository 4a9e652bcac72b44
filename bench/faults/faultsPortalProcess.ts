import { appendFileSync, readFileSync } from 'node:fs';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { startBenchBackend } from '../measure/startBenchBackend';

// A backend with Fettle and all that finds and mends, whose notifications are lines of a file.

startBenchBackend(
  JSON.parse(readFileSync(process.env.FAULTS_ENTITIES!, 'utf8')),
  import('backstage-plugin-fettle-backend-module-git'),
  import('backstage-plugin-fettle-backend-module-cdevents'),
  import('backstage-plugin-fettle-backend-module-checks'),
  import('backstage-plugin-fettle-backend-module-components'),
  import('backstage-plugin-fettle-backend-module-misconfigurations'),
  import('backstage-plugin-fettle-backend-module-playbooks'),
  import('backstage-plugin-fettle-backend-module-secrets'),
  import('backstage-plugin-fettle-backend-module-vulnerabilities'),
  createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({
      async send(notification) {
        appendFileSync(
          process.env.FAULTS_NOTIFICATIONS!,
          `${JSON.stringify(notification)}\n`,
        );
      },
    }),
  }),
);
