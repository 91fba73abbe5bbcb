/**
 * The mark on a 24 x 24 field: a sesame seed whose hollow is a keyhole; opened, the seed has split from
 * its tip down to it. Drawn here once: `node scripts/mark.mjs` makes the icons of both browsers from it.
 */
const KEYHOLE =
  'M12 8.7A3.3 3.3 0 0 1 13.875 14.7L14.925 19.2Q15 19.65 14.55 19.65H9.45Q9 19.65 9.075 19.2L10.125 14.7A3.3 3.3 0 0 1 12 8.7Z';

/** The whole seed, for even-odd filling. */
export const SEED = `M12 .6C15.45 2.4 20.4 8.25 20.4 14.55C20.4 19.95 16.65 23.4 12 23.4S3.6 19.95 3.6 14.55C3.6 8.25 8.55 2.4 12 .6Z${KEYHOLE}`;
/** The opened seed. */
export const SEED_OPEN =
  'M12 23.4C6.9 23.4 2.3 20.3 2 14.7C1.7 9.6 4 4.4 7 1.4C7.9 4.2 8.9 6.8 10.2 9.23A3.3 3.3 0 0 0 10.125 14.7L9.075 19.2Q9 19.65 9.45 19.65H14.55Q15 19.65 14.925 19.2L13.875 14.7A3.3 3.3 0 0 0 13.8 9.23C15.1 6.8 16.1 4.2 17 1.4C20 4.4 22.3 9.6 22 14.7C21.7 20.3 17.1 23.4 12 23.4Z';

/** The seed in two halves, which a page may move apart. */
export const SEED_LEFT =
  'M12 .6C8.55 2.4 3.6 8.25 3.6 14.55C3.6 19.95 7.35 23.4 12 23.4V19.65H9.45Q9 19.65 9.075 19.2L10.125 14.7A3.3 3.3 0 0 1 12 8.7Z';
export const SEED_RIGHT =
  'M12 .6C15.45 2.4 20.4 8.25 20.4 14.55C20.4 19.95 16.65 23.4 12 23.4V19.65H14.55Q15 19.65 14.925 19.2L13.875 14.7A3.3 3.3 0 0 0 12 8.7Z';
