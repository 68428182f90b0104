import pg from 'pg';
import { databaseUrl } from '../../faults/stage.ts';

const VERBS = [
  'write',
  'review',
  'plan',
  'sort',
  'check',
  'translate',
  'summarise',
  'compare',
  'collect',
  'convert',
];
const THINGS = [
  ...[
    'release notes',
    'invoices',
    'contracts',
    'meeting minutes',
    'pull requests',
    'survey answers',
    'recipes',
  ],
  ...['travel plans', 'lab results', 'support tickets', 'spreadsheets', 'job adverts', 'reading lists'],
];
const FOR = [
  'weekly',
  'for a small team',
  'for beginners',
  'from a folder',
  'before a deadline',
  'with sources',
  'in two languages',
];
const SKILLS_EACH = 4;

/**
 * Fills the registry by SQL with copies of a published bundle under other names and in other words: what the search reads is as it would be,
 * the signatures are not. Returns how many skills there are.
 */
export async function seedRegistry(dataDir: string, skills: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) });
  await client.connect();
  try {
    await client.query('create temporary table model as select * from bundles order by published_at limit 1');
    await client.query(
      `create temporary table seeded as
       select gen_random_uuid() as id, n,
         replace($1::text[][1 + n % ${VERBS.length}] || '-' || $2::text[][1 + n % ${THINGS.length}], ' ', '-') || '-' || n as name,
         initcap($1::text[][1 + n % ${VERBS.length}]) || ' ' || $2::text[][1 + n % ${THINGS.length}] || ' '
           || $3::text[][1 + n % ${FOR.length}] || '. Use when somebody asks for it.' as description
       from generate_series(1, $4::int) as n`.replaceAll(/\$(\d)::text\[\]\[/g, '($$$1::text[])['),
      [VERBS, THINGS, FOR, Math.ceil(skills / SKILLS_EACH)],
    );
    await client.query(`
      insert into bundles (id, owner_id, workspace_id, handle, name, version, version_order, published_as, manifest, signature,
        signing_key, description, licence, search, categories)
      select s.id, m.owner_id, m.workspace_id, m.handle, s.name, m.version, m.version_order, 'public', m.manifest, m.signature,
        m.signing_key, s.description, m.licence, lower(s.name || E'\\n' || s.description || E'\\n' || m.handle), m.categories
      from seeded s, model m`);
    await client.query(`
      with made as (
        insert into skill_versions (id, owner_id, workspace_id, bundle_id, handle, name, version, version_order, published_as,
          description, licence, content_digest, archive, archive_digest, signature, analysis)
        select gen_random_uuid(), v.owner_id, v.workspace_id, s.id, v.handle, s.name || '-' || k, v.version, v.version_order, 'public',
          s.description, v.licence, v.content_digest, v.archive, v.archive_digest, v.signature, v.analysis
        from seeded s, generate_series(1, ${SKILLS_EACH}) as k,
          (select * from skill_versions order by published_at limit 1) as v
        returning id, bundle_id
      )
      insert into bundle_skills (bundle_id, position, skill_id)
      select bundle_id, row_number() over (partition by bundle_id) - 1, id from made`);
    await client.query('analyze bundles; analyze skill_versions; analyze bundle_skills');
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from skill_versions');
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}
