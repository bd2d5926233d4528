import type { Text } from '../../app/text.ts';

/** The text of the two in the language of the terminal. */
export type Say = (text: Text) => string;
