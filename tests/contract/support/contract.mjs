// Compares answers with api/openapi.yaml: the status must be documented, the media type too, the
// body and the documented header fields must fit their schemas, and nothing undocumented may be in
// the body.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export const openapi = parse(
  readFileSync(new URL('../../../api/openapi.yaml', import.meta.url), 'utf8'),
  { strict: true, uniqueKeys: true });

/** The schema with every object closed: the contract lets clients see new fields, not tests. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (copy.type === 'object' && copy.properties && copy.additionalProperties === undefined) {
    copy.additionalProperties = false;
  }
  return copy;
}

// strictRequired and the like are about the schemas' style; unknown keywords stay errors.
const ajv = new Ajv2020(
  { allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
ajv.addVocabulary(['components', 'example']);
ajv.addSchema({ $id: 'contract:', components: { schemas: closed(openapi.components.schemas) } });

/** Follows a $ref within the document. */
export function resolve(node) {
  if (!node?.$ref) return node;
  return node.$ref.replace(/^#\//, '').split('/').reduce((at, key) => at[key], openapi);
}

function validate(schema, value, what) {
  const absolute = JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', '"contract:#/'));
  const check = ajv.compile(absolute);
  const ok = check(value);
  const shown = JSON.stringify(value).slice(0, 2000);
  assert.ok(ok, `${what}: ${ajv.errorsText(check.errors)}\n${shown}`);
}

/** Checks a value against a schema of the document by its name. */
export function checkSchema(name, value, what) {
  validate({ $ref: `#/components/schemas/${name}` }, value, what);
}

function readBody(mediaType, text) {
  return /^application\/(.*\+)?json$/.test(mediaType) ? JSON.parse(text) : text;
}

/** Every [path, method, status] of the document, as "GET /x 200". */
export function documentedAnswers() {
  return Object.entries(openapi.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      Object.keys(operation.responses)
        .map((status) => `${method.toUpperCase()} ${path} ${status}`)));
}

/** Checks one fetched response against the operation; resolves to its body, parsed where JSON. */
export async function checkAnswer(method, path, response) {
  const what = `${method} ${path} ${response.status}`;
  const operation = openapi.paths[path]?.[method.toLowerCase()];
  assert.ok(operation, `${what}: not documented`);
  const documented = resolve(operation.responses[response.status] ?? operation.responses.default);
  assert.ok(documented, `${what}: this status is not documented`);
  const text = await response.text();

  for (const [name, header] of Object.entries(documented.headers ?? {})) {
    const value = response.headers.get(name);
    if (value === null && resolve(header).required === false) continue;
    assert.notEqual(value, null, `${what}: ${name} is missing`);
    validate(resolve(header).schema, value, `${what} ${name}`);
  }
  assert.match(response.headers.get('X-Request-Id') ?? '', /^[A-Za-z0-9._-]{1,128}$/, what);
  if (!documented.content) {
    assert.equal(text, '', `${what}: no body is documented`);
    return null;
  }
  const mediaType = (response.headers.get('Content-Type') ?? '').split(';')[0];
  const content = documented.content[mediaType];
  assert.ok(content, `${what}: ${mediaType} is not documented`);
  const body = readBody(mediaType, text);
  validate(content.schema, body, what);
  if (mediaType === 'application/problem+json') checkProblem(body, response, what);
  return body;
}

/** What holds for every problem beside its schema. */
function checkProblem(problem, response, what) {
  assert.equal(problem.status, response.status, what);
  assert.equal(problem.message, problem.detail, what);
  assert.equal(problem.request_id, response.headers.get('X-Request-Id'), what);
  const retryAfter = response.headers.get('Retry-After');
  assert.equal(problem.retry_after ?? null, retryAfter === null ? null : Number(retryAfter), what);
}
