// Checks reports against the published schemas, as a stranger's program would.
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What a value breaks of a schema in schemas/. */
export async function schemaErrors(name: string, value: unknown): Promise<string[]> {
  const schema = JSON.parse(await readFile(new URL(`../schemas/${name}.json`, import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  return validate(JSON.parse(JSON.stringify(value)))
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
