import { id, none, orNull, shape, text } from '../check.ts';
import { settle, view } from '../http-auth.ts';
import type { Handlers } from './desk.ts';

const choice = shape<{ id: string; itemId: string | null }>({ id: text(36, /^[0-9a-f-]{36}$/), itemId: orNull(id) });

export const httpAuth: Handlers<'httpAuth' | 'answerHttpAuth'> = {
  httpAuth: async (input, caller) => {
    none(input);
    return view(caller);
  },
  answerHttpAuth: async (input, caller) => {
    const { id: request, itemId } = choice(input);
    return settle(caller, request, itemId);
  },
};
