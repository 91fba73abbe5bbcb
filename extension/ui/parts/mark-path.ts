/** The mark on a 24 x 24 field: a sesame seed whose hollow is a keyhole. */
export const SEED_LEFT = 'M12 1.6C8.2 4.2 4.8 9.3 4.8 14.4c0 4.9 3.1 8 7.2 8v-4.6h-2l.9-4.9a2.9 2.9 0 0 1 1.1-5.6z';
export const SEED_RIGHT = 'M12 1.6c3.8 2.6 7.2 7.7 7.2 12.8 0 4.9-3.1 8-7.2 8v-4.6h2l-.9-4.9A2.9 2.9 0 0 0 12 7.3z';
