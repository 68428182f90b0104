type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const bare = (name: string): string => name.replaceAll('_', '').toLowerCase();

/**
 * Gives `value` the shape of a JSON Schema: drops what the schema does not know, adds what it requires, and takes another
 * alternative where the type differs. So the sandbox answers the schema that it was sent, whatever its fields are called.
 */
export function fitSchema(value: unknown, schema: unknown, root: unknown = schema): unknown {
  if (!isObject(schema)) return value;
  if (typeof schema['$ref'] === 'string') return fitSchema(value, lookUp(schema['$ref'], root), root);
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(alternatives))
    return fitSchema(value, alternatives.find((one) => accepts(value, one, root)) ?? alternatives[0], root);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value) ? value : schema['enum'][0];
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  const type = types.find((one) => accepts(value, { type: one }, root)) ?? types[0];
  if (type === 'object') return fitObject(isObject(value) ? value : {}, schema, root);
  if (type === 'array')
    return (Array.isArray(value) ? value : []).map((entry) => fitSchema(entry, schema['items'], root));
  // A note with its place is asked for as a text alone by some.
  if (type === 'string') return textOf(value) ?? '';
  if (type === 'integer') return typeof value === 'number' ? Math.round(value) : 0;
  if (type === 'number') return typeof value === 'number' ? value : 0;
  if (type === 'boolean') return value === true;
  if (type === 'null') return null;
  return value;
}

function fitObject(value: Schema, schema: Schema, root: unknown): Schema {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const fitted: Record<string, unknown> = {};
  for (const [name, of] of Object.entries(properties)) {
    const field = Object.keys(value).find((known) => bare(known) === bare(name));
    if (field !== undefined) fitted[name] = fitSchema(value[field], of, root);
    else if (required.includes(name)) fitted[name] = fitSchema(undefined, of, root);
  }
  if (Object.keys(properties).length > 0 || schema['additionalProperties'] === false) return fitted;
  return value;
}

function textOf(value: unknown): string | undefined {
  const text = isObject(value) ? value['text'] : value;
  return typeof text === 'string' ? text : undefined;
}

function accepts(value: unknown, schema: unknown, root: unknown): boolean {
  if (!isObject(schema)) return true;
  if (typeof schema['$ref'] === 'string') return accepts(value, lookUp(schema['$ref'], root), root);
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  const type = schema['type'];
  if (value === undefined) return type === 'null';
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === undefined || typeof value === type;
}

/** `#/$defs/name` of the whole schema. */
function lookUp(ref: string, root: unknown): unknown {
  return ref
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), root);
}
