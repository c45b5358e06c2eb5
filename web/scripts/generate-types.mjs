// Writes packages/shared-types/index.d.ts from api/openapi.yaml; with --check only says whether the
// file is what would be written, and exits 1 when it is not.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { openapiPath } from './openapi.mjs';

const typesPath = fileURLToPath(
  new URL('../../packages/shared-types/index.d.ts', import.meta.url));
const header = `/**
 * Types of Graphrail's HTTP contract. Generated from api/openapi.yaml by
 * \`npm run generate\` in packages/shared-types; do not edit.
 */

`;

/** The text of the types, with an exported alias per schema ("Graph", "Problem"). */
export async function makeTypes() {
  const syntaxTree = await openapiTypescript(pathToFileURL(openapiPath), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    alphabetize: false,
  });
  return header + astToString(syntaxTree);
}

/** The text that is checked in. */
export function readTypes() {
  return readFileSync(typesPath, 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const types = await makeTypes();
  if (!process.argv.includes('--check')) {
    writeFileSync(typesPath, types);
  } else if (types !== readTypes()) {
    console.error('packages/shared-types/index.d.ts does not match api/openapi.yaml. Run there: npm run generate');
    process.exit(1);
  }
}
