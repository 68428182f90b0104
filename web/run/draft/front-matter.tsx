import type { ReactElement } from 'react';
import type { Manifest } from '../../../shared/contract/plan.ts';
import { Visible } from '../../markdown/inline.tsx';
import styles from './draft-view.module.css';

export function FrontMatter({ manifest }: { readonly manifest: Manifest }): ReactElement {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['name', manifest.name],
    ['description', manifest.description],
    ['license', manifest.license],
    ['compatibility', manifest.compatibility],
    ['allowed-tools', manifest.allowedTools?.join(' ')],
    ...Object.entries(manifest.metadata ?? {}),
  ];
  return (
    <table className={styles['front-matter']}>
      <caption className="hidden">Front matter</caption>
      <tbody>
        {rows.map(
          ([field, value]) =>
            value && (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>
                  <Visible text={value} />
                </td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}
