import type { Text } from '../text.ts';
import type { PolicyWant } from '../wants/want.ts';
import type { Answer } from './command.ts';

export const refused = (say: Text): Answer => ({ outcome: 'refused', say, wants: [] });
export const unclear = (say: Text): Answer => ({ outcome: 'unclear', say, wants: [] });
export const done = (...wants: readonly PolicyWant[]): Answer => ({ outcome: 'done', wants });
