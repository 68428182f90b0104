import { type Json, jsonOf, textOf } from '../read-json.ts';

/** The keywords that a vendor's strict mode accepts. Others are moved into the description, where the model still reads them. */
interface Subset {
  readonly keep: ReadonlySet<string>;
  readonly formats: ReadonlySet<string>;
  /** Optional properties become required ones that may be null. */
  readonly allRequired: boolean;
}

const STRUCTURE = [
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  '$ref',
  '$defs',
  'description',
  'title',
];

/** Sources: transform-json-schema.js of @anthropic-ai/sdk, and OpenAI's list of what strict mode refuses. */
export const ANTHROPIC_SUBSET: Subset = {
  keep: new Set([...STRUCTURE, 'format']),
  formats: new Set([
    'date-time',
    'time',
    'date',
    'duration',
    'email',
    'hostname',
    'uri',
    'ipv4',
    'ipv6',
    'uuid',
  ]),
  allRequired: false,
};
/** Strict mode wants every property required. Source: OpenAI, "Structured outputs", supported schemas. */
export const OPENAI_SUBSET: Subset = {
  keep: new Set([...STRUCTURE, 'format']),
  formats: new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']),
  allRequired: true,
};

/** Source: `responseJsonSchema` in the types of @google/genai. */
export const GEMINI_SUBSET: Subset = {
  keep: new Set([
    ...STRUCTURE.filter((keyword) => keyword !== 'const'),
    ...['format', 'minItems', 'maxItems', 'minimum', 'maximum', 'prefixItems'],
  ]),
  formats: new Set(['date-time', 'date', 'time']),
  allRequired: false,
};

/** Brings a JSON Schema into a subset. What it no longer enforces is checked when the answer is validated. */
export function fitSchema(schema: Json, subset: Subset): Json {
  const fitted: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'oneOf') fitted['anyOf'] = each(value, subset);
    else if (keyword === '$schema' || keyword === '$id' || keyword === 'default' || keyword === 'examples')
      continue;
    else if (keyword === 'const' && !subset.keep.has(keyword)) fitted['enum'] = [value];
    else if (!subset.keep.has(keyword) || (keyword === 'format' && !subset.formats.has(String(value))))
      dropped.push(`${keyword}: ${JSON.stringify(value)}`);
    else fitted[keyword] = fitKeyword(keyword, value, subset);
  }
  const properties = jsonOf(fitted['properties']);
  if (properties) {
    fitted['additionalProperties'] = false;
    if (subset.allRequired) Object.assign(fitted, requireAll(properties, fitted['required']));
  }
  if (dropped.length > 0)
    fitted['description'] = [textOf(fitted['description']), `{${dropped.join(', ')}}`]
      .filter(Boolean)
      .join('\n\n');
  return fitted;
}

function fitKeyword(keyword: string, value: unknown, subset: Subset): unknown {
  const json = jsonOf(value);
  if (keyword === 'anyOf') return each(value, subset);
  if (keyword === 'items' && json) return fitSchema(json, subset);
  if ((keyword === 'properties' || keyword === '$defs') && json) {
    return Object.fromEntries(
      Object.entries(json).map(([name, schema]) => [name, fitSchema(jsonOf(schema) ?? {}, subset)]),
    );
  }
  return value;
}

function each(schemas: unknown, subset: Subset): readonly Json[] {
  return Array.isArray(schemas) ? schemas.map((schema) => fitSchema(jsonOf(schema) ?? {}, subset)) : [];
}

function requireAll(properties: Json, required: unknown): Json {
  const before: readonly unknown[] = Array.isArray(required) ? required : [];
  const nullable = Object.entries(properties).map(([name, schema]) => [
    name,
    before.includes(name) ? schema : { anyOf: [schema, { type: 'null' }] },
  ]);
  return { properties: Object.fromEntries(nullable), required: Object.keys(properties) };
}
