import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portalConfig } from './portalConfig.mjs';

test('nothing is overridden where nothing was asked for', () => {
  assert.deepEqual(portalConfig({}), {});
});

test('a portal of its own shares neither port nor data nor fleet', () => {
  const config = portalConfig({ port: 7100, dataDir: '/d', demoDir: '/f' });
  assert.equal(config.app.baseUrl, 'http://localhost:7100');
  assert.equal(config.backend.baseUrl, 'http://localhost:7100');
  assert.equal(config.backend.listen.port, 7100);
  assert.equal(config.backend.database.connection.directory, '/d/db');
  assert.deepEqual(config.fettle.git, {
    cacheDir: '/d/cache',
    repositories: ['/f/git'],
  });
  assert.equal(config.catalog.locations[0].target, '/f/catalog/all.yaml');
});
