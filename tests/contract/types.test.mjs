// The TypeScript types that are checked in are those of the contract.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('packages/shared-types is generated from api/openapi.yaml', () => {
  const script = fileURLToPath(
    new URL('../../packages/shared-types/scripts/generate.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
