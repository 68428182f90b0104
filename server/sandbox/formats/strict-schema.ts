type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords that OpenAI's strict mode refuses (its SDK's transform). */
const NOT_OPENAI =
  'allOf oneOf not if then else dependentRequired dependentSchemas patternProperties propertyNames prefixItems contains minContains maxContains minProperties maxProperties uniqueItems unevaluatedItems unevaluatedProperties contentEncoding contentMediaType'.split(
    ' ',
  );
/** Keywords that Anthropic's SDK moves into the description, because the API takes none of them. */
const NOT_ANTHROPIC =
  'oneOf not if then else patternProperties propertyNames prefixItems contains minProperties maxProperties uniqueItems minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern maxItems'.split(
    ' ',
  );

/** Why a strict mode would refuse a schema; undefined when it takes it. */
export function schemaProblem(schema: unknown, vendor: 'openai' | 'anthropic'): string | undefined {
  if (!isSchema(schema)) return 'schema must be an object.';
  if (vendor === 'openai' && schema['type'] !== 'object')
    return "schema must have type 'object' at its root.";
  return problemAt(schema, vendor, [], 0);
}

function problemAt(
  schema: Schema,
  vendor: 'openai' | 'anthropic',
  path: readonly string[],
  depth: number,
): string | undefined {
  const where = `In context=(${path.join(', ')})`;
  if (depth > 10) return `${where}, the schema is nested too deeply.`;
  const refused = (vendor === 'openai' ? NOT_OPENAI : NOT_ANTHROPIC).find((keyword) => keyword in schema);
  if (refused) return `${where}, '${refused}' is not permitted.`;
  const properties = isSchema(schema['properties']) ? schema['properties'] : undefined;
  if (properties || schema['type'] === 'object') {
    if (schema['additionalProperties'] !== false)
      return `${where}, 'additionalProperties' is required to be supplied and to be false.`;
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    const left =
      vendor === 'openai'
        ? Object.keys(properties ?? {}).find((name) => !required.includes(name))
        : undefined;
    if (left !== undefined)
      return `${where}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${left}'.`;
  }
  const children: readonly (readonly [string, unknown])[] = [
    ...Object.entries(properties ?? {}),
    ...(isSchema(schema['$defs']) ? Object.entries(schema['$defs']) : []),
    ['items', schema['items']],
    ...(Array.isArray(schema['anyOf'])
      ? schema['anyOf'].map((one, at) => [`anyOf ${at}`, one] as const)
      : []),
  ];
  for (const [name, child] of children) {
    const problem = isSchema(child) ? problemAt(child, vendor, [...path, name], depth + 1) : undefined;
    if (problem) return problem;
  }
  return undefined;
}
