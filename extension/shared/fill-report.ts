/** What the script in a page did with a grant. */

export type FieldResult =
  | 'filled'
  /** The page put something else back, twice. */
  | 'reset'
  | 'gone'
  | 'not-visible'
  | 'not-password'
  | 'not-editable'
  | 'no-option'
  | 'action-changed';

export interface FillReport {
  /** `page-changed`: nothing was set, because the page is no longer the one that was described. */
  status: 'filled' | 'partly' | 'page-changed' | 'not-visible';
  fields: { field: number; result: FieldResult }[];
  /** A filled password field was turned into readable text since (S-72). */
  exposed: boolean;
}
