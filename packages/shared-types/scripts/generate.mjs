// Writes index.d.ts from api/openapi.yaml; with --check only says whether the
// file is what would be written, and exits 1 when it is not.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';

const openapi = new URL('../../../api/openapi.yaml', import.meta.url);
const typesPath = fileURLToPath(new URL('../index.d.ts', import.meta.url));
const header = `/**
 * Types of Graphrail's HTTP contract. Generated from api/openapi.yaml by
 * \`npm run generate\` in packages/shared-types; do not edit.
 */

`;

/** The text of the types, with an exported alias per schema ("Graph", "Problem"). */
async function makeTypes() {
  const syntaxTree = await openapiTypescript(openapi, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    alphabetize: false,
  });
  return header + astToString(syntaxTree);
}

const types = await makeTypes();
if (!process.argv.includes('--check')) {
  writeFileSync(typesPath, types);
} else if (types !== readFileSync(typesPath, 'utf8')) {
  console.error('index.d.ts does not match api/openapi.yaml. Run: npm run generate');
  process.exit(1);
}
