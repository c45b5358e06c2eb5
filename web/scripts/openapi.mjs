// Reads api/openapi.yaml, the source of truth of the HTTP contract.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const openapiPath = fileURLToPath(new URL('../../api/openapi.yaml', import.meta.url));

/** The contract as an object. Throws when the YAML is malformed or a key stands twice. */
export function readOpenapi() {
  return parse(readFileSync(openapiPath, 'utf8'), { strict: true, uniqueKeys: true });
}
